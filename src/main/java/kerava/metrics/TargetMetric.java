package kerava.metrics;

import java.util.Set;
import kerava.Labels;
import kerava.MeanMetric;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A metric that compares predictions with targets of their shape, one-hot vectors for example.
 *
 * @see <a href="https://keras.io/api/metrics/">Keras: metrics</a>
 */
public interface TargetMetric extends MeanMetric {
  /**
   * Adds the operations of the values whose mean is that of the sample.
   *
   * @param targets of the shape of the predictions
   * @param predictions the output of the model, of shape (batch, ..., n)
   * @return of shape (batch, ...)
   */
  Operand<TFloat32> values(Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions);

  @Override
  default Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.TARGETS);
  }

  @Override
  default Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return values(tf, labels.targets(), predictions);
  }
}
