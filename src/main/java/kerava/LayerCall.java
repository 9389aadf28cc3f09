package kerava;

import java.util.List;
import java.util.Optional;
import kerava.config.CallArguments;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TType;

/**
 * One call of a layer in a graph: the values that it is given, and which argument each is.
 *
 * @param inputs the types and shapes of the values, and the arguments
 * @param values one a tensor of the arguments, in the order of {@link Inputs#tensors}
 */
public record LayerCall(Inputs inputs, List<TensorValue> values) {
  /** Keeps the values as they are now. */
  public LayerCall {
    values = List.copyOf(values);
  }

  /** A call with tensors alone, in the layer's first argument. */
  public static LayerCall of(String where, List<TensorValue> values) {
    List<TensorSpec> specs = values.stream().map(LayerCall::spec).toList();
    return new LayerCall(
        new Inputs(where, specs, CallArguments.of(CallArguments.INPUTS, specs.size())), values);
  }

  /** A call with one tensor. */
  public static LayerCall of(String where, Operand<? extends TType> value) {
    return of(where, List.of(TensorValue.of(value)));
  }

  private static TensorSpec spec(TensorValue value) {
    return new TensorSpec(value.operand().shape(), kerava.graph.DType.of(value.operand().type()));
  }

  /** The arguments of the call. */
  public CallArguments arguments() {
    return inputs.arguments();
  }

  /** The tensors of an argument; none where it is left out. */
  public List<TensorValue> values(String argument) {
    return arguments().tensors(argument).stream().map(values::get).toList();
  }

  /** The tensors of the first argument: what the layer is called on. */
  public List<TensorValue> first() {
    return arguments().first().stream().map(values::get).toList();
  }

  /** The one tensor of an argument, unless it is left out. */
  public Optional<TensorValue> value(String argument) {
    return values(argument).stream().findFirst();
  }

  /**
   * The mask for a layer that takes one: the argument {@code mask}, else that of the first tensor,
   * where no other argument holds tensors, as it was noted or as it is. So does Keras.
   */
  public Optional<Operand<TBool>> mask() {
    Optional<TensorValue> given = value("mask");
    if (given.isPresent()) {
      return given.map(mask -> mask.as(TBool.class));
    }
    return arguments().withTensors().size() == 1
        ? values.get(0).noted().or(values.get(0)::mask)
        : Optional.empty();
  }

  /**
   * The mask of an argument: the one given beside it as {@code query_mask}, else that of its
   * tensor, where there are several arguments with tensors. So does Keras.
   */
  public Optional<Operand<TBool>> mask(String argument) {
    Optional<TensorValue> given = value(argument + "_mask");
    return given.isPresent()
        ? given.map(mask -> mask.as(TBool.class))
        : arguments().withTensors().size() == 1
            ? Optional.empty()
            : value(argument).flatMap(TensorValue::mask);
  }

  /** The same call as it was when the model was made: with the masks that were noted. */
  LayerCall noted() {
    return new LayerCall(
        inputs, values.stream().map(value -> value.masked(value.noted())).toList());
  }
}
