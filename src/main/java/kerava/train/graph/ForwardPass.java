package kerava.train.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kerava.Labels;
import kerava.Model;
import kerava.Optimizer;
import kerava.WeightSpec;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.Pass;
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
   * @param labels its labels
   * @param predictions the model's output for it
   * @param weights the weights of its samples
   * @param size how many of its samples count, where that may be fewer than it has; else empty
   */
  record Part(
      Pass pass,
      Labels labels,
      Operand<TFloat32> predictions,
      Weights weights,
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
   * What samples count.
   *
   * @param each one number a sample, of shape (batch)
   * @param given whether samples were given weights, a scalar
   */
  record Weights(Operand<TFloat32> each, Operand<TBool> given) {}

  /** The labels of the whole batch. */
  Labels labels(Ops tf) {
    Labels.Kind kind = parts.get(0).labels().kind();
    return new Labels(
        kind,
        switch (kind) {
          case CLASSES -> joined(tf, part -> part.labels().classes());
          case TARGETS -> joined(tf, part -> part.labels().targets());
        });
  }

  /** What each part has, one after the other, of the samples that count. */
  <T extends TType> Operand<T> joined(Ops tf, Function<Part, Operand<T>> each) {
    List<Operand<T>> values =
        parts.stream().map(part -> part.counted(tf, each.apply(part))).toList();
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
    Weights weights = feeds.weights(network.tf().withSubScope("inference_weights"));
    Operand<TFloat32> predictions = model.build(pass, feeds.inputs());
    return new ForwardPass(
        List.of(new Part(pass, feeds.labels(), predictions, weights, Optional.empty())));
  }

  static ForwardPass train(
      Network network, Model model, Placeholders feeds, DistributionStrategy strategy) {
    int replicas = strategy.replicas();
    Ops tf = network.tf().withSubScope("split");
    Weights weights = feeds.weights(tf);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      Slicer slicer = new Slicer(tf, feeds.inputs(), i, replicas);
      Pass pass = pass(network, i, strategy);
      Labels labels = new Labels(feeds.labels().kind(), slicer.slice(feeds.labels().operand()));
      Operand<TFloat32> predictions = model.build(pass, slicer.slice(feeds.inputs()));
      Weights own = new Weights(slicer.slice(weights.each()), weights.given());
      parts.add(new Part(pass, labels, predictions, own, slicer.counted()));
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
   * Cuts one of several nearly equal parts out of a batch. Each has at least one sample, also where
   * none is left for it: oneDNN's kernels in TensorFlow 2.18 give empty batches a wrong shape.
   */
  private record Slicer(Ops tf, Operand<?> batch, int index, int count) {
    <T extends TType> Operand<T> slice(Operand<T> values) {
      if (count == 1) {
        return values;
      }
      Operand<TInt32> first =
          tf.math.minimum(border(index), tf.math.sub(batchSize(), tf.constant(1)));
      Operand<TInt32> size = tf.math.maximum(ownSize(), tf.constant(1));
      // A slice of computed size forgets the sizes that it leaves alone; layers want them.
      Operand<T> part =
          tf.slice(values, padded(tf, values, first, 0), padded(tf, values, size, -1));
      return tf.ensureShape(part, values.shape());
    }

    Optional<Operand<TInt32>> counted() {
      return count == 1 ? Optional.empty() : Optional.of(ownSize());
    }

    private Operand<TInt32> ownSize() {
      return tf.math.sub(border(index + 1), border(index));
    }

    private Operand<TInt32> border(int i) {
      return tf.math.div(tf.math.mul(batchSize(), tf.constant(i)), tf.constant(count));
    }

    private Operand<TInt32> batchSize() {
      return tf.shape.size(tf.shape(batch), tf.constant(0));
    }

    static Operand<TInt32> padded(Ops tf, Operand<?> values, Operand<TInt32> first, int others) {
      int[] rest = new int[values.shape().numDimensions() - 1];
      java.util.Arrays.fill(rest, others);
      return tf.concat(
          List.of(tf.reshape(first, tf.constant(new int[] {1})), tf.constant(rest)),
          tf.constant(0));
    }
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
