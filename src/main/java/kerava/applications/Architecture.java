package kerava.applications;

import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.Node;

/**
 * A network with a name: (batch, height, width, channels) → (batch, classes).
 *
 * <pre>{@code
 * Model plain = ResNet.cifar(20).model();
 * Model augmented = ResNet.cifar(20).model(Input.of(32, 32, 3), RandomFlip.of(HORIZONTAL));
 * Node classes = ResNet.cifar(20).apply(image.then(Rescaling.of(1 / 255.0)));
 * }</pre>
 */
public interface Architecture {
  /** What the network is called, in small letters: {@code resnet20}. */
  String name();

  /**
   * Puts the network behind an image.
   *
   * @param image of shape (batch, height, width, channels)
   * @return the classes, of shape (batch, classes)
   * @throws IllegalArgumentException if images are too small
   */
  Node apply(Node image);

  /** The network for images of 32x32x3, as a model under the network's name. */
  default Model model() {
    return model(Input.of(32, 32, 3));
  }

  /**
   * The network as a model under its name.
   *
   * @param input where images enter, from {@link Input#of}
   * @param before layers between them and the network: augmentation, normalization
   * @throws IllegalArgumentException if images are too small, or a layer cannot take them
   */
  default Model model(Node input, Layer... before) {
    Node image = input;
    for (Layer layer : before) {
      image = image.then(layer);
    }
    return Model.of(input, apply(image)).named(name());
  }
}
