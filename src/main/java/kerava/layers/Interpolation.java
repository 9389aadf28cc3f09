package kerava.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** How an image of another size is computed. */
public enum Interpolation {
  /** Each pixel is the nearest one of the image. */
  NEAREST {
    @Override
    Operand<TFloat32> resize(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
      return tf.image.resizeNearestNeighbor(x, size, ResizeNearestNeighbor.halfPixelCenters(true));
    }
  },
  /** Each pixel is a mean of the nearest four, weighted by distance. */
  BILINEAR {
    @Override
    Operand<TFloat32> resize(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
      return tf.image.resizeBilinear(x, size, ResizeBilinear.halfPixelCenters(true));
    }

    @Override
    Operand<TFloat32> smooth(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
      return scaled(tf, x, size, "triangle", true);
    }
  },
  /** Each pixel follows a cubic curve through the nearest sixteen. */
  BICUBIC {
    @Override
    Operand<TFloat32> resize(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
      return tf.image.resizeBicubic(x, size, ResizeBicubic.halfPixelCenters(true));
    }

    @Override
    Operand<TFloat32> smooth(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
      return scaled(tf, x, size, "keyscubic", true);
    }
  },
  /** Each pixel is a mean of 36, weighted by Lanczos' window of radius 3. */
  LANCZOS3 {
    @Override
    Operand<TFloat32> resize(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
      return scaled(tf, x, size, "lanczos3", false);
    }

    @Override
    Operand<TFloat32> smooth(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
      return scaled(tf, x, size, "lanczos3", true);
    }
  },
  /** Each pixel is a mean of 100, weighted by Lanczos' window of radius 5. */
  LANCZOS5 {
    @Override
    Operand<TFloat32> resize(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
      return scaled(tf, x, size, "lanczos5", false);
    }

    @Override
    Operand<TFloat32> smooth(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
      return scaled(tf, x, size, "lanczos5", true);
    }
  },
  /** Each pixel is the mean of the part of the image that it covers; it has no gradient. */
  AREA {
    @Override
    Operand<TFloat32> resize(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
      return tf.image.resizeArea(x, size);
    }
  };

  /**
   * Adds the operations.
   *
   * @param x (batch, height, width, channels)
   * @param size the new height and width
   */
  abstract Operand<TFloat32> resize(Ops tf, Operand<TFloat32> x, Operand<TInt32> size);

  /** The same with a wider window where the image becomes smaller; not all have one. */
  Operand<TFloat32> smooth(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
    return resize(tf, x, size);
  }

  private static Operand<TFloat32> scaled(
      Ops tf, Operand<TFloat32> x, Operand<TInt32> size, String window, boolean antialias) {
    Operand<TInt32> old =
        tf.slice(tf.shape(x), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
    Operand<TFloat32> scale =
        tf.math.div(tf.dtypes.cast(size, TFloat32.class), tf.dtypes.cast(old, TFloat32.class));
    return tf.image.scaleAndTranslate(
        x,
        size,
        scale,
        tf.constant(new float[] {0, 0}),
        ScaleAndTranslate.kernelType(window),
        ScaleAndTranslate.antialias(antialias));
  }
}
