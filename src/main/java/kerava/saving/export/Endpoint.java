package kerava.saving.export;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.proto.SignatureDef;

/**
 * One named way to call an exported model.
 *
 * @param name the name of the signature
 * @param method the request of TensorFlow Serving that it answers
 * @param inputs by name; sorted, because TensorFlow hands them over in that order
 * @param outputs by name, sorted
 */
record Endpoint(
    String name,
    String method,
    SortedMap<String, ExportTensor> inputs,
    SortedMap<String, ExportTensor> outputs) {
  /** The request that takes whatever the signature names. */
  static final String PREDICT = "tensorflow/serving/predict";

  /** The request that takes examples and gives classes and scores. */
  static final String CLASSIFY = "tensorflow/serving/classify";

  Endpoint {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
  }

  Endpoint named(String other) {
    return new Endpoint(other, method, inputs, outputs);
  }

  ExportTensor input(String alias) {
    return Objects.requireNonNull(inputs.get(alias), alias);
  }

  ExportTensor output(String alias) {
    return Objects.requireNonNull(outputs.get(alias), alias);
  }

  SignatureDef signature() {
    SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(method);
    inputs.forEach((alias, tensor) -> signature.putInputs(alias, tensor.info()));
    outputs.forEach((alias, tensor) -> signature.putOutputs(alias, tensor.info()));
    return signature.build();
  }
}
