package kerava.saving;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.saving.savedmodel.Signature;
import kerava.saving.savedmodel.SignatureCheck;
import kerava.saving.savedmodel.SignatureTensor;
import org.tensorflow.ndarray.Shape;

/**
 * One way to call a SavedModel.
 *
 * @param name its name: {@code serving_default}
 * @param inputs what it takes, by name
 * @param outputs what it gives, by name
 */
public record ModelSignature(String name, Map<String, Value> inputs, Map<String, Value> outputs) {
  /** Keeps the values as they are now. */
  public ModelSignature {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /**
   * A tensor that goes in or comes out.
   *
   * @param type TensorFlow's name of its number type: {@code float32}, {@code string}
   * @param shape -1 where a dimension is free; unknown where TensorFlow does not know its rank
   * @param tensor the name of the tensor in the graph
   */
  public record Value(String type, Shape shape, String tensor) {
    SignatureTensor spec() {
      return new SignatureTensor(type, shape, tensor);
    }

    @Override
    public String toString() {
      return spec().toString();
    }
  }

  static ModelSignature of(Signature signature) {
    return new ModelSignature(
        signature.name(), values(signature.inputs()), values(signature.outputs()));
  }

  private static Map<String, Value> values(Map<String, SignatureTensor> specs) {
    Map<String, Value> values = new LinkedHashMap<>();
    specs.forEach(
        (name, spec) -> values.put(name, new Value(spec.type(), spec.shape(), spec.tensor())));
    return values;
  }

  /**
   * The same signature, its inputs in another order.
   *
   * @param names of all inputs
   */
  public ModelSignature inOrder(List<String> names) {
    Map<String, Value> ordered = new LinkedHashMap<>();
    names.forEach(name -> ordered.put(name, SignatureCheck.value(inputs, name)));
    return new ModelSignature(name, ordered, outputs);
  }

  @Override
  public String toString() {
    return name + inputs + " -> " + outputs;
  }
}
