package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.images.Interpolation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Cuts a random window out of each image in training: (batch, height, width, channels) → (batch,
 * height', width', channels).
 *
 * <p>Every image has a window of its own, where Keras draws one for a batch. To pad and crop, see
 * {@link RandomTranslation}.
 *
 * <p>The same seed and step give the same images; outside training the largest window of the same
 * proportions is cut from the middle and brought to the size.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_crop/">Keras:
 *     RandomCrop</a>
 */
public record RandomCrop(Config config) implements UnaryLayer, SeedArgument<RandomCrop> {
  /** How the layer is written and read. */
  public static final Schema<RandomCrop> SCHEMA =
      Layer.schema("RandomCrop", RandomCrop::new, TargetSize.HEIGHT, TargetSize.WIDTH)
          .with(SEED, DataFormat.KEY, BoxFormat.KEY);

  /**
   * The layer.
   *
   * @param height of the windows, in pixels
   * @param width of the windows, in pixels
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static RandomCrop of(int height, int width) {
    return new RandomCrop(TargetSize.set(SCHEMA.config(), height, width));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if an image is smaller than a window, or of unknown size
   */
  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.image();
    int height = config.get(TargetSize.HEIGHT);
    int width = config.get(TargetSize.WIDTH);
    if (x.get(1) < height || x.get(2) < width) {
      throw inputs.refuse(
          "images of a known size, at least the crop's (" + height + ", " + width + ")",
          "Does a ZeroPadding2D or Resizing belong before it?");
    }
    return Shape.of(x.get(0), height, width, x.get(3));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    int height = Math.toIntExact(x.shape().get(1));
    int width = Math.toIntExact(x.shape().get(2));
    Size2D window = TargetSize.of(config);
    if (height == window.height() && width == window.width()) {
      return x;
    }
    return scope.training() ? cut(scope, x, window) : middle(scope.tf(), x, window);
  }

  private Operand<TFloat32> cut(Scope scope, Operand<TFloat32> x, Size2D window) {
    Ops tf = scope.tf();
    RandomNumbers draws = new RandomNumbers(scope, config, x);
    int height = Math.toIntExact(x.shape().get(1));
    int width = Math.toIntExact(x.shape().get(2));
    Operand<TInt32> rows = places(draws, "top", height, window.height());
    Operand<TInt32> columns = places(draws, "left", width, window.width());
    Operand<TInt32> image = tf.range(tf.constant(0), DynamicShape.of(tf, x, 0), tf.constant(1));
    // The place of each pixel among those of the whole batch.
    Operand<TInt32> row =
        tf.math.add(
            tf.math.mul(tf.reshape(image, tf.constant(new int[] {-1, 1, 1})), tf.constant(height)),
            tf.expandDims(rows, tf.constant(2)));
    Operand<TInt32> pixel =
        tf.math.add(tf.math.mul(row, tf.constant(width)), tf.expandDims(columns, tf.constant(1)));
    Operand<TFloat32> pixels =
        tf.reshape(x, tf.constant(new int[] {-1, Math.toIntExact(x.shape().get(3))}));
    return tf.gather(pixels, pixel, tf.constant(0));
  }

  /** The rows or columns of each image's window: (batch, length). */
  private static Operand<TInt32> places(RandomNumbers draws, String what, int side, int length) {
    Ops tf = draws.scope().tf();
    Operand<TInt32> first =
        tf.dtypes.cast(draws.uniform(what, new Range(0, side - length + 1)), TInt32.class);
    return tf.math.add(
        tf.expandDims(first, tf.constant(1)),
        tf.range(tf.constant(0), tf.constant(length), tf.constant(1)));
  }

  private static Operand<TFloat32> middle(Ops tf, Operand<TFloat32> x, Size2D window) {
    long height = x.shape().get(1);
    long width = x.shape().get(2);
    int h =
        Math.toIntExact(Math.max(1, Math.min(height, width * window.height() / window.width())));
    int w =
        Math.toIntExact(Math.max(1, Math.min(width, height * window.width() / window.height())));
    int top = Math.toIntExact((height - h) / 2);
    int left = Math.toIntExact((width - w) / 2);
    Operand<TFloat32> largest =
        tf.slice(
            x, tf.constant(new int[] {0, top, left, 0}), tf.constant(new int[] {-1, h, w, -1}));
    return Interpolation.BILINEAR.resize(
        tf, largest, tf.constant(new int[] {window.height(), window.width()}));
  }

  @Override
  public Schema<RandomCrop> schema() {
    return SCHEMA;
  }
}
