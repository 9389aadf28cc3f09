package kerava.bench;

import static kerava.layers.ActivationFunction.SOFTMAX;

import kerava.CompileSettings;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.Node;
import kerava.applications.FastNet;
import kerava.applications.ResNet;
import kerava.examples.CifarCnn;
import kerava.images.Interpolation;
import kerava.layers.Add;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.FillMode;
import kerava.layers.FlipMode;
import kerava.layers.GlobalAveragePooling1D;
import kerava.layers.GlobalAveragePooling2D;
import kerava.layers.LayerNormalization;
import kerava.layers.RandomFlip;
import kerava.layers.RandomTranslation;
import kerava.layers.Reshape;
import kerava.layers.attention.MultiHeadAttention;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;

/** The networks that are measured, and the augmentation of the recipe {@code resnet20}. */
final class Nets {
  static final Layer FLIP = RandomFlip.of(FlipMode.HORIZONTAL);
  static final Layer MOVE =
      RandomTranslation.of(4.5 / 32, 4.5 / 32)
          .fillMode(FillMode.CONSTANT)
          .interpolation(Interpolation.NEAREST);

  private Nets() {}

  /**
   * A network for images of 32x32x3.
   *
   * @param name cnn, the notebook's, which takes no layers before it; resnet20; fast94; attention,
   *     which takes none either; or pool, which shows what the layers before it cost
   */
  static Model of(String name, Layer... before) {
    Node input = Input.of(32, 32, 3);
    return switch (name) {
      case "cnn" -> CifarCnn.model();
      case "resnet20" -> ResNet.cifar(20).model(input, before);
      case "pool" -> {
        Node image = input;
        for (Layer layer : before) {
          image = image.then(layer);
        }
        Node classes =
            image.then(GlobalAveragePooling2D.of()).then(Dense.of(10).activation(SOFTMAX));
        yield Model.of(input, classes);
      }
      case "attention" -> Model.of(input, attention(input));
      case "fast94" -> FastNet.of(64, 256, 256).model(input, before);
      default ->
          throw new IllegalArgumentException(
              "Nets: expected cnn, resnet20, fast94, attention or pool, got " + name + ".");
    };
  }

  /** One block of attention over 196 patches, of 128 numbers each. */
  private static Node attention(Node image) {
    Node patches = image.then(Conv2D.of(128, 5).strides(2)).then(Reshape.of(196, 128));
    Node normal = patches.then(LayerNormalization.of());
    Node sum = Add.of().apply(patches, MultiHeadAttention.of(8, 64).apply(normal, normal));
    return sum.then(GlobalAveragePooling1D.of()).then(Dense.of(10).activation(SOFTMAX));
  }

  /** Training as the benchmarks have it: SGD with momentum, from the same first weights. */
  static Trainer trainer(Model model) {
    return trainer(model, TrainerOptions.defaults());
  }

  /** The same with other options than the seed. */
  static Trainer trainer(Model model, TrainerOptions options) {
    return Trainer.compile(
        model,
        CompileSettings.of(SGD.of(0.01).momentum(0.9), SparseCategoricalCrossentropy.of()),
        options.withSeed(1));
  }
}
