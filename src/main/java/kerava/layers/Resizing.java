package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
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
  private static final Key<Integer> HEIGHT = Key.required("height", Codec.positive());
  private static final Key<Integer> WIDTH = Key.required("width", Codec.positive());
  private static final Key<Interpolation> INTERPOLATION =
      Key.of("interpolation", Codec.choice(Interpolation.class), Interpolation.BILINEAR);
  private static final Key<Boolean> CROP_TO_ASPECT_RATIO =
      Key.only("crop_to_aspect_ratio", Codec.bool(), false);
  // These came with later versions of Keras 3.
  private static final Key<Boolean> PAD_TO_ASPECT_RATIO =
      Key.only("pad_to_aspect_ratio", Codec.bool(), false).quiet();
  private static final Key<String> FILL_MODE =
      Key.only("fill_mode", Codec.text(), "constant").quiet();
  private static final Key<Double> FILL_VALUE = Key.only("fill_value", Codec.number(), 0.0).quiet();
  private static final Key<Boolean> ANTIALIAS = Key.only("antialias", Codec.bool(), false).quiet();

  /** How the layer is written and read. */
  public static final Schema<Resizing> SCHEMA =
      Layer.schema(
          "Resizing",
          Resizing::new,
          HEIGHT,
          WIDTH,
          INTERPOLATION,
          CROP_TO_ASPECT_RATIO,
          PAD_TO_ASPECT_RATIO,
          FILL_MODE,
          FILL_VALUE,
          ANTIALIAS,
          Keys.DATA_FORMAT);

  /**
   * The layer.
   *
   * @param height in pixels
   * @param width in pixels
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Resizing of(int height, int width) {
    return new Resizing(SCHEMA.config().with(HEIGHT, height).with(WIDTH, width));
  }

  /** The same layer with another interpolation; {@code BILINEAR} by default. */
  public Resizing interpolation(Interpolation interpolation) {
    return new Resizing(config.with(INTERPOLATION, interpolation));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.image();
    return Shape.of(x.get(0), config.get(HEIGHT), config.get(WIDTH), x.get(3));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Operand<TInt32> size = scope.tf().constant(new int[] {config.get(HEIGHT), config.get(WIDTH)});
    return config.get(INTERPOLATION).resize(scope.tf(), x, size);
  }

  @Override
  public Schema<Resizing> schema() {
    return SCHEMA;
  }
}
