package kerava.train.graph;

import java.util.ArrayList;
import java.util.List;
import kerava.CompileSettings;
import kerava.Labels;
import kerava.Loss;
import kerava.Metric;
import kerava.MetricState;
import kerava.Model;
import kerava.WeightSpec;
import kerava.graph.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The loss and the metrics of a batch, in the graph.
 *
 * @param loss the loss
 * @param metrics the metrics
 * @param feeds the sample weights
 */
record BatchMetrics(Loss loss, List<TrackedMetric> metrics, Placeholders feeds) {
  /** The loss and the metrics that settings ask for, as they are for the output of a model. */
  static BatchMetrics of(CompileSettings settings, Model model, Placeholders feeds) {
    Labels.Kind kind = settings.loss().labels();
    Shape output = model.outputShape();
    List<String> names = MetricNames.of(settings);
    List<TrackedMetric> tracked = new ArrayList<>();
    int plain = settings.metrics().size();
    for (int i = 0; i < names.size(); i++) {
      boolean weighted = i >= plain;
      Metric given =
          weighted ? settings.weightedMetrics().get(i - plain) : settings.metrics().get(i);
      Metric metric = given.resolve(kind, output);
      tracked.add(new TrackedMetric(names.get(i), metric, weighted, metric.state(output)));
    }
    return new BatchMetrics(settings.loss(), List.copyOf(tracked), feeds);
  }

  /**
   * What a batch gives.
   *
   * @param loss the loss with penalties, a scalar
   * @param all the loss, then what the batch adds to the sums of each metric; of shape (1 + numbers
   *     of all sums)
   */
  record Result(Operand<TFloat32> loss, Operand<TFloat32> all) {}

  Result add(Ops tf, Model model, ForwardPass forward) {
    Operand<TFloat32> total = total(tf, model, forward);
    List<Operand<TFloat32>> rows = new ArrayList<>();
    rows.add(tf.reshape(total, tf.constant(new int[] {1})));
    int size = 1;
    for (TrackedMetric tracked : metrics) {
      rows.addAll(sums(tf, tracked, forward));
      size += tracked.state().size();
    }
    Operand<TFloat32> all = rows.size() == 1 ? rows.get(0) : tf.concat(rows, tf.constant(0));
    // A loss alone is of a shape that TensorFlow does not know before it runs.
    return new Result(total, tf.ensureShape(all, Shape.of(size)));
  }

  private static List<Operand<TFloat32>> sums(Ops tf, TrackedMetric tracked, ForwardPass forward) {
    List<List<Operand<TFloat32>>> ofParts =
        MetricBatches.of(tf, forward, tracked).stream()
            .map(batch -> checked(tracked, tracked.metric().update(tf, batch)))
            .toList();
    List<Operand<TFloat32>> flat = new ArrayList<>();
    for (int i = 0; i < tracked.state().sums().size(); i++) {
      int index = i;
      List<Operand<TFloat32>> same = ofParts.stream().map(sums -> sums.get(index)).toList();
      Operand<TFloat32> sum = same.size() == 1 ? same.get(0) : tf.math.addN(same);
      flat.add(tf.reshape(sum, tf.constant(new int[] {-1})));
    }
    return flat;
  }

  private static List<Operand<TFloat32>> checked(
      TrackedMetric tracked, List<Operand<TFloat32>> sums) {
    List<Shape> expected = tracked.state().sums().stream().map(MetricState.Sum::shape).toList();
    List<Shape> got = sums.stream().map(Operand::shape).toList();
    boolean fits = expected.size() == got.size();
    for (int i = 0; fits && i < got.size(); i++) {
      fits = got.get(i).isCompatibleWith(expected.get(i));
    }
    if (!fits) {
      throw tracked
          .metric()
          .refused(
              "a batch to add " + expected + ", as its state says",
              got,
              "Its update and its state do not agree.");
    }
    return sums;
  }

  private Operand<TFloat32> total(Ops tf, Model model, ForwardPass forward) {
    Operand<TFloat32> losses = losses(tf, forward);
    List<Operand<TFloat32>> terms = new ArrayList<>();
    terms.add(loss.reduced(tf, feeds.labels(), losses, feeds.sampleWeights(tf, losses)));
    Pass pass = forward.parts().get(0).pass();
    for (WeightSpec spec : model.weights()) {
      spec.regularizer()
          .ifPresent(
              regularizer ->
                  terms.add(
                      regularizer.penalty(
                          tf,
                          pass.read(pass.define(spec.name(), spec.shape(), spec.initializer())))));
    }
    terms.addAll(forward.penalties(tf));
    return terms.size() == 1 ? terms.get(0) : tf.math.addN(terms);
  }

  private Operand<TFloat32> losses(Ops tf, ForwardPass forward) {
    if (!loss.ofWholeBatch()) {
      return forward.joined(tf, part -> loss.perSample(tf, part.labels(), part.predictions()));
    }
    Operand<TFloat32> predictions = forward.joined(tf, ForwardPass.Part::predictions);
    return loss.perSample(tf, forward.labels(tf), predictions);
  }
}
