package kerava.train.graph;

import java.util.List;
import kerava.MetricBatch;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A batch as metrics see it: whole, or in parts. */
final class MetricBatches {
  private MetricBatches() {}

  /** What a metric sees. */
  static List<MetricBatch> of(Ops tf, ForwardPass forward, TrackedMetric metric) {
    if (metric.metric().ofWholeBatch() && forward.parts().size() > 1) {
      return List.of(whole(tf, forward, metric));
    }
    return forward.parts().stream().map(part -> part(tf, part, metric)).toList();
  }

  private static MetricBatch whole(Ops tf, ForwardPass forward, TrackedMetric metric) {
    int output = metric.output();
    ForwardPass.Compared first = forward.parts().get(0).compared().get(output);
    Operand<TFloat32> predictions =
        tf.ensureShape(
            forward.joined(tf, output, ForwardPass.Compared::predictions),
            first.predictions().shape());
    MetricBatch batch = MetricBatch.of(tf, forward.labels(tf, output), predictions);
    Operand<TFloat32> weights = forward.joined(tf, output, part -> part.weights().each());
    MetricBatch weighted =
        metric.weighted() ? batch.weighted(tf, weights, first.weights().given()) : batch;
    return forward.mask(tf, output).map(mask -> weighted.masked(tf, mask)).orElse(weighted);
  }

  private static MetricBatch part(Ops tf, ForwardPass.Part part, TrackedMetric metric) {
    ForwardPass.Compared own = part.compared().get(metric.output());
    MetricBatch all = MetricBatch.of(tf, own.labels(), own.predictions());
    MetricBatch batch =
        part.size().map(size -> all.counting(first(tf, all.counted(), size))).orElse(all);
    MetricBatch weighted =
        metric.weighted() ? batch.weighted(tf, own.weights().each(), own.weights().given()) : batch;
    return own.mask().map(mask -> weighted.masked(tf, mask)).orElse(weighted);
  }

  /** 1 for the first samples, so many as count, and 0 for the others. */
  private static Operand<TFloat32> first(Ops tf, Operand<TFloat32> samples, Operand<TInt32> count) {
    Operand<TInt32> size = tf.size(samples, TInt32.class);
    Operand<TInt32> numbers = tf.range(tf.constant(0), size, tf.constant(1));
    return tf.dtypes.cast(tf.math.less(numbers, count), TFloat32.class);
  }
}
