package kerava.images;

import java.util.Locale;
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
 * How the pixels of an image of another size are computed, without antialiasing, as Keras does.
 *
 * @see <a href="https://www.tensorflow.org/api_docs/python/tf/image/resize">TensorFlow:
 *     tf.image.resize</a>
 */
public enum Interpolation {
  /** Each pixel is the nearest one of the image. */
  NEAREST {
    @Override
    public Operand<TFloat32> resize(
        Ops tf, Operand<? extends TNumber> images, Operand<TInt32> size) {
      return tf.dtypes.cast(
          tf.image.resizeNearestNeighbor(
              images, size, ResizeNearestNeighbor.halfPixelCenters(true)),
          TFloat32.class);
    }
  },
  /** Each pixel is a mean of the nearest four, weighted by distance. */
  BILINEAR {
    @Override
    public Operand<TFloat32> resize(
        Ops tf, Operand<? extends TNumber> images, Operand<TInt32> size) {
      return tf.image.resizeBilinear(images, size, ResizeBilinear.halfPixelCenters(true));
    }
  },
  /** Each pixel follows a cubic curve through the nearest sixteen. */
  BICUBIC {
    @Override
    public Operand<TFloat32> resize(
        Ops tf, Operand<? extends TNumber> images, Operand<TInt32> size) {
      return tf.image.resizeBicubic(images, size, ResizeBicubic.halfPixelCenters(true));
    }
  },
  /** Each pixel is the mean of the part of the image that it covers. */
  AREA {
    @Override
    public Operand<TFloat32> resize(
        Ops tf, Operand<? extends TNumber> images, Operand<TInt32> size) {
      return tf.image.resizeArea(images, size);
    }
  },
  /** A sinc window of radius 3. */
  LANCZOS3,
  /** A sinc window of radius 5. */
  LANCZOS5,
  /** A Gaussian of radius 3 and deviation 1.5 / 3. */
  GAUSSIAN,
  /** Mitchell and Netravali's cubic, which blurs a little also where the size stays. */
  MITCHELLCUBIC;

  /**
   * Adds the operations.
   *
   * @param images of shape (batch, height, width, channels)
   * @param size the new height and width
   */
  public Operand<TFloat32> resize(Ops tf, Operand<? extends TNumber> images, Operand<TInt32> size) {
    Operand<TInt32> given =
        tf.slice(tf.shape(images), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
    Operand<TFloat32> scale =
        tf.math.div(tf.dtypes.cast(size, TFloat32.class), tf.dtypes.cast(given, TFloat32.class));
    return tf.image.scaleAndTranslate(
        images,
        size,
        scale,
        tf.constant(new float[] {0, 0}),
        ScaleAndTranslate.kernelType(toString()),
        ScaleAndTranslate.antialias(false));
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
