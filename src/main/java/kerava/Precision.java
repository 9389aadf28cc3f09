package kerava;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kerava.graph.Cast;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Calls layers in the number types that their policies ask for, as Keras does. */
final class Precision {
  private Precision() {}

  /**
   * The type of what a layer gives: that of its policy, but for a layer that keeps the type of
   * whole numbers.
   */
  static DType outputType(Layer layer, Inputs inputs) {
    Optional<DType> kept = kept(layer, inputs);
    if (kept.isPresent()) {
      return kept.get();
    }
    if (inputs.first().tensors().stream().anyMatch(tensor -> tensor.type() == DType.STRING)) {
      throw inputs.refuse("numbers", "Does a StringLookup or TextVectorization come before it?");
    }
    return DType.of(layer.policy().computeType());
  }

  /** The type that all inputs have, if the layer keeps it and it is not one of floats. */
  private static Optional<DType> kept(Layer layer, Inputs inputs) {
    Set<DType> types =
        inputs.first().tensors().stream().map(TensorSpec::type).collect(Collectors.toSet());
    return layer instanceof TypedLayer typed && typed.keepsType() && types.size() == 1
        ? types.stream().filter(type -> !type.floating()).findFirst()
        : Optional.empty();
  }

  static List<TensorValue> call(Layer layer, Scope scope, LayerCall call) {
    Scope masked =
        scope.masked(call.mask()).masked(call.first().stream().map(TensorValue::mask).toList());
    Operand<?> output =
        kept(layer, call.inputs()).isPresent()
            ? unchanged((TypedLayer) layer, masked, call.first())
            : floats(layer, masked, call.first(), layer.policy().computeType());
    return List.of(TensorValue.of(output.asOutput()).masked(layer.outputMask(masked, call)));
  }

  /** What moves values does so with those of any type: TensorFlow knows it, Java's types do not. */
  @SuppressWarnings("unchecked")
  private static Operand<?> unchanged(TypedLayer layer, Scope scope, List<TensorValue> values) {
    return layer.compute(
        scope, values.stream().map(value -> (Operand<TFloat32>) value.operand()).toList());
  }

  private static <T extends TFloating> Operand<T> floats(
      Layer layer, Scope scope, List<TensorValue> values, Class<T> type) {
    Ops tf = scope.tf();
    if (layer instanceof TypedLayer typed) {
      return typed.compute(scope, cast(tf, values, type));
    }
    List<Operand<TFloat32>> inputs =
        layer.autocast()
            ? cast(tf, values, type).stream().map(x -> Cast.to(tf, x, TFloat32.class)).toList()
            : cast(tf, values, TFloat32.class);
    return Cast.to(tf, layer.build(scope, inputs), type);
  }

  private static <T extends TFloating> List<Operand<T>> cast(
      Ops tf, List<TensorValue> values, Class<T> type) {
    return values.stream().map(value -> floats(tf, value, type)).toList();
  }

  /** A value as floats of a type. */
  static <T extends TFloating> Operand<T> floats(Ops tf, TensorValue value, Class<T> type) {
    return Cast.numbers(tf, value.operand(), type);
  }
}
