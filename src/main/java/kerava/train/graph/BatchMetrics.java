package kerava.train.graph;

import java.util.ArrayList;
import java.util.List;
import kerava.Loss;
import kerava.Metric;
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
record BatchMetrics(Loss loss, List<Metric> metrics, Placeholders feeds) {
  /**
   * What a batch gives.
   *
   * @param loss the loss with penalties, a scalar
   * @param all the loss, then each metric's sum over the samples; of shape (1 + metrics)
   */
  record Result(Operand<TFloat32> loss, Operand<TFloat32> all) {}

  Result add(Ops tf, Model model, ForwardPass forward) {
    List<Operand<TFloat32>> scalars = new ArrayList<>();
    scalars.add(total(tf, model, forward));
    for (Metric metric : metrics) {
      Operand<TFloat32> each =
          forward.joined(tf, part -> metric.perSample(tf, part.labels(), part.predictions()));
      scalars.add(tf.reduceSum(each, tf.constant(0)));
    }
    // A loss alone is of a shape that TensorFlow does not know before it runs.
    Shape shape = Shape.of(scalars.size());
    return new Result(scalars.get(0), tf.ensureShape(tf.stack(scalars), shape));
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
