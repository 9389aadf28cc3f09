package kerava.examples;

import static kerava.layers.ActivationFunction.RELU;
import static kerava.layers.ActivationFunction.SOFTMAX;

import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.layers.MaxPooling2D;
import org.tensorflow.ndarray.Shape;

/**
 * The network of the well-known CIFAR-10 notebook: three convolutions, two poolings, two dense
 * layers; 122,570 parameters for 32x32x3 images and ten classes.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/images/cnn">TensorFlow: Convolutional Neural
 *     Network (CNN)</a>
 */
public final class CifarCnn {
  private CifarCnn() {}

  /** The network for 32x32x3 images and ten classes. */
  public static Model model() {
    return model(Shape.of(32, 32, 3), 10);
  }

  /**
   * The network for other images.
   *
   * @param image (height, width, channels), at least 18 by 18
   * @param classes how many classes there are
   * @throws IllegalArgumentException if images are too small
   */
  public static Model model(Shape image, int classes) {
    return Sequential.of(
        Input.of(image.asArray()),
        Conv2D.of(32, 3).activation(RELU),
        MaxPooling2D.of(2),
        Conv2D.of(64, 3).activation(RELU),
        MaxPooling2D.of(2),
        Conv2D.of(64, 3).activation(RELU),
        Flatten.of(),
        Dense.of(64).activation(RELU),
        Dense.of(classes).activation(SOFTMAX));
  }
}
