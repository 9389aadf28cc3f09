package kerava.images;

import java.util.Locale;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * How the pixels of an image of another size are computed.
 *
 * @see <a href="https://www.tensorflow.org/api_docs/python/tf/image/resize">TensorFlow:
 *     tf.image.resize</a>
 */
public enum Interpolation {
  /** Each pixel is the nearest one of the image. */
  NEAREST(""),
  /** Each pixel is a mean of the nearest four, weighted by distance. */
  BILINEAR("triangle"),
  /** Each pixel follows a cubic curve through the nearest sixteen. */
  BICUBIC("keyscubic"),
  /** Each pixel is the mean of the part of the image that it covers; it has no gradient. */
  AREA(""),
  /** Each pixel is a mean of 36, weighted by Lanczos' window of radius 3. */
  LANCZOS3("lanczos3"),
  /** Each pixel is a mean of 100, weighted by Lanczos' window of radius 5. */
  LANCZOS5("lanczos5"),
  /** Each pixel is a mean weighted by a Gaussian; of image files alone, not in layers. */
  GAUSSIAN("gaussian"),
  /**
   * Mitchell and Netravali's cubic, which blurs a little also where the size stays; of image files
   * alone, not in layers.
   */
  MITCHELLCUBIC("mitchellcubic");

  private final Optional<String> window;

  Interpolation(String window) {
    this.window = Optional.of(window).filter(name -> !name.isEmpty());
  }

  /**
   * Adds the operations, without antialiasing, which is Keras' default.
   *
   * @param images of shape (batch, height, width, channels)
   * @param size the new height and width
   */
  public Operand<TFloat32> resize(Ops tf, Operand<? extends TNumber> images, Operand<TInt32> size) {
    return switch (this) {
      case NEAREST ->
          tf.dtypes.cast(
              tf.image.resizeNearestNeighbor(
                  images, size, ResizeNearestNeighbor.halfPixelCenters(true)),
              TFloat32.class);
      case BILINEAR -> tf.image.resizeBilinear(images, size, ResizeBilinear.halfPixelCenters(true));
      case BICUBIC -> tf.image.resizeBicubic(images, size, ResizeBicubic.halfPixelCenters(true));
      case AREA -> tf.image.resizeArea(images, size);
      case LANCZOS3, LANCZOS5, GAUSSIAN, MITCHELLCUBIC ->
          scaled(tf, images, new Scale(size, window.orElseThrow(), false));
    };
  }

  /** The same with a wider window where the image becomes smaller; not all have one. */
  public Operand<TFloat32> smooth(Ops tf, Operand<TFloat32> images, Operand<TInt32> size) {
    return window
        .map(name -> scaled(tf, images, new Scale(size, name, true)))
        .orElseGet(() -> resize(tf, images, size));
  }

  private record Scale(Operand<TInt32> size, String window, boolean antialias) {}

  private static Operand<TFloat32> scaled(Ops tf, Operand<? extends TNumber> images, Scale to) {
    Operand<TInt32> old =
        tf.slice(tf.shape(images), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
    Operand<TFloat32> scale =
        tf.math.div(tf.dtypes.cast(to.size, TFloat32.class), tf.dtypes.cast(old, TFloat32.class));
    return tf.image.scaleAndTranslate(
        images,
        to.size,
        scale,
        tf.constant(new float[] {0, 0}),
        ScaleAndTranslate.kernelType(to.window),
        ScaleAndTranslate.antialias(to.antialias));
  }

  /** Whether Keras' layers take it, and crop with it. */
  public boolean isOfLayers() {
    return compareTo(GAUSSIAN) < 0;
  }

  /** Whether an image that has the size already stays as it is, to the bit. */
  boolean keepsSameSize() {
    return compareTo(AREA) <= 0;
  }

  /** Keras' name. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
