package kerava;

import java.util.List;
import java.util.Optional;
import kerava.graph.Rows;
import org.tensorflow.ndarray.Shape;

/**
 * The output of one layer in a functional model under construction; immutable.
 *
 * <pre>{@code
 * Node image = Input.of(32, 32, 3);
 * Node main = Conv2D.of(3, 3).padding(SAME).apply(image);
 * Node sum = Add.of().apply(main, image).then(Activation.of(RELU));
 * Model model = Model.of(image, sum);
 * }</pre>
 */
public final class Node {
  private final Object owner;
  private final Layer layer;
  private final List<Node> inputs;
  private final Shape shape;

  private Node(Object owner, Layer layer, List<Node> inputs, Shape shape) {
    this.owner = owner;
    this.layer = layer;
    this.inputs = inputs;
    this.shape = shape;
  }

  static Node of(Layer layer, List<Node> inputs) {
    return shared(new Object(), layer, inputs);
  }

  /** Nodes with one owner are calls of one layer, with one set of weights. */
  static Node shared(Object owner, Layer layer, List<Node> inputs) {
    String where = where(layer, layer.name());
    return new Node(owner, layer, List.copyOf(inputs), shape(layer, shapes(where, inputs)));
  }

  /** As {@link #of}, where the name that the layer will get is known, for error messages. */
  static Node called(String name, Layer layer, List<Node> inputs) {
    Inputs shapes = shapes(where(layer, Optional.of(name)), inputs);
    return new Node(new Object(), layer, List.copyOf(inputs), shape(layer, shapes));
  }

  /**
   * What a layer gives; sizes that no array has are refused before anything is computed of them.
   */
  private static Shape shape(Layer layer, Inputs inputs) {
    try {
      Shape shape = layer.outputShape(inputs);
      if (shape.isUnknown() || shape.numDimensions() == 0) {
        return shape;
      }
      Rows.length(inputs.where(), shape.subShape(1, shape.numDimensions()));
      return shape;
    } catch (ArithmeticException e) {
      throw inputs.refuse("sizes of which at most 2147483647 numbers follow", "");
    }
  }

  static String where(Layer layer, Optional<String> name) {
    return layer.schema().className() + name.map(text -> " \"" + text + "\"").orElse("");
  }

  private static Inputs shapes(String where, List<Node> inputs) {
    return new Inputs(where, inputs.stream().map(Node::shape).toList());
  }

  /** Puts a layer behind this node. */
  public Node then(Layer next) {
    return next.apply(this);
  }

  /** Puts a layer that is used in several places behind this node. */
  public Node then(SharedLayer next) {
    return next.apply(this);
  }

  /** The shape of the output, batch dimension first; -1 where a dimension is not known. */
  public Shape shape() {
    return shape;
  }

  /** The layer. */
  public Layer layer() {
    return layer;
  }

  /** What the layer is called with. */
  public List<Node> inputs() {
    return inputs;
  }

  Object owner() {
    return owner;
  }

  @Override
  public String toString() {
    return where(layer, layer.name()) + " " + shape;
  }
}
