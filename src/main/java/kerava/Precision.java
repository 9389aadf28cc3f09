package kerava;

import java.util.List;
import kerava.graph.Cast;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Calls layers in the number types that their policies ask for, as Keras does. */
final class Precision {
  private Precision() {}

  static List<Operand<? extends TFloating>> call(
      Layer layer, Scope scope, List<Operand<? extends TFloating>> inputs) {
    return layer instanceof TensorLayer free
        ? free.call(scope, inputs)
        : List.of(call(layer, scope, inputs, layer.policy().computeType()));
  }

  private static <T extends TFloating> Operand<T> call(
      Layer layer, Scope scope, List<Operand<? extends TFloating>> inputs, Class<T> type) {
    if (layer instanceof TypedLayer typed) {
      return typed.compute(scope, cast(scope.tf(), inputs, type));
    }
    List<? extends Operand<? extends TFloating>> rounded =
        layer.autocast() ? cast(scope.tf(), inputs, type) : inputs;
    return Cast.to(scope.tf(), layer.build(scope, cast(scope.tf(), rounded, TFloat32.class)), type);
  }

  static <T extends TFloating> List<Operand<T>> cast(
      Ops tf, List<? extends Operand<? extends TFloating>> operands, Class<T> type) {
    return operands.stream().map(operand -> Cast.to(tf, operand, type)).toList();
  }
}
