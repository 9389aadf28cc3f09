package kerava.train.graph;

import java.util.Optional;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import kerava.images.Scaling;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Where one input of a model enters a graph: as what may be pixels, or as whole numbers, truths or
 * texts, of which no arithmetic is wanted on the way.
 *
 * @param type of the input
 * @param pixels the ways in of what may be pixels
 * @param value the input as the model sees it
 */
public record ModelInput(DType type, Optional<PixelInput> pixels, Operand<? extends TType> value) {
  /**
   * Adds an input to a graph.
   *
   * @param spec its type and shape, batch dimension first
   * @param scaling what the model expects of pixels
   */
  public static ModelInput add(Ops tf, TensorSpec spec, Scaling scaling) {
    DType type = spec.type();
    if (type.floating() || type == DType.UINT8) {
      PixelInput pixels = PixelInput.add(tf, spec.shape(), scaling);
      return new ModelInput(type, Optional.of(pixels), pixels.inputs());
    }
    return new ModelInput(
        type,
        Optional.empty(),
        tf.withName("values").placeholder(type.tensorType(), Placeholder.shape(spec.shape())));
  }

  /** What the model is given. */
  public TensorValue given() {
    return TensorValue.of(value);
  }

  /**
   * Feeds a batch.
   *
   * @param values of a type that goes with the input's; floats only if they are whole numbers where
   *     the input's are
   * @param floatsArePixels whether floats are pixels from 0 to 255; bytes always are, at an input
   *     of floats or bytes
   */
  public void feed(BatchTensors tensors, Array values, boolean floatsArePixels) {
    if (pixels.isPresent()) {
      tensors.inputs(pixels.get(), plain(values), floatsArePixels);
    } else if (type == DType.BOOL) {
      tensors.truths(value, values);
    } else {
      tensors.feed(value, fed(values));
    }
  }

  /** Where data of a kind are fed; there is one way in for what is no pixels. */
  Operand<? extends TType> entrance(PixelInput.Kind kind) {
    return pixels.<Operand<? extends TType>>map(ways -> ways.entrance(kind)).orElse(value);
  }

  /** The same input of which the model sees something else. */
  ModelInput seenAs(Operand<TFloat32> other) {
    return new ModelInput(type, pixels.map(ways -> ways.seenAs(other)), other);
  }

  /** Values as they are fed. */
  Array fed(Array values) {
    if (pixels.isPresent()) {
      return plain(values);
    }
    return type == DType.STRING ? values : whole(values);
  }

  /** Whole numbers enter where pixels do as the floats that they are. */
  private static Array plain(Array values) {
    boolean numbers = values.type() == Array.Type.INT32 || values.type() == Array.Type.INT64;
    return numbers ? values.to(Array.Type.FLOAT32) : values;
  }

  private Array whole(Array values) {
    Array.Type wanted = type == DType.INT64 ? Array.Type.INT64 : Array.Type.INT32;
    if (values.type() != Array.Type.FLOAT32) {
      return values.to(wanted);
    }
    long[] longs = new long[values.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = (long) values.floats()[i];
    }
    return Array.of(longs, values.shape().asArray()).to(wanted);
  }
}
