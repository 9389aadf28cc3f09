package kerava.layers.recurrent;

import java.util.List;
import kerava.DTypePolicy;
import kerava.graph.Cast;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Values on their way into computations in float32 and out of them. */
final class Floats {
  private Floats() {}

  /** A value as the layer's policy rounds it. */
  static Operand<TFloat32> of(Ops tf, TensorValue value, DTypePolicy policy) {
    return Cast.to(tf, Cast.numbers(tf, value.operand(), policy.computeType()), TFloat32.class);
  }

  static List<Operand<TFloat32>> of(Ops tf, List<TensorValue> values, DTypePolicy policy) {
    return values.stream().map(value -> of(tf, value, policy)).toList();
  }

  /** A result as the layer's policy rounds it. */
  static TensorValue given(Ops tf, Operand<TFloat32> result, DTypePolicy policy) {
    return TensorValue.of(Cast.to(tf, result, policy.computeType()));
  }
}
