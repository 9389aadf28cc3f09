package kerava.images;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.DecodeImage;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The operations that make pixels of files, in the order and with the arguments of Keras'
 * image_dataset_from_directory.
 *
 * @see <a href="https://keras.io/api/data_loading/image/">Keras: image_dataset_from_directory</a>
 */
public final class ImageKernels {
  private ImageKernels() {}

  /**
   * Adds the operations that decode a file.
   *
   * @param file a PNG, JPEG, BMP or GIF, of which the first frame is taken; a scalar
   * @return of shape (height, width, channels)
   */
  public static Operand<TUint8> decode(Ops tf, Operand<TString> file, ColorMode mode) {
    return tf.image.decodeImage(
        file,
        TUint8.class,
        DecodeImage.channels((long) mode.channels()),
        DecodeImage.expandAnimations(false));
  }

  /**
   * Adds the operations that decode a file and bring it to a size.
   *
   * @param file a PNG, JPEG, BMP or GIF, of which the first frame is taken; a scalar
   * @param size height and width
   * @return from 0 to 255, of shape (height, width, channels)
   */
  public static Operand<TFloat32> load(
      Ops tf, Operand<TString> file, Operand<TInt32> size, Preprocessing how) {
    return resize(tf, decode(tf, file, how.colorMode()), size, how);
  }

  /**
   * Adds the operations that bring an image to a size.
   *
   * @param image of shape (height, width, channels)
   * @param size height and width
   * @return from 0 to 255, of shape (height', width', channels)
   */
  public static Operand<TFloat32> resize(
      Ops tf, Operand<TUint8> image, Operand<TInt32> size, Preprocessing how) {
    Operand<TUint8> batch = tf.expandDims(image, tf.constant(0));
    Operand<TFloat32> resized =
        switch (how.resize()) {
          case STRETCH -> how.interpolation().resize(tf, batch, size);
          case CROP -> how.interpolation().resize(tf, new Framed(tf, image, size).cropped(), size);
          case PAD -> new Framed(tf, image, size).padded(how.interpolation());
        };
    return tf.squeeze(resized, org.tensorflow.op.core.Squeeze.axis(List.of(0L)));
  }

  /** In words, without the names of TensorFlow's operations, why a kernel refused a file. */
  static String reason(String message, ColorMode mode) {
    if (message.contains("output dimensions must be positive")) {
      return "expected an image that keeps at least one pixel each way, got one that is too narrow"
          + " for the size wanted.";
    }
    if (message.contains("channel") || message.contains("color conversion")) {
      return "expected an image that TensorFlow decodes as %s, got one whose kind it does not. Convert it to PNG, or choose another --color-mode."
          .formatted(mode);
    }
    return "expected an image that can be decoded, got one that TensorFlow's decoder refuses. Is it"
        + " damaged or cut off?";
  }

  /** An image beside the size that it shall have: Keras computes with float32 here. */
  private record Framed(Ops tf, Operand<TUint8> image, Operand<TInt32> size) {
    private Operand<TInt32> given(int axis) {
      return element(tf.shape(image), axis);
    }

    private Operand<TInt32> wanted(int axis) {
      return element(size, axis);
    }

    private Operand<TInt32> element(Operand<TInt32> vector, int index) {
      return tf.reshape(
          tf.slice(vector, tf.constant(new int[] {index}), tf.constant(new int[] {1})),
          tf.constant(new int[0]));
    }

    private Operand<TFloat32> real(Operand<TInt32> value) {
      return tf.dtypes.cast(value, TFloat32.class);
    }

    private Operand<TInt32> whole(Operand<TFloat32> value) {
      return tf.dtypes.cast(value, TInt32.class);
    }

    /** The largest part from the middle that has the proportions wanted. */
    Operand<TUint8> cropped() {
      Proportions.Part box =
          new Proportions(
                  tf,
                  new Proportions.Sides(given(0), given(1)),
                  new Proportions.Sides(wanted(0), wanted(1)))
              .cropped();
      Operand<TUint8> part =
          tf.slice(
              image,
              tf.stack(List.of(box.top(), box.left(), tf.constant(0))),
              tf.stack(List.of(box.sides().height(), box.sides().width(), given(2))));
      return tf.expandDims(part, tf.constant(0));
    }

    /** The whole image in its proportions, black around it. */
    Operand<TFloat32> padded(Interpolation interpolation) {
      Operand<TFloat32> ratio =
          tf.math.maximum(
              tf.math.div(real(given(1)), real(wanted(1))),
              tf.math.div(real(given(0)), real(wanted(0))));
      Operand<TFloat32> height = tf.math.div(real(given(0)), ratio);
      Operand<TFloat32> width = tf.math.div(real(given(1)), ratio);
      Operand<TInt32> inner =
          tf.stack(List.of(whole(tf.math.floor(height)), whole(tf.math.floor(width))));
      Operand<TFloat32> resized =
          interpolation.resize(tf, tf.expandDims(image, tf.constant(0)), inner);
      Operand<TInt32> top = margin(wanted(0), height);
      Operand<TInt32> left = margin(wanted(1), width);
      Operand<TInt32> bottom = tf.math.sub(tf.math.sub(wanted(0), top), element(inner, 0));
      Operand<TInt32> right = tf.math.sub(tf.math.sub(wanted(1), left), element(inner, 1));
      Operand<TInt32> none = tf.constant(new int[] {0, 0});
      return tf.pad(
          resized,
          tf.stack(
              List.of(none, tf.stack(List.of(top, bottom)), tf.stack(List.of(left, right)), none)),
          tf.constant(0f));
    }

    private Operand<TInt32> margin(Operand<TInt32> wanted, Operand<TFloat32> part) {
      Operand<TFloat32> half = tf.math.div(tf.math.sub(real(wanted), part), tf.constant(2f));
      return tf.math.maximum(tf.constant(0), whole(tf.math.floor(half)));
    }
  }
}
