package kerava.saving.savedmodel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * One way to call a SavedModel.
 *
 * @param name its name: {@code serving_default}
 * @param inputs what it takes, by name
 * @param outputs what it gives, by name
 */
public record Signature(
    String name, Map<String, SignatureTensor> inputs, Map<String, SignatureTensor> outputs) {
  /** Keeps the tensors as they are now. */
  public Signature {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** As the file of a graph says it; inputs and outputs are sorted by name. */
  public static Signature of(String name, SignatureDef signature) {
    return new Signature(name, specs(signature.getInputsMap()), specs(signature.getOutputsMap()));
  }

  private static Map<String, SignatureTensor> specs(Map<String, TensorInfo> infos) {
    Map<String, SignatureTensor> specs = new LinkedHashMap<>();
    new TreeMap<>(infos).forEach((name, info) -> specs.put(name, SignatureTensor.of(info)));
    return specs;
  }
}
