package kerava.applications;

import java.util.List;
import kerava.Node;
import kerava.layers.ActivationFunction;

/**
 * Wide residual networks for CIFAR-10 (Zagoruyko and Komodakis 2016): the blocks of {@link
 * ResNetV2}, fewer and k times as wide.
 *
 * <p>WRN-16-4 has 2.7 million parameters, WRN-28-10 has 36.5.
 *
 * @see <a href="https://arxiv.org/abs/1605.07146">Zagoruyko, Komodakis 2016: Wide Residual
 *     Networks</a>
 */
public final class WideResNet implements Architecture {
  private static final double WEIGHT_DECAY = 5e-4;

  private final Size size;
  private final double dropout;
  private final Classifier classifier;
  private final BuildingBlocks parts;

  private static final int WIDEST = 1_000;

  private record Size(int depth, int k) {}

  private WideResNet(Size size, double dropout, Classifier classifier, BuildingBlocks parts) {
    this.size = size;
    this.dropout = dropout;
    this.classifier = classifier;
    this.parts = parts;
  }

  /**
   * The network of a depth and a width, for ten classes, which gives probabilities, without
   * dropout, with the paper's weight decay of 5e-4.
   *
   * @param depth 6n + 4: 16, 22, 28 and 40 in the paper
   * @param k how many times as wide as a thin network of 16, 32 and 64 filters
   * @throws IllegalArgumentException if no n of at least 1 gives the depth, or k is not from 1 to
   *     1000
   */
  public static WideResNet of(int depth, int k) {
    Depth.require("WideResNet", depth, 6, 4, "16, 22, 28 or 40");
    if (k < 1 || k > WIDEST) {
      throw new IllegalArgumentException(
          "WideResNet k: expected 1 to " + WIDEST + ", got " + k + ".");
    }
    return new WideResNet(new Size(depth, k), 0, Classifier.TEN, new BuildingBlocks(WEIGHT_DECAY));
  }

  /**
   * The same network that drops a share of the numbers between the two convolutions of each block;
   * 0 by default, 0.3 in the paper.
   *
   * @throws IllegalArgumentException if it is not from 0 to below 1
   */
  public WideResNet dropout(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "WideResNet dropout: expected a share from 0 to below 1, got " + share + ".");
    }
    return new WideResNet(size, share, classifier, parts);
  }

  /** The same network for another number of classes; 10 by default. */
  public WideResNet classes(int classes) {
    return new WideResNet(size, dropout, classifier.withClasses(classes), parts);
  }

  /** The same network with another last activation; {@code SOFTMAX} by default. */
  public WideResNet classifierActivation(ActivationFunction activation) {
    return new WideResNet(size, dropout, classifier.withActivation(activation), parts);
  }

  /**
   * The same network with another weight decay: an L2 penalty on the kernels whose gradient is this
   * share of them; 5e-4 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public WideResNet weightDecay(double share) {
    return new WideResNet(size, dropout, classifier, new BuildingBlocks(share));
  }

  @Override
  public String name() {
    return "wrn" + size.depth() + "_" + size.k();
  }

  @Override
  public Node apply(Node image) {
    List<Integer> widths = List.of(16 * size.k(), 32 * size.k(), 64 * size.k());
    int blocks = (size.depth() - 4) / 6;
    Node x = new PreActivation(blocks, widths, false, dropout).apply(image, parts);
    return parts.classes(x, classifier);
  }
}
