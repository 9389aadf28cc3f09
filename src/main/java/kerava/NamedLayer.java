package kerava;

import java.util.List;
import kerava.config.CallArguments;
import kerava.graph.TensorSpec;
import org.tensorflow.ndarray.Shape;

/**
 * A layer in its place in a model.
 *
 * @param name its name there, unique in the model
 * @param layer the layer
 * @param calls what it is called with; more than one only for a shared layer
 */
public record NamedLayer(String name, Layer layer, List<Call> calls) {
  /**
   * One call of a layer.
   *
   * @param inputs where its tensors come from; empty for an input of the model
   * @param arguments which argument each of them is
   * @param inputSpecs their types and shapes, batch dimension first
   * @param outputSpecs the type and shape of each of its outputs, batch dimension first
   */
  public record Call(
      List<Origin> inputs,
      CallArguments arguments,
      List<TensorSpec> inputSpecs,
      List<TensorSpec> outputSpecs) {
    /** The shapes of its tensors, batch dimension first. */
    public List<Shape> inputShapes() {
      return inputSpecs.stream().map(TensorSpec::shape).toList();
    }

    /** The shape of each of its outputs, batch dimension first. */
    public List<Shape> outputShapes() {
      return outputSpecs.stream().map(TensorSpec::shape).toList();
    }

    /** The shape of its only or first output, batch dimension first. */
    public Shape outputShape() {
      return outputSpecs.get(0).shape();
    }
  }

  /**
   * An output of one call in a model.
   *
   * @param layer the name of the layer
   * @param call which call of it, from 0
   * @param output which of its outputs, from 0
   */
  public record Origin(String layer, int call, int output) {
    /** The only or first output of a call. */
    public Origin(String layer, int call) {
      this(layer, call, 0);
    }

    /** The only or first output of the same call. */
    public Origin first() {
      return new Origin(layer, call);
    }
  }

  /** Whether data enters the model here. */
  public boolean isInput() {
    return layer instanceof Input;
  }

  /** The weights of the layer, by their names in the model: {@code layer/weight}. */
  public List<WeightSpec> weights() {
    return layer.weights(inputs()).stream()
        .map(spec -> spec.under(name, layer.trainable(), layer instanceof ModelLayer))
        .toList();
  }

  /** What the layer's weights follow from: that of its first call. */
  public Inputs inputs() {
    return inputs(0);
  }

  /** What a call of the layer is given. */
  Inputs inputs(int call) {
    Call called = calls.get(call);
    return new Inputs(
        Node.where(layer, java.util.Optional.of(name)), called.inputSpecs(), called.arguments());
  }

  /** The shape of the output of the first call, batch dimension first. */
  public Shape outputShape() {
    return calls.get(0).outputShape();
  }
}
