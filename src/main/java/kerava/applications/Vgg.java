package kerava.applications;

import java.util.List;
import java.util.Map;
import kerava.Node;
import kerava.layers.ActivationFunction;
import kerava.layers.Dropout;
import kerava.layers.Flatten;
import kerava.layers.MaxPooling2D;

/**
 * The networks of Simonyan and Zisserman 2014 as they are built for CIFAR-10: their convolutions of
 * 3x3, each with batch normalization, in five stages that a maximum pooling ends, and one dense
 * layer instead of three.
 *
 * <p>Depths 11, 13, 16 and 19 have 9.2, 9.4, 14.7 and 20.0 million parameters.
 *
 * @see <a href="https://arxiv.org/abs/1409.1556">Simonyan, Zisserman 2014: Very Deep Convolutional
 *     Networks for Large-Scale Image Recognition</a>
 */
public final class Vgg implements Architecture {
  private static final double WEIGHT_DECAY = 5e-4;
  private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512, 512);

  /** How many convolutions each stage has, by depth. */
  private static final Map<Integer, List<Integer>> STAGES =
      Map.of(
          11, List.of(1, 1, 2, 2, 2),
          13, List.of(2, 2, 2, 2, 2),
          16, List.of(2, 2, 3, 3, 3),
          19, List.of(2, 2, 4, 4, 4));

  private final int depth;
  private final double dropout;
  private final Classifier classifier;
  private final BuildingBlocks parts;

  private Vgg(int depth, double dropout, Classifier classifier, BuildingBlocks parts) {
    this.depth = depth;
    this.dropout = dropout;
    this.classifier = classifier;
    this.parts = parts;
  }

  /**
   * The network of a depth, for ten classes, which gives probabilities, without dropout, with the
   * paper's weight decay of 5e-4.
   *
   * @param depth 11, 13, 16 or 19
   * @throws IllegalArgumentException if it is another one
   */
  public static Vgg of(int depth) {
    if (!STAGES.containsKey(depth)) {
      throw new IllegalArgumentException(
          "Vgg depth: expected 11, 13, 16 or 19, got " + depth + ".");
    }
    return new Vgg(depth, 0, Classifier.TEN, new BuildingBlocks(WEIGHT_DECAY));
  }

  /**
   * The same network that drops a share of the numbers before its dense layer; 0 by default, 0.5 in
   * the paper.
   *
   * @throws IllegalArgumentException if it is not from 0 to below 1
   */
  public Vgg dropout(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "Vgg dropout: expected a share from 0 to below 1, got " + share + ".");
    }
    return new Vgg(depth, share, classifier, parts);
  }

  /** The same network for another number of classes; 10 by default. */
  public Vgg classes(int classes) {
    return new Vgg(depth, dropout, classifier.withClasses(classes), parts);
  }

  /** The same network with another last activation; {@code SOFTMAX} by default. */
  public Vgg classifierActivation(ActivationFunction activation) {
    return new Vgg(depth, dropout, classifier.withActivation(activation), parts);
  }

  /**
   * The same network with another weight decay: an L2 penalty on the kernels whose gradient is this
   * share of them; 5e-4 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public Vgg weightDecay(double share) {
    return new Vgg(depth, dropout, classifier, new BuildingBlocks(share));
  }

  @Override
  public String name() {
    return "vgg" + depth;
  }

  @Override
  public Node apply(Node image) {
    Node x = image;
    List<Integer> stages = STAGES.getOrDefault(depth, List.of());
    for (int stage = 0; stage < stages.size(); stage++) {
      for (int layer = 0; layer < stages.get(stage); layer++) {
        x = BuildingBlocks.active(x.then(parts.convolution(WIDTHS.get(stage), 3, 1)));
      }
      x = x.then(MaxPooling2D.of(2));
    }
    x = x.then(Flatten.of());
    return (dropout == 0 ? x : x.then(Dropout.of(dropout))).then(parts.dense(classifier));
  }
}
