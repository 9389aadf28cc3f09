package kerava.train.graph;

import java.util.ArrayList;
import java.util.List;
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
 * The losses and the metrics of a batch, in the graph.
 *
 * @param reported what a batch gives, beside the whole loss
 * @param losses the losses of single outputs
 */
record BatchMetrics(Reported reported, List<OutputLoss> losses) {
  /** Those that settings ask for, as they are for the outputs of a model. */
  static BatchMetrics of(Model model, Placeholders feeds) {
    List<TrainedOutput> outputs =
        feeds.targets().stream().map(Placeholders.Target::output).toList();
    List<OutputLoss> losses = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Placeholders.Target target = feeds.targets().get(i);
      int index = i;
      outputs
          .get(i)
          .settings()
          .loss()
          .ifPresent(loss -> losses.add(new OutputLoss(loss, target, index)));
    }
    List<String> names =
        losses.size() == 1
            ? List.of()
            : losses.stream().map(one -> one.target().output().name() + "_loss").toList();
    List<TrackedMetric> tracked = new ArrayList<>();
    boolean several = model.outputShapes().size() > 1;
    for (MetricNames.Named named : MetricNames.of(outputs, several, names)) {
      TrainedOutput output = outputs.get(named.output());
      Metric metric = named.metric().resolve(output.labels(), output.shape());
      tracked.add(
          new TrackedMetric(
              named.output(),
              named.name(),
              metric,
              named.weighted(),
              metric.state(output.shape())));
    }
    return new BatchMetrics(new Reported(names, tracked, false), List.copyOf(losses));
  }

  /** Whether figures depend on which samples are in a batch together; known once it is built. */
  Reported seen(ForwardPass forward) {
    boolean several = losses.size() > 1;
    boolean byBatch = several || losses.stream().anyMatch(one -> one.ofBatch(forward));
    return new Reported(reported.losses(), reported.metrics(), byBatch);
  }

  /**
   * What a batch gives.
   *
   * @param loss the loss with penalties, a scalar
   * @param all the loss, the losses of single outputs if there are several, then what the batch
   *     adds to the sums of each metric; of shape (numbers of all)
   */
  record Result(Operand<TFloat32> loss, Operand<TFloat32> all) {}

  Result add(Ops tf, Model model, ForwardPass forward) {
    List<Operand<TFloat32>> means = losses.stream().map(one -> one.mean(tf, forward)).toList();
    Operand<TFloat32> total = total(tf, means, penalties(tf, model, forward));
    List<Operand<TFloat32>> rows = new ArrayList<>();
    rows.add(tf.reshape(total, tf.constant(new int[] {1})));
    if (means.size() > 1) {
      means.forEach(mean -> rows.add(tf.reshape(mean, tf.constant(new int[] {1}))));
    }
    reported.metrics().forEach(tracked -> rows.addAll(sums(tf, tracked, forward)));
    Operand<TFloat32> all = rows.size() == 1 ? rows.get(0) : tf.concat(rows, tf.constant(0));
    // A loss alone is of a shape that TensorFlow does not know before it runs.
    return new Result(total, tf.ensureShape(all, Shape.of(reported.size())));
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

  private Operand<TFloat32> total(
      Ops tf, List<Operand<TFloat32>> means, List<Operand<TFloat32>> penalties) {
    List<Operand<TFloat32>> terms = new ArrayList<>();
    for (int i = 0; i < means.size(); i++) {
      double weight = losses.get(i).target().output().settings().lossWeight();
      terms.add(
          weight == 1 ? means.get(i) : tf.math.mul(means.get(i), tf.constant((float) weight)));
    }
    terms.addAll(penalties);
    return terms.size() == 1 ? terms.get(0) : tf.math.addN(terms);
  }

  private static List<Operand<TFloat32>> penalties(Ops tf, Model model, ForwardPass forward) {
    List<Operand<TFloat32>> terms = new ArrayList<>();
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
    return terms;
  }
}
