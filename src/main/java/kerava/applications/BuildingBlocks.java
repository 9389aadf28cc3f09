package kerava.applications;

import static kerava.layers.ActivationFunction.RELU;

import kerava.Node;
import kerava.initializers.HeNormal;
import kerava.layers.Activation;
import kerava.layers.BatchNormalization;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.GlobalAveragePooling2D;
import kerava.layers.Padding;
import kerava.layers.Size2D;
import kerava.regularizers.L2;

/**
 * What residual networks and their relatives are made of: kernels that begin as He et al. 2015 say,
 * and a batch normalization with the constants of their published code.
 *
 * @param weightDecay the share of a kernel that its gradient is given; 0 for none
 */
record BuildingBlocks(double weightDecay) {
  /** That of the papers on CIFAR-10 by He et al. */
  static final double WEIGHT_DECAY = 1e-4;

  private static final double MOMENTUM = 0.9;
  private static final double EPSILON = 1e-5;

  BuildingBlocks {
    if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
      throw new IllegalArgumentException(
          "Architecture weight decay: expected a number of at least 0, got " + weightDecay + ".");
    }
  }

  /** A convolution that keeps the size, or divides it by the strides; without a bias. */
  Conv2D convolution(int filters, int size, int strides) {
    Conv2D layer =
        Conv2D.of(filters, size)
            .strides(Size2D.of(strides))
            .padding(Padding.SAME)
            .useBias(false)
            .kernelInitializer(HeNormal.of());
    return weightDecay == 0 ? layer : layer.kernelRegularizer(penalty());
  }

  /** The layer behind the last pooling. */
  Dense dense(Classifier classifier) {
    Dense layer =
        Dense.of(classifier.classes())
            .activation(classifier.activation())
            .kernelInitializer(HeNormal.of());
    return weightDecay == 0 ? layer : layer.kernelRegularizer(penalty());
  }

  // Keras' factor stands before the square, whose slope is twice the weight.
  private L2 penalty() {
    return L2.of(weightDecay / 2);
  }

  static Node normalized(Node x) {
    return x.then(BatchNormalization.of().momentum(MOMENTUM).epsilon(EPSILON));
  }

  static Node active(Node x) {
    return normalized(x).then(Activation.of(RELU));
  }

  Node classes(Node x, Classifier classifier) {
    return x.then(GlobalAveragePooling2D.of()).then(dense(classifier));
  }

  static int channels(Node x) {
    return Math.toIntExact(x.shape().get(3));
  }
}
