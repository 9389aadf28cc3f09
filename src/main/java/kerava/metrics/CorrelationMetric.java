package kerava.metrics;

import java.util.Arrays;
import java.util.List;
import kerava.Labels;
import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.functional.Correlation;
import org.tensorflow.ndarray.Shape;

/**
 * What Keras' metrics of correlation have in common: {@code axis}.
 *
 * @param <M> the class of the metric
 */
interface CorrelationMetric<M extends Metric> extends TargetMetric, HigherIsBetter {
  /** The key of the axes along which numbers go together. */
  Key<List<Integer>> AXIS = Key.of("axis", Codec.oneOrMany(Codec.integer()), List.of(-1));

  @Override
  Schema<M> schema();

  /** The same along other axes than the last; the batch is none of them. */
  default M axis(int... axes) {
    return schema().create(config().with(AXIS, Arrays.stream(axes).boxed().toList()));
  }

  @Override
  default Metric resolve(Labels.Kind kind, Shape output) {
    TargetMetric.super.resolve(kind, output);
    int rank = output.numDimensions();
    for (int axis : config().get(AXIS)) {
      int place = axis < 0 ? axis + rank : axis;
      if (place < 1 || place >= rank) {
        throw refused(
            "an output that has the axis " + axis + " behind that of the batch",
            output,
            "Each sample has a correlation of its own.");
      }
    }
    return this;
  }

  /** The correlation along the axes. */
  default Correlation correlation() {
    return new Correlation(config().get(AXIS));
  }
}
