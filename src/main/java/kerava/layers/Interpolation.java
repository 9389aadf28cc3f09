package kerava.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
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
  },
  /** Each pixel follows a cubic curve through the nearest sixteen. */
  BICUBIC {
    @Override
    Operand<TFloat32> resize(Ops tf, Operand<TFloat32> x, Operand<TInt32> size) {
      return tf.image.resizeBicubic(x, size, ResizeBicubic.halfPixelCenters(true));
    }
  };

  /**
   * Adds the operations.
   *
   * @param x (batch, height, width, channels)
   * @param size the new height and width
   */
  abstract Operand<TFloat32> resize(Ops tf, Operand<TFloat32> x, Operand<TInt32> size);
}
