package kerava.applications;

import java.util.List;
import kerava.Node;
import kerava.layers.ActivationFunction;

/**
 * Residual networks for CIFAR-10 whose blocks normalize and activate before they convolve (He et
 * al. 2016). Where the number of channels or the size changes, the shortcut is a convolution of
 * 1x1.
 *
 * <p>Depth 110 has 1.7 million parameters; of the networks with bottlenecks, 164 has 1.7 and 1001
 * has 10.3.
 *
 * @see <a href="https://arxiv.org/abs/1603.05027">He, Zhang, Ren, Sun 2016: Identity Mappings in
 *     Deep Residual Networks</a>
 */
public final class ResNetV2 implements Architecture {
  private static final List<Integer> WIDTHS = List.of(16, 32, 64);

  private final int depth;
  private final boolean bottleneck;
  private final Classifier classifier;
  private final BuildingBlocks parts;

  private ResNetV2(int depth, boolean bottleneck, Classifier classifier, BuildingBlocks parts) {
    this.depth = depth;
    this.bottleneck = bottleneck;
    this.classifier = classifier;
    this.parts = parts;
  }

  /**
   * The network with blocks of two convolutions of 3x3, for ten classes, which gives probabilities,
   * with a weight decay of 1e-4.
   *
   * @param depth 6n + 2, such as 110
   * @throws IllegalArgumentException if no n of at least 1 gives the depth
   */
  public static ResNetV2 cifar(int depth) {
    Depth.require("ResNetV2", depth, 6, 2, "20, 56 or 110");
    return new ResNetV2(
        depth, false, Classifier.TEN, new BuildingBlocks(BuildingBlocks.WEIGHT_DECAY));
  }

  /**
   * The network with blocks of three convolutions of 1x1, 3x3 and 1x1; otherwise as {@link #cifar}.
   *
   * @param depth 9n + 2, such as 164 or 1001
   * @throws IllegalArgumentException if no n of at least 1 gives the depth
   */
  public static ResNetV2 bottleneck(int depth) {
    Depth.require("ResNetV2 with bottlenecks", depth, 9, 2, "164 or 1001");
    return new ResNetV2(
        depth, true, Classifier.TEN, new BuildingBlocks(BuildingBlocks.WEIGHT_DECAY));
  }

  /** The same network for another number of classes; 10 by default. */
  public ResNetV2 classes(int classes) {
    return new ResNetV2(depth, bottleneck, classifier.withClasses(classes), parts);
  }

  /** The same network with another last activation; {@code SOFTMAX} by default. */
  public ResNetV2 classifierActivation(ActivationFunction activation) {
    return new ResNetV2(depth, bottleneck, classifier.withActivation(activation), parts);
  }

  /**
   * The same network with another weight decay: an L2 penalty on the kernels whose gradient is this
   * share of them; 1e-4 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public ResNetV2 weightDecay(double share) {
    return new ResNetV2(depth, bottleneck, classifier, new BuildingBlocks(share));
  }

  @Override
  public String name() {
    return "resnet" + depth + "_v2";
  }

  @Override
  public Node apply(Node image) {
    int blocks = (depth - 2) / (bottleneck ? 9 : 6);
    Node x = new PreActivation(blocks, WIDTHS, bottleneck, 0).apply(image, parts);
    return parts.classes(x, classifier);
  }
}
