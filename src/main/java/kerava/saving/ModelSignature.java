package kerava.saving;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

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
    @Override
    public String toString() {
      return type + " " + shape;
    }
  }

  static ModelSignature of(String name, SignatureDef signature) {
    return new ModelSignature(
        name, values(signature.getInputsMap()), values(signature.getOutputsMap()));
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

  private static Map<String, Value> values(Map<String, TensorInfo> infos) {
    Map<String, Value> values = new LinkedHashMap<>();
    new TreeMap<>(infos).forEach((name, info) -> values.put(name, value(info)));
    return values;
  }

  private static Value value(TensorInfo info) {
    return new Value(type(info.getDtype()), shape(info), info.getName());
  }

  private static Shape shape(TensorInfo info) {
    TensorShapeProto shape = info.getTensorShape();
    return !info.hasTensorShape() || shape.getUnknownRank()
        ? Shape.unknown()
        : Shape.of(shape.getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize).toArray());
  }

  /** TensorFlow's name for a type in Python: {@code float32}. */
  static String type(DataType type) {
    return switch (type) {
      case DT_FLOAT -> "float32";
      case DT_DOUBLE -> "float64";
      case DT_HALF -> "float16";
      default -> type.name().substring("DT_".length()).toLowerCase(Locale.ROOT);
    };
  }

  @Override
  public String toString() {
    return name + inputs + " -> " + outputs;
  }
}
