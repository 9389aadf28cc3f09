package kerava.applications;

import static kerava.layers.ActivationFunction.GELU;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import kerava.Model;
import kerava.Node;
import kerava.data.Dataset;
import kerava.graph.Weights;
import kerava.initializers.Distribution;
import kerava.initializers.FanMode;
import kerava.initializers.VarianceScaling;
import kerava.layers.Activation;
import kerava.layers.ActivationFunction;
import kerava.layers.Add;
import kerava.layers.BatchNormalization;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.GlobalMaxPooling2D;
import kerava.layers.MaxPooling2D;
import kerava.layers.Padding;
import kerava.layers.Rescaling;

/**
 * A small network that learns CIFAR-10 in minutes, after those that Coleman, Page and Jordan
 * trained for speed: a frozen convolution that whitens small patches, then stages of convolution,
 * pooling, normalization and activation, convolution, normalization and activation, then the
 * maximum over the image and a dense layer without a bias, scaled down.
 *
 * <p>The whitening, and kernels that begin by passing their input on, are not drawn but computed:
 *
 * <pre>{@code
 * FastNet net = FastNet.of(64, 256, 256);
 * try (Trainer trainer = Trainer.compile(net.model(), settings, options)) {
 *   trainer.restore(net.firstWeights(trainer.weights(), cifar.train()));
 *   trainer.fit(...);
 * }
 * }</pre>
 *
 * <p>The network takes images of any size, with the same weights.
 *
 * @see <a href="https://arxiv.org/abs/2404.00498">Jordan 2024: 94% on CIFAR-10 in 3.29 Seconds on a
 *     Single GPU</a>
 * @see <a href="https://dawn.cs.stanford.edu/benchmark/CIFAR10/train.html">DAWNBench: CIFAR-10
 *     training</a>
 */
public final class FastNet implements Architecture {
  private static final String WHITENING = "whitening";

  private final FastNetStages stages;
  private final Classifier classifier;

  private FastNet(FastNetStages stages, Classifier classifier) {
    this.stages = stages;
    this.classifier = classifier;
  }

  /**
   * The network with a whitening of 2x2 patches, without shortcuts, with {@code GELU}, a momentum
   * of 0.6 of the moving averages and an output scale of 1/9, for ten classes, which gives
   * probabilities.
   *
   * @param widths the filters of each stage, such as 64, 256, 256
   * @throws IllegalArgumentException if there are none, or one is below 1
   */
  public static FastNet of(int... widths) {
    if (widths.length == 0 || Arrays.stream(widths).anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "FastNet widths: expected at least one, each at least 1, got "
              + Arrays.toString(widths)
              + ".");
    }
    List<Integer> all = Arrays.stream(widths).boxed().toList();
    return new FastNet(new FastNetStages(all, 2, false, GELU, 0.6, 1.0 / 9), Classifier.TEN);
  }

  private FastNet with(UnaryOperator<FastNetStages> change) {
    return new FastNet(change.apply(stages), classifier);
  }

  /**
   * The same network that whitens patches of another size; 2 by default. It gives twice as many
   * channels as a patch has numbers: 24 for 2x2x3.
   *
   * @param patch the side of a patch, from 1 to 5
   * @throws IllegalArgumentException if it is another one
   */
  public FastNet whitening(int patch) {
    if (patch < 1 || patch > 5) {
      throw new IllegalArgumentException(
          "FastNet whitening: expected a patch of 1 to 5, got " + patch + ".");
    }
    return with(s -> s.withPatch(patch));
  }

  /**
   * The same network that begins with a convolution of 3x3 that is trained, as wide as the first
   * stage, normalized and activated, instead of a whitening.
   */
  public FastNet withoutWhitening() {
    return with(s -> s.withPatch(0));
  }

  /**
   * The same network whose stages end with two convolutions and a shortcut around them, or, by
   * default, with one convolution and none.
   */
  public FastNet residual(boolean residual) {
    return with(s -> s.withResidual(residual));
  }

  /** The same network with another activation; {@code GELU} by default. */
  public FastNet activation(ActivationFunction activation) {
    return with(s -> s.withActivation(activation));
  }

  /**
   * The same network with another weight of the past in the moving averages of its batch
   * normalizations; 0.6 by default, which suits a few hundred steps.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public FastNet momentum(double momentum) {
    BatchNormalization.of().momentum(momentum);
    return with(s -> s.withMomentum(momentum));
  }

  /** The same network with another factor on its logits; 1/9 by default. */
  public FastNet outputScale(double scale) {
    return with(s -> s.withScale(scale));
  }

  /** The same network for another number of classes; 10 by default. */
  public FastNet classes(int classes) {
    return new FastNet(stages, classifier.withClasses(classes));
  }

  /** The same network with another last activation; {@code SOFTMAX} by default. */
  public FastNet classifierActivation(ActivationFunction activation) {
    return new FastNet(stages, classifier.withActivation(activation));
  }

  @Override
  public String name() {
    return "fast_" + stages.widths().stream().map(String::valueOf).collect(Collectors.joining("_"));
  }

  /**
   * The weights to begin training with: the whitening that the images ask for, and 3x3 kernels
   * whose first filters pass their input on. Everything else stays as it was drawn.
   *
   * @param drawn the weights of {@link Model}s of this network, as a fresh trainer has them
   * @param images of the shape (height, width, channels) that the network sees, not yet divided;
   *     the first 2,000 are looked at
   * @return all weights, in the same order
   * @throws IllegalArgumentException if the weights are not of this network
   */
  public Weights firstWeights(Weights drawn, Dataset images) {
    Weights passing = PartialIdentity.in(drawn.where(name -> !name.startsWith(WHITENING + "/")));
    if (stages.patch() == 0) {
      return drawn.with(passing);
    }
    drawn.get(WHITENING + "/kernel");
    return drawn.with(passing).with(Whitening.of(images, stages.patch()).weights(WHITENING));
  }

  @Override
  public Node apply(Node image) {
    Node x = stages.patch() == 0 ? stem(image) : whitened(image);
    for (int width : stages.widths()) {
      x = stage(x, width);
    }
    return x.then(GlobalMaxPooling2D.of())
        .then(Dense.of(classifier.classes()).useBias(false).kernelInitializer(narrow()))
        .then(Rescaling.of(stages.scale()))
        .then(Activation.of(classifier.activation()));
  }

  private Node stem(Node image) {
    return active(image.then(convolution(stages.widths().get(0))));
  }

  private Node whitened(Node image) {
    int patch = stages.patch();
    int filters = 2 * patch * patch * BuildingBlocks.channels(image);
    return image
        .then(Conv2D.of(filters, patch).named(WHITENING).frozen())
        .then(Activation.of(stages.activation()));
  }

  private Node stage(Node input, int width) {
    Node first = active(input.then(convolution(width)).then(MaxPooling2D.of(2)));
    Node second = active(first.then(convolution(width)));
    if (!stages.residual()) {
      return second;
    }
    Node third = normalized(second.then(convolution(width)));
    return Add.of().apply(third, first).then(Activation.of(stages.activation()));
  }

  private static Conv2D convolution(int filters) {
    return Conv2D.of(filters, 3).padding(Padding.SAME).useBias(false).kernelInitializer(narrow());
  }

  /** Uniform within ±1 / √fan in. */
  private static VarianceScaling narrow() {
    return VarianceScaling.of()
        .scale(1.0 / 3)
        .mode(FanMode.FAN_IN)
        .distribution(Distribution.UNIFORM);
  }

  private Node normalized(Node x) {
    return x.then(BatchNormalization.of().momentum(stages.momentum()).epsilon(1e-5).scale(false));
  }

  private Node active(Node x) {
    return normalized(x).then(Activation.of(stages.activation()));
  }
}
