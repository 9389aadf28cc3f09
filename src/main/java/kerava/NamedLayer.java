package kerava;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
   * @param inputs where its inputs come from; empty for an input of the model
   * @param inputShapes their shapes, batch dimension first
   * @param outputShapes the shape of each of its outputs, batch dimension first
   */
  public record Call(List<Origin> inputs, List<Shape> inputShapes, List<Shape> outputShapes) {
    /** The shape of its only or first output, batch dimension first. */
    public Shape outputShape() {
      return outputShapes.get(0);
    }

    /** Equal if the origins and all dimensions are, known or not. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Call that
          && inputs.equals(that.inputs)
          && dimensions().equals(that.dimensions());
    }

    @Override
    public int hashCode() {
      return 31 * inputs.hashCode() + dimensions().hashCode();
    }

    // TensorFlow's shapes with an unknown dimension equal nothing, not even themselves.
    private List<List<Long>> dimensions() {
      return Stream.concat(inputShapes.stream(), outputShapes.stream())
          .map(shape -> LongStream.of(shape.asArray()).boxed().toList())
          .toList();
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

  /** The shapes that the layer's weights follow from. */
  Inputs inputs() {
    return new Inputs(Node.where(layer, java.util.Optional.of(name)), calls.get(0).inputShapes());
  }

  /** The shape of the output of the first call, batch dimension first. */
  public Shape outputShape() {
    return calls.get(0).outputShape();
  }
}
