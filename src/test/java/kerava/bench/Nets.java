package kerava.bench;

import static kerava.layers.ActivationFunction.RELU;
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
import kerava.layers.Concatenate;
import kerava.layers.Conv2D;
import kerava.layers.Conv3D;
import kerava.layers.Dense;
import kerava.layers.FillMode;
import kerava.layers.FlipMode;
import kerava.layers.GlobalAveragePooling1D;
import kerava.layers.GlobalAveragePooling2D;
import kerava.layers.GlobalAveragePooling3D;
import kerava.layers.LayerNormalization;
import kerava.layers.MaxPooling3D;
import kerava.layers.Padding;
import kerava.layers.RandomFlip;
import kerava.layers.RandomTranslation;
import kerava.layers.Reshape;
import kerava.layers.Size3D;
import kerava.layers.UpSampling3D;
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
   * @param name cnn, the notebook's, which takes no layers before it; resnet20; fast94; attention
   *     and unet3d, which take none either; or pool, which shows what the layers before it cost
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
      case "unet3d" -> Model.of(input, volumes(input));
      case "fast94" -> FastNet.of(64, 256, 256).model(input, before);
      default ->
          throw new IllegalArgumentException(
              "Nets: expected cnn, resnet20, fast94, attention, unet3d or pool, got " + name + ".");
    };
  }

  /** One block of attention over 196 patches, of 128 numbers each. */
  private static Node attention(Node image) {
    Node patches = image.then(Conv2D.of(128, 5).strides(2)).then(Reshape.of(196, 128));
    Node normal = patches.then(LayerNormalization.of());
    Node sum = Add.of().apply(patches, MultiHeadAttention.of(8, 64).apply(normal, normal));
    return sum.then(GlobalAveragePooling1D.of()).then(Dense.of(10).activation(SOFTMAX));
  }

  /** A U-Net of two levels over the pixels as a volume of 16x16x12. */
  private static Node volumes(Node image) {
    Node volume = image.then(Reshape.of(16, 16, 12, 1));
    Node high = convolved(convolved(volume, 16), 16);
    Node low = convolved(convolved(high.then(MaxPooling3D.of(2)), 32), 32);
    Node again = Concatenate.of().apply(low.then(UpSampling3D.of(new Size3D(2, 2, 2))), high);
    Node whole = convolved(again, 16).then(GlobalAveragePooling3D.of());
    return whole.then(Dense.of(10).activation(SOFTMAX));
  }

  private static Node convolved(Node volume, int filters) {
    return volume.then(Conv3D.of(filters, 3).padding(Padding.SAME).activation(RELU));
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
