package kerava.applications;

import static kerava.layers.ActivationFunction.RELU;

import kerava.Node;
import kerava.layers.Activation;
import kerava.layers.ActivationFunction;
import kerava.layers.Add;
import kerava.layers.AveragePooling2D;
import kerava.layers.Concatenate;
import kerava.layers.Rescaling;
import kerava.layers.Size2D;

/**
 * The residual networks for CIFAR-10 of He et al. 2015, section 4.2: one convolution of 16 filters,
 * then three stages of n blocks of two convolutions each, with 16, 32 and 64 filters, then the mean
 * over the image and the classes; 6n + 2 layers with weights.
 *
 * <p>Where a stage halves the image, the shortcut takes every second pixel and channels of zeros
 * beside its own (option A of the paper), so that shortcuts have no weights. Kernels start as in He
 * et al. 2015 (HeNormal), batch normalization takes a momentum of 0.9 and an epsilon of 1e-5.
 *
 * <p>Depths 20, 32, 44, 56 and 110 have 0.27, 0.46, 0.66, 0.85 and 1.7 million parameters.
 *
 * @see <a href="https://arxiv.org/abs/1512.03385">He, Zhang, Ren, Sun 2015: Deep Residual Learning
 *     for Image Recognition</a>
 */
public final class ResNet implements Architecture {
  private static final int STAGES = 3;
  private static final int FILTERS = 16;

  private final int depth;
  private final Classifier classifier;
  private final BuildingBlocks parts;

  private ResNet(int depth, Classifier classifier, BuildingBlocks parts) {
    this.depth = depth;
    this.classifier = classifier;
    this.parts = parts;
  }

  /**
   * The network of a depth, for ten classes, which gives probabilities, with the paper's weight
   * decay of 1e-4.
   *
   * @param depth 6n + 2: 20, 32, 44, 56 and 110 in the paper
   * @throws IllegalArgumentException if no n of at least 1 gives the depth
   */
  public static ResNet cifar(int depth) {
    Depth.require("ResNet", depth, 6, 2, "20, 32, 44, 56 or 110");
    return new ResNet(depth, Classifier.TEN, new BuildingBlocks(BuildingBlocks.WEIGHT_DECAY));
  }

  /** The same network for another number of classes; 10 by default. */
  public ResNet classes(int classes) {
    return new ResNet(depth, classifier.withClasses(classes), parts);
  }

  /** The same network with another last activation; {@code SOFTMAX} by default. */
  public ResNet classifierActivation(ActivationFunction activation) {
    return new ResNet(depth, classifier.withActivation(activation), parts);
  }

  /**
   * The same network with another weight decay: an L2 penalty on the kernels whose gradient is this
   * share of them; 1e-4 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public ResNet weightDecay(double share) {
    return new ResNet(depth, classifier, new BuildingBlocks(share));
  }

  @Override
  public String name() {
    return "resnet" + depth;
  }

  @Override
  public Node apply(Node image) {
    Node x = BuildingBlocks.active(image.then(parts.convolution(FILTERS, 3, 1)));
    for (int stage = 0; stage < STAGES; stage++) {
      for (int block = 0; block < (depth - 2) / 6; block++) {
        x = block(x, FILTERS << stage);
      }
    }
    return parts.classes(x, classifier);
  }

  private Node block(Node x, int filters) {
    int strides = filters / BuildingBlocks.channels(x);
    Node inner = BuildingBlocks.active(x.then(parts.convolution(filters, 3, strides)));
    Node main = BuildingBlocks.normalized(inner.then(parts.convolution(filters, 3, 1)));
    Node shortcut = strides == 1 ? x : halved(x);
    return Add.of().apply(main, shortcut).then(Activation.of(RELU));
  }

  /** Every second pixel, and beside its channels as many zeros. */
  private static Node halved(Node x) {
    Node pixels = x.then(AveragePooling2D.of(1).strides(Size2D.of(2)));
    return Concatenate.of().apply(pixels, pixels.then(Rescaling.of(0)));
  }
}
