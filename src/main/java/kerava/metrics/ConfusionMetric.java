package kerava.metrics;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import kerava.Labels;
import kerava.Metric;
import kerava.MetricBatch;
import kerava.MetricState;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A metric that follows from how often predictions above thresholds are right. */
interface ConfusionMetric extends Metric {
  /** One of the counts, under Keras' name. */
  enum Count {
    TRUE_POSITIVES("true_positives", ConfusionCounts::truePositives),
    FALSE_POSITIVES("false_positives", ConfusionCounts::falsePositives),
    TRUE_NEGATIVES("true_negatives", ConfusionCounts::trueNegatives),
    FALSE_NEGATIVES("false_negatives", ConfusionCounts::falseNegatives);

    private final String key;
    private final Function<ConfusionCounts, Operand<TFloat32>> of;

    Count(String key, Function<ConfusionCounts, Operand<TFloat32>> of) {
      this.key = key;
      this.of = of;
    }

    String key() {
      return key;
    }
  }

  /** All four, in the order in which Keras' metrics hold them. */
  List<Count> ALL =
      List.of(
          Count.TRUE_POSITIVES, Count.FALSE_POSITIVES, Count.TRUE_NEGATIVES, Count.FALSE_NEGATIVES);

  /** Where classes are looked for. */
  String WHERE = "Classes are along its last axis.";

  /** Which counts are gathered. */
  List<Count> counts();

  /** What is compared. */
  ConfusionCounts.Comparison comparison();

  @Override
  default Set<Labels.Kind> labels() {
    return YesOrNo.LABELS;
  }

  @Override
  default Metric resolve(Labels.Kind kind, Shape output) {
    Metric.super.resolve(kind, output);
    YesOrNo.require(this, kind, output);
    ConfusionCounts.Comparison how = comparison();
    int rank = output.numDimensions();
    long classes = rank == 1 ? 1 : output.get(rank - 1);
    if (how.topK().isPresent() && how.topK().get() > classes) {
      throw refused("at least as many classes as top_k " + how.topK().get(), output, WHERE);
    }
    int id = how.classId().orElse(0);
    if (how.classId().isPresent() && (rank == 1 || id >= classes || id < -classes)) {
      throw refused("an output that has the class " + id, output, WHERE);
    }
    return this;
  }

  @Override
  default MetricState state(Shape output) {
    int thresholds = comparison().thresholds().size();
    long[] shape =
        comparison().byLabel() ? new long[] {thresholds, output.get(1)} : new long[] {thresholds};
    MetricState state = new MetricState(List.of());
    for (Count count : counts()) {
      state = state.and(count.key(), shape);
    }
    return state;
  }

  @Override
  default List<Operand<TFloat32>> update(Ops tf, MetricBatch batch) {
    ConfusionCounts all = ConfusionCounts.of(tf, batch, comparison());
    return counts().stream().map(count -> count.of.apply(all)).toList();
  }
}
