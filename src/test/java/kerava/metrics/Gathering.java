package kerava.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.Computation;
import kerava.Labels;
import kerava.Metric;
import kerava.MetricBatch;
import kerava.MetricState;
import kerava.MetricSums;
import kerava.graph.Array;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a metric gathers over a few batches.
 *
 * @param sums all sums, after each batch
 * @param result the figures that they make
 */
record Gathering(List<double[]> sums, List<Double> result) {
  /**
   * A batch.
   *
   * @param labels class numbers, INT32, or targets
   * @param weights one a sample, if samples have weights
   */
  record Batch(Array labels, Array predictions, Optional<Array> weights) {
    Labels.Kind kind() {
      return labels.type() == Array.Type.INT32 ? Labels.Kind.CLASSES : Labels.Kind.TARGETS;
    }

    MetricBatch in(Ops tf) {
      MetricBatch all =
          MetricBatch.of(
              tf,
              kind() == Labels.Kind.CLASSES
                  ? Labels.classes(Computation.ints(tf, labels))
                  : Labels.targets(Computation.floats(tf, labels)),
              Computation.floats(tf, predictions));
      return weights
          .map(each -> all.weighted(tf, Computation.floats(tf, each), tf.constant(true)))
          .orElse(all);
    }
  }

  /** The shape of predictions, of any batch size. */
  static Shape output(Array predictions) {
    long[] shape = predictions.shape().asArray();
    shape[0] = -1;
    return Shape.of(shape);
  }

  /** What the batches gather, one after the other. */
  static Gathering of(Metric metric, List<Batch> batches) {
    return all(metric, List.of(batches)).get(0);
  }

  /** What several epochs of batches gather, each for itself. */
  static List<Gathering> all(Metric metric, List<List<Batch>> epochs) {
    MetricState state = metric.state(output(epochs.get(0).get(0).predictions()));
    float[] numbers =
        Computation.of(
                tf -> {
                  List<Operand<TFloat32>> rows = new ArrayList<>();
                  epochs.forEach(
                      batches -> batches.forEach(batch -> rows.addAll(row(tf, metric, batch))));
                  return tf.concat(rows, tf.constant(0));
                })
            .floats();
    List<Gathering> all = new ArrayList<>();
    int next = 0;
    for (List<Batch> batches : epochs) {
      List<double[]> sums = new ArrayList<>();
      double[] sum = new double[state.size()];
      for (int i = 0; i < batches.size(); i++) {
        for (int j = 0; j < sum.length; j++) {
          sum[j] += numbers[next++];
        }
        sums.add(sum.clone());
      }
      double[] result = metric.result(new MetricSums(state, sum));
      all.add(new Gathering(sums, Arrays.stream(result).boxed().toList()));
    }
    return all;
  }

  private static List<Operand<TFloat32>> row(Ops tf, Metric metric, Batch batch) {
    MetricState state = metric.state(output(batch.predictions()));
    List<Operand<TFloat32>> row = new ArrayList<>();
    List<Operand<TFloat32>> added = metric.update(tf, batch.in(tf));
    for (int i = 0; i < added.size(); i++) {
      Operand<TFloat32> sum = tf.ensureShape(added.get(i), state.sums().get(i).shape());
      row.add(tf.reshape(sum, tf.constant(new int[] {-1})));
    }
    return row;
  }

  /** Of a single batch without weights. */
  static List<Double> result(Metric metric, Array labels, Array predictions) {
    return of(metric, List.of(new Batch(labels, predictions, Optional.empty()))).result();
  }
}
