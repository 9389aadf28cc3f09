package kerava.saving.savedmodel;

import java.util.Map;
import java.util.TreeMap;
import kerava.config.Listed;
import kerava.config.Nearest;
import kerava.config.Visible;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

/** Refuses what a signature does not take, before TensorFlow fails somewhere inside the graph. */
public final class SignatureCheck {
  /** How much is repeated of what TensorFlow said, which goes on with the nodes of the graph. */
  private static final int TENSORFLOW_SAID = 150;

  private SignatureCheck() {}

  /** A signature in a message. */
  public static String where(String signature) {
    return "Signature \"" + signature + "\"";
  }

  static void require(Signature signature, Map<String, ? extends Tensor> inputs) {
    if (!inputs.keySet().equals(signature.inputs().keySet())) {
      throw new IllegalArgumentException(
          Visible.of(
              where(signature.name())
                  + ": expected the inputs "
                  + Listed.of(signature.inputs().keySet())
                  + ", got "
                  + Listed.of(new TreeMap<>(inputs).keySet())
                  + "."));
    }
    inputs.forEach((name, tensor) -> require(signature, name, tensor));
  }

  private static void require(Signature signature, String name, Tensor tensor) {
    SignatureTensor wanted = value(signature.inputs(), name);
    String type = SignatureTensor.type(tensor.dataType());
    if (!type.equals(wanted.type()) || !fits(tensor.shape(), wanted.shape())) {
      throw new IllegalArgumentException(
          Visible.of(
              where(signature.name())
                  + " input \""
                  + name
                  + "\": expected "
                  + wanted
                  + ", got "
                  + type
                  + " "
                  + tensor.shape()
                  + "."));
    }
  }

  private static boolean fits(Shape shape, Shape wanted) {
    return wanted.isUnknown() || shape.isCompatibleWith(wanted);
  }

  /** What stands under a name. */
  public static <T> T value(Map<String, T> values, String name) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "Signature: expected "
                  + Nearest.oneOf(name, values.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return value;
  }

  /** What TensorFlow said against values of the right types and shapes: no image, say. */
  static IllegalArgumentException refused(Signature signature, RuntimeException e) {
    String message = Listed.cut(String.valueOf(e.getMessage()), TENSORFLOW_SAID);
    return new IllegalArgumentException(
        Visible.of(
            where(signature.name()) + ": expected inputs that it can work on, got: " + message),
        e);
  }
}
