package kerava.saving.savedmodel;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import kerava.config.Visible;
import kerava.graph.Array;
import kerava.graph.Tensors;
import org.tensorflow.Tensor;
import org.tensorflow.types.TBool;

/** The tensors that a signature is called with, made of arrays; to be closed. */
final class SignatureTensors implements AutoCloseable {
  private static final Set<String> HELD =
      Set.of("float32", "int32", "int64", "uint8", "bool", "string");

  private final Map<String, Tensor> tensors = new HashMap<>();

  SignatureTensors(Signature signature, Map<String, Array> arrays) {
    try {
      arrays.forEach((name, array) -> tensors.put(name, tensor(signature, name, array)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  Map<String, Tensor> byName() {
    return tensors;
  }

  private static Tensor tensor(Signature signature, String name, Array array) {
    SignatureTensor wanted = signature.inputs().get(name);
    boolean truths = wanted != null && wanted.type().equals("bool");
    return truths && array.type() == Array.Type.UINT8
        ? truths(SignatureCheck.where(signature.name()) + " input \"" + name + "\"", array)
        : Tensors.of(array);
  }

  private static Tensor truths(String where, Array array) {
    for (byte value : array.bytes()) {
      if (value != 0 && value != 1) {
        throw new IllegalArgumentException(
            Visible.of(where + ": expected truths, 0 or 1, got " + (value & 0xff) + "."));
      }
    }
    TBool tensor = TBool.tensorOf(array.shape());
    tensor.asRawTensor().data().write(array.bytes());
    return tensor;
  }

  /** Refuses outputs that arrays cannot hold, before anything is computed. */
  static void requireHeld(Signature signature) {
    signature
        .outputs()
        .forEach(
            (name, value) -> {
              if (!HELD.contains(value.type())) {
                throw new IllegalArgumentException(
                    Visible.of(
                        SignatureCheck.where(signature.name())
                            + " output \""
                            + name
                            + "\": expected float32, int32, int64, uint8, bool or string, got "
                            + value.type()
                            + ", which arrays do not hold."));
              }
            });
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
    tensors.clear();
  }
}
