package kerava.train.graph;

import kerava.graph.Array;
import kerava.images.Scaling;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * Where inputs enter a graph: as bytes of pixels, as pixels that are floats, or as the model sees
 * them; what is fed later on needs nothing before it.
 *
 * @param bytes pixels as bytes, (batch, ...)
 * @param pixels from 0 to 255
 * @param inputs as the model sees them: scaled
 */
public record PixelInput(
    Operand<TUint8> bytes, Operand<TFloat32> pixels, Operand<TFloat32> inputs) {
  /** What data are. */
  enum Kind {
    /** Pixels that travel as bytes. */
    BYTES,
    /** Pixels that are not whole numbers. */
    PIXELS,
    /** Numbers that the model sees as they are. */
    INPUTS;

    static Kind of(Array.Type type, boolean pixels) {
      return type == Array.Type.UINT8 ? BYTES : pixels ? PIXELS : INPUTS;
    }
  }

  /**
   * Adds an input to a graph.
   *
   * @param shape batch dimension first
   * @param scaling what the model expects of pixels
   */
  public static PixelInput add(Ops tf, Shape shape, Scaling scaling) {
    Operand<TUint8> bytes =
        tf.withName("bytes").placeholder(TUint8.class, Placeholder.shape(shape));
    Operand<TFloat32> pixels = tf.withName("pixels").dtypes.cast(bytes, TFloat32.class);
    // The arithmetic stays in the graph, so that a byte travels where a float would.
    Operand<TFloat32> scaled = scaling.apply(tf.withSubScope("scaling"), pixels);
    return new PixelInput(bytes, pixels, tf.withName("inputs").identity(scaled));
  }

  /** The same entrance with other inputs behind it. */
  PixelInput seenAs(Operand<TFloat32> other) {
    return new PixelInput(bytes, pixels, other);
  }

  /** Bytes of no sample, for those who feed what follows from them. */
  Array noBytes() {
    long[] sizes = bytes.shape().asArray();
    sizes[0] = 0;
    for (int axis = 1; axis < sizes.length; axis++) {
      sizes[axis] = Math.max(0, sizes[axis]);
    }
    return Array.of(new byte[0], sizes);
  }

  /** Where data of a kind are fed. */
  Operand<? extends TNumber> entrance(Kind kind) {
    return switch (kind) {
      case BYTES -> bytes;
      case PIXELS -> pixels;
      case INPUTS -> inputs;
    };
  }
}
