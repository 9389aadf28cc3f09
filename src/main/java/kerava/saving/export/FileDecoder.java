package kerava.saving.export;

import java.util.List;
import kerava.Model;
import kerava.images.ImageKernels;
import kerava.images.Preprocessing;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/** Decodes image files inside an exported graph, as training does outside of it. */
final class FileDecoder {
  private FileDecoder() {}

  /**
   * Adds the operations that decode PNG, JPEG, GIF or BMP files as a model expects.
   *
   * @param files of shape (batch)
   * @return from 0 to 255, of shape (batch, height, width, channels)
   */
  static Operand<TFloat32> decode(Ops tf, Operand<TString> files, Model model) {
    Shape image = TfExamples.sample(model.inputShape());
    // The decoder takes one file at a time, so it is called for each as a function.
    try (ConcreteFunction function =
        ConcreteFunction.create(ops -> one(ops, image, model.preprocessing()))) {
      return tf.mapDefun(
              List.of(files), List.of(), List.of(TFloat32.class), List.of(image), function)
          .output()
          .get(0)
          .expect(TFloat32.class);
    }
  }

  private static Signature one(Ops tf, Shape image, Preprocessing how) {
    Operand<TString> file =
        tf.withName("file").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    Operand<TInt32> size =
        tf.constant(new int[] {Math.toIntExact(image.get(0)), Math.toIntExact(image.get(1))});
    Operand<TFloat32> pixels =
        tf.reshape(ImageKernels.load(tf, file, size, how), tf.constant(image.asArray()));
    return Signature.builder("decode_image").input("file", file).output("image", pixels).build();
  }
}
