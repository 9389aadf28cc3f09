package kerava.train.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kerava.Labels;
import kerava.Model;
import kerava.Optimizer;
import kerava.WeightSpec;
import kerava.graph.Cast;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.Pass;
import kerava.graph.TensorValue;
import kerava.optimizers.step.Gradient;
import kerava.optimizers.step.OptimizerStep;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A model's computation over a batch, whole or in parts that run side by side.
 *
 * @param parts the parts, in the order of the batch
 */
record ForwardPass(List<Part> parts) {
  /**
   * One part of a batch.
   *
   * @param pass its reads of the weights
   * @param values all outputs of the model for it
   * @param compared the outputs that are compared with labels
   * @param size how many of its samples count, where that may be fewer than it has; else empty
   */
  record Part(
      Pass pass,
      List<TensorValue> values,
      List<Compared> compared,
      Optional<Operand<TInt32>> size) {

    /** The values of the samples that count. */
    <T extends TType> Operand<T> counted(Ops tf, Operand<T> perSample) {
      return size.<Operand<T>>map(
              count ->
                  tf.slice(
                      perSample,
                      Slicer.padded(tf, perSample, tf.constant(0), 0),
                      Slicer.padded(tf, perSample, count, -1)))
          .orElse(perSample);
    }
  }

  /**
   * An output of a part, and what is right.
   *
   * @param labels its labels
   * @param predictions the output
   * @param mask 1 for steps that count and 0 for others, of shape (batch, steps), if there is one
   * @param weights the weights of its samples
   */
  record Compared(
      Labels labels,
      Operand<TFloat32> predictions,
      Optional<Operand<TFloat32>> mask,
      Weights weights) {}

  /**
   * What samples count.
   *
   * @param each one number a sample, of shape (batch)
   * @param given whether samples were given weights, a scalar
   */
  record Weights(Operand<TFloat32> each, Operand<TBool> given) {}

  /**
   * The labels of the whole batch.
   *
   * @param output which of those that are compared
   */
  Labels labels(Ops tf, int output) {
    Labels.Kind kind = parts.get(0).compared().get(output).labels().kind();
    return new Labels(
        kind,
        switch (kind) {
          case CLASSES -> joined(tf, output, part -> part.labels().classes());
          case TARGETS -> joined(tf, output, part -> part.labels().targets());
        });
  }

  /** The mask of the whole batch, if the output has one. */
  Optional<Operand<TFloat32>> mask(Ops tf, int output) {
    return parts.get(0).compared().get(output).mask().isEmpty()
        ? Optional.empty()
        : Optional.of(joined(tf, output, part -> part.mask().orElseThrow()));
  }

  /** What each part has, one after the other, of the samples that count. */
  <T extends TType> Operand<T> joined(Ops tf, int output, Function<Compared, Operand<T>> each) {
    List<Operand<T>> values =
        parts.stream()
            .map(part -> part.counted(tf, each.apply(part.compared().get(output))))
            .toList();
    return values.size() == 1 ? values.get(0) : tf.concat(values, tf.constant(0));
  }

  /** What layers add to the loss: of a batch in parts, that of each part by its share of it. */
  List<Operand<TFloat32>> penalties(Ops tf) {
    List<Operand<TFloat32>> shares = shares(tf);
    List<Operand<TFloat32>> all = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      for (Operand<TFloat32> penalty : parts.get(i).pass().penalties()) {
        all.add(shares.isEmpty() ? penalty : tf.math.mul(penalty, shares.get(i)));
      }
    }
    return all;
  }

  /** Which share of the samples that count is in each part; none for a batch in one piece. */
  private List<Operand<TFloat32>> shares(Ops tf) {
    List<Operand<TFloat32>> sizes = new ArrayList<>();
    for (Part part : parts) {
      // A size is one number in a row; what is added to a loss is a number.
      part.size()
          .map(size -> tf.reshape(size, tf.constant(new int[0])))
          .ifPresent(size -> sizes.add(tf.dtypes.cast(size, TFloat32.class)));
    }
    if (sizes.isEmpty()) {
      return sizes;
    }
    Operand<TFloat32> whole = tf.math.addN(sizes);
    return sizes.stream().<Operand<TFloat32>>map(size -> tf.math.div(size, whole)).toList();
  }

  static ForwardPass infer(Network network, Model model, Placeholders feeds) {
    Pass pass = network.pass("infer", Mode.INFER);
    Ops tf = network.tf().withSubScope("inference_weights");
    List<TensorValue> values = model.call(pass, feeds.given());
    List<Compared> compared =
        feeds.targets().stream()
            .map(target -> compared(pass, target, target.labels(), values, target.weights(tf)))
            .toList();
    return new ForwardPass(List.of(new Part(pass, values, compared, Optional.empty())));
  }

  private static Compared compared(
      Pass pass,
      Placeholders.Target target,
      Labels labels,
      List<TensorValue> values,
      Weights weights) {
    TensorValue value = values.get(target.output().index());
    Ops tf = pass.tf();
    return new Compared(
        labels,
        Cast.numbers(tf, value.operand(), TFloat32.class),
        value.mask().map(mask -> tf.dtypes.cast(mask, TFloat32.class)),
        weights);
  }

  static ForwardPass train(
      Network network, Model model, Placeholders feeds, DistributionStrategy strategy) {
    int replicas = strategy.replicas();
    Ops tf = network.tf().withSubScope("split");
    List<Weights> weights = feeds.targets().stream().map(target -> target.weights(tf)).toList();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      Slicer slicer = new Slicer(tf, feeds.inputs().get(0).value(), i, replicas);
      Pass pass = pass(network, i, strategy);
      List<TensorValue> values =
          model.call(
              pass,
              feeds.inputs().stream()
                  .map(input -> TensorValue.of(slicer.slice(input.value())))
                  .toList());
      List<Compared> compared = new ArrayList<>();
      for (Placeholders.Target target : feeds.targets()) {
        Weights all = weights.get(compared.size());
        Labels labels = target.labels().with(slicer.slice(target.labels().operand()));
        Weights own = new Weights(slicer.slice(all.each()), all.given());
        compared.add(compared(pass, target, labels, values, own));
      }
      parts.add(new Part(pass, values, compared, slicer.counted()));
    }
    return new ForwardPass(List.copyOf(parts));
  }

  private static Pass pass(Network network, int index, DistributionStrategy strategy) {
    String name = strategy.replicas() == 1 ? "train" : "train_" + index;
    int devices = strategy.session().spread().size();
    return devices == 0
        ? network.pass(name, Mode.TRAIN)
        : network.pass(name, Mode.TRAIN, strategy.session().place(index % devices));
  }

  /**
   * The operations that change weights.
   *
   * @param step has run when a training step is done
   * @param finish ends a training run
   */
  public record TrainOps(Op step, Op finish) {}

  /** What happens to the gradient of a weight before the optimizer. */
  @FunctionalInterface
  public interface GradientTransform {
    /** Adds the operations; the result has the gradient's shape. */
    Operand<TFloat32> apply(Ops tf, WeightSpec weight, Operand<TFloat32> gradient);
  }

  /**
   * What is changed by gradients, and how.
   *
   * @param trained the weights
   * @param optimizer what changes them
   * @param gradients what happens to gradients before the optimizer
   */
  record Descent(List<WeightSpec> trained, Optimizer optimizer, GradientTransform gradients) {}

  /** Adds the gradients of a loss and the optimizer's step. */
  TrainOps update(Network network, Descent descent, Operand<TFloat32> loss) {
    List<WeightSpec> trained = descent.trained();
    OptimizerStep step = OptimizerStep.prepare(network, descent.optimizer(), trained);
    WeightGradients weights = new WeightGradients(network, parts.stream().map(Part::pass).toList());
    List<Gradient> gradients = new ArrayList<>();
    for (Gradient gradient : weights.of(step.scaled(loss), trained)) {
      WeightSpec spec = trained.get(gradients.size());
      gradients.add(gradient.map(values -> descent.gradients().apply(network.tf(), spec, values)));
    }
    List<Op> after = weights.reads();
    List<Op> all = new ArrayList<>();
    all.add(step.add(gradients, after));
    all.addAll(parts.get(0).pass().updates());
    return new TrainOps(
        network.tf().withControlDependencies(all).withName("step").noOp(), step.finish());
  }
}
