package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.images.Interpolation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Brings images to a size: (batch, height, width, channels) → (batch, height', width', channels).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/">Keras:
 *     Resizing</a>
 */
public record Resizing(Config config) implements UnaryLayer {
  /** How images of another size are computed. */
  static final Codec<Interpolation> INTERPOLATIONS =
      Codec.choice(Interpolation.class)
          .where(
              "one of nearest, bilinear, bicubic, area, lanczos3, lanczos5",
              Interpolation::isOfLayers);

  private static final Key<Interpolation> INTERPOLATION =
      Key.of("interpolation", INTERPOLATIONS, Interpolation.BILINEAR);
  private static final Key<Boolean> CROP_TO_ASPECT_RATIO =
      Key.of("crop_to_aspect_ratio", Codec.bool(), false);
  // These came with later versions of Keras 3.
  private static final Key<Boolean> PAD_TO_ASPECT_RATIO =
      Key.of("pad_to_aspect_ratio", Codec.bool(), false).quiet();
  private static final Key<String> FILL_MODE =
      Key.only("fill_mode", Codec.text(), "constant").quiet();
  private static final Key<Double> FILL_VALUE = Key.of("fill_value", Codec.number(), 0.0).quiet();
  private static final Key<Boolean> ANTIALIAS = Key.of("antialias", Codec.bool(), false).quiet();

  /** How the layer is written and read. */
  public static final Schema<Resizing> SCHEMA =
      Layer.schema("Resizing", Resizing::new, TargetSize.HEIGHT, TargetSize.WIDTH)
          .with(INTERPOLATION, CROP_TO_ASPECT_RATIO, PAD_TO_ASPECT_RATIO)
          .with(FILL_MODE, FILL_VALUE, ANTIALIAS, DataFormat.KEY, BoxFormat.KEY);

  /** Checks that the arguments go together. */
  public Resizing {
    if (config.get(CROP_TO_ASPECT_RATIO) && config.get(PAD_TO_ASPECT_RATIO)) {
      throw new IllegalArgumentException(
          "Resizing: expected one of crop_to_aspect_ratio and pad_to_aspect_ratio, got both.");
    }
  }

  /**
   * The layer.
   *
   * @param height in pixels
   * @param width in pixels
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Resizing of(int height, int width) {
    return new Resizing(TargetSize.set(SCHEMA.config(), height, width));
  }

  /** The same layer with another interpolation; {@code BILINEAR} by default. */
  public Resizing interpolation(Interpolation interpolation) {
    return new Resizing(config.with(INTERPOLATION, interpolation));
  }

  /**
   * The same layer that cuts off what would change the ratio of the sides, or not; not by default.
   *
   * @throws IllegalArgumentException if it also pads
   */
  public Resizing cropToAspectRatio(boolean crop) {
    return new Resizing(config.with(CROP_TO_ASPECT_RATIO, crop));
  }

  /**
   * The same layer that lays the image on a ground of a number, so that the ratio of its sides
   * stays; not by default.
   *
   * @throws IllegalArgumentException if it also crops
   */
  public Resizing padToAspectRatio(double fillValue) {
    return new Resizing(config.with(PAD_TO_ASPECT_RATIO, true).with(FILL_VALUE, fillValue));
  }

  /** The same layer that smooths where the image becomes smaller, or not; not by default. */
  public Resizing antialias(boolean antialias) {
    return new Resizing(config.with(ANTIALIAS, antialias));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return TargetSize.outputShape(config, inputs);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TInt32> size =
        tf.constant(new int[] {config.get(TargetSize.HEIGHT), config.get(TargetSize.WIDTH)});
    Operand<TFloat32> image = framed(tf, x);
    Operand<TFloat32> resized =
        config.get(ANTIALIAS)
            ? config.get(INTERPOLATION).smooth(tf, image, size)
            : config.get(INTERPOLATION).resize(tf, image, size);
    // What is known only when the graph runs has made TensorFlow forget the batch and the channels.
    return DynamicShape.reshape(
        tf, resized, outputShape(new Inputs(scope.name(), List.of(x.shape()))));
  }

  private Operand<TFloat32> framed(Ops tf, Operand<TFloat32> x) {
    Size2D wanted = TargetSize.of(config);
    AspectRatio ratio = new AspectRatio(tf, x, wanted);
    if (config.get(CROP_TO_ASPECT_RATIO)) {
      return ratio.cropped();
    }
    return config.get(PAD_TO_ASPECT_RATIO) ? ratio.padded(config.get(FILL_VALUE).floatValue()) : x;
  }

  @Override
  public Schema<Resizing> schema() {
    return SCHEMA;
  }
}
