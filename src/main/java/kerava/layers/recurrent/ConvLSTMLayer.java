package kerava.layers.recurrent;

import static kerava.layers.recurrent.ConvLSTMKeys.CHANNELS_FIRST;

import java.util.ArrayList;
import java.util.List;
import kerava.InnerLayer;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import kerava.layers.Padding;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * A recurrent layer whose products are convolutions. Where the channels come first, it brings them
 * to the end, and back.
 *
 * @param <L> the class of the layer
 */
interface ConvLSTMLayer<L extends Layer> extends RecurrentLayer<L>, LSTMArguments<L> {
  /** The keys of its convolutions. */
  ConvLSTMKeys keys();

  /** The same layer with a step of the kernel along each axis, or all; 1 by default. */
  default L strides(int... strides) {
    return schema().create(config().with(keys().strides(), keys().all(strides)));
  }

  /** The same layer with another padding of the input; {@code VALID} by default. */
  default L padding(Padding padding) {
    return schema().create(config().with(ConvLSTMKeys.PADDING, padding));
  }

  /** The same layer with holes in its kernel along each axis, or all; 1, no holes, by default. */
  default L dilationRate(int... rate) {
    return schema().create(config().with(keys().dilationRate(), keys().all(rate)));
  }

  @Override
  default RecurrentCell cell() {
    return ConvLSTMCell.of(this, keys());
  }

  private boolean first() {
    return config().get(CHANNELS_FIRST);
  }

  /** The same layer with the channels at the end. */
  private Layer turned() {
    return schema().create(config().with(CHANNELS_FIRST, false));
  }

  /** The axis of the channels of a sequence, or of a state or single output. */
  private static int axis(boolean sequence) {
    return sequence ? 2 : 1;
  }

  private static Inputs turned(Inputs inputs) {
    List<TensorSpec> specs = new ArrayList<>();
    List<Integer> states = inputs.arguments().tensors(INITIAL_STATE);
    for (int i = 0; i < inputs.tensors().size(); i++) {
      TensorSpec spec = inputs.tensors().get(i);
      boolean mask = i > 0 && !states.contains(i);
      specs.add(
          mask
              ? spec
              : new TensorSpec(
                  moved(spec.shape(), axis(i == 0), spec.shape().numDimensions() - 1),
                  spec.type()));
    }
    return new Inputs(inputs.where(), specs, inputs.arguments());
  }

  /** A shape with one axis in another place. */
  private static Shape moved(Shape shape, int from, int to) {
    List<Long> sizes = new ArrayList<>();
    for (long size : shape.asArray()) {
      sizes.add(size);
    }
    sizes.add(to, sizes.remove(from));
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  private static <T extends TType> Operand<T> moved(Ops tf, Operand<T> x, int from, int to) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < x.shape().numDimensions(); i++) {
      axes.add(i);
    }
    axes.add(to, axes.remove(from));
    return tf.linalg.transpose(x, tf.constant(axes.stream().mapToInt(Integer::intValue).toArray()));
  }

  @Override
  default List<InnerLayer> inner(Inputs inputs) {
    return first() ? turned().inner(turned(inputs)) : RecurrentLayer.super.inner(inputs);
  }

  @Override
  default List<TensorSpec> outputs(Inputs inputs) {
    if (!first()) {
      return RecurrentLayer.super.outputs(inputs);
    }
    List<TensorSpec> outputs = new ArrayList<>();
    for (TensorSpec spec : turned().outputs(turned(inputs))) {
      int last = spec.shape().numDimensions() - 1;
      outputs.add(
          new TensorSpec(moved(spec.shape(), last, axis(sequence(outputs.size()))), spec.type()));
    }
    return List.copyOf(outputs);
  }

  /** Whether an output is a sequence. */
  private boolean sequence(int output) {
    return output == 0 && config().get(RETURN_SEQUENCES);
  }

  @Override
  default List<TensorValue> call(Scope scope, LayerCall call) {
    if (!first()) {
      return RecurrentLayer.super.call(scope, call);
    }
    Ops tf = scope.tf();
    List<Integer> states = call.arguments().tensors(INITIAL_STATE);
    List<TensorValue> values = new ArrayList<>();
    for (int i = 0; i < call.values().size(); i++) {
      TensorValue value = call.values().get(i);
      boolean mask = i > 0 && !states.contains(i);
      int last = value.operand().shape().numDimensions() - 1;
      values.add(
          mask
              ? value
              : new TensorValue(moved(tf, value.operand(), axis(i == 0), last), value.mask()));
    }
    List<TensorValue> outputs = new ArrayList<>();
    for (TensorValue output : turned().call(scope, new LayerCall(turned(call.inputs()), values))) {
      int last = output.operand().shape().numDimensions() - 1;
      int axis = axis(sequence(outputs.size()));
      outputs.add(new TensorValue(moved(tf, output.operand(), last, axis), output.mask()));
    }
    return List.copyOf(outputs);
  }
}
