package kerava.saving;

import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeImage;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Decodes image files inside a graph. */
final class ImageDecoder {
  private ImageDecoder() {}

  /**
   * Adds the operations that decode PNG, JPEG, GIF or BMP files and bring each to one size.
   *
   * @param files of shape (batch)
   * @param size (height, width, channels)
   * @return from 0 to 255, of shape (batch, height, width, channels)
   */
  static Operand<TFloat32> decode(Ops tf, Operand<TString> files, Shape size) {
    // The decoder takes one file at a time, so it is called for each as a function.
    try (ConcreteFunction function = ConcreteFunction.create(ops -> one(ops, size))) {
      return tf.mapDefun(
              List.of(files), List.of(), List.of(TFloat32.class), List.of(size), function)
          .output()
          .get(0)
          .expect(TFloat32.class);
    }
  }

  private static Signature one(Ops tf, Shape size) {
    Operand<TString> file =
        tf.withName("file").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    Operand<TUint8> decoded =
        tf.image.decodeImage(
            file,
            TUint8.class,
            DecodeImage.channels(size.get(2)),
            DecodeImage.expandAnimations(false));
    Operand<TInt32> wanted =
        tf.constant(new int[] {Math.toIntExact(size.get(0)), Math.toIntExact(size.get(1))});
    Operand<TInt32> given = tf.slice(tf.shape(decoded), tf.constant(new int[] {0}), two(tf));
    Operand<TFloat32> scale =
        tf.math.div(tf.dtypes.cast(wanted, TFloat32.class), tf.dtypes.cast(given, TFloat32.class));
    Operand<TFloat32> resized =
        tf.image.scaleAndTranslate(
            tf.expandDims(decoded, tf.constant(0)),
            wanted,
            scale,
            tf.constant(new float[] {0, 0}),
            ScaleAndTranslate.kernelType("triangle"),
            ScaleAndTranslate.antialias(true));
    Operand<TFloat32> image = tf.reshape(resized, tf.constant(size.asArray()));
    return Signature.builder("decode_image").input("file", file).output("image", image).build();
  }

  private static Operand<TInt32> two(Ops tf) {
    return tf.constant(new int[] {2});
  }
}
