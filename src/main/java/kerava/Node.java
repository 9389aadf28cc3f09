package kerava;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.config.Visible;
import kerava.graph.Rows;
import org.tensorflow.ndarray.Shape;

/**
 * An output of one layer in a functional model under construction; immutable.
 *
 * <pre>{@code
 * Node image = Input.of(32, 32, 3);
 * Node main = Conv2D.of(3, 3).padding(SAME).apply(image);
 * Node sum = Add.of().apply(main, image).then(Activation.of(RELU));
 * Model model = Model.of(image, sum);
 * }</pre>
 */
public final class Node {
  /** One call of a layer; two calls are never equal. */
  static final class Call {
    private final Object owner;
    private final Layer layer;
    private final List<Node> inputs;
    private final List<Shape> shapes;

    private Call(Object owner, Layer layer, List<Node> inputs, List<Shape> shapes) {
      this.owner = owner;
      this.layer = layer;
      this.inputs = List.copyOf(inputs);
      this.shapes = List.copyOf(shapes);
    }

    /** Calls with one owner are those of one layer, with one set of weights. */
    Object owner() {
      return owner;
    }

    Layer layer() {
      return layer;
    }

    List<Node> inputs() {
      return inputs;
    }

    List<Shape> shapes() {
      return shapes;
    }
  }

  private final Call call;
  private final int output;

  private Node(Call call, int output) {
    this.call = call;
    this.output = output;
  }

  static Node of(Layer layer, List<Node> inputs) {
    return shared(new Object(), layer, inputs);
  }

  /** Nodes with one owner are calls of one layer, with one set of weights. */
  static Node shared(Object owner, Layer layer, List<Node> inputs) {
    String where = where(layer, layer.name());
    return new Node(new Call(owner, layer, inputs, outputs(layer, shapes(where, inputs))), 0);
  }

  /** As {@link #of}, where the name that the layer will get is known, for error messages. */
  static Node called(String name, Layer layer, List<Node> inputs) {
    Inputs shapes = shapes(where(layer, Optional.of(name)), inputs);
    return new Node(new Call(new Object(), layer, inputs, outputs(layer, shapes)), 0);
  }

  /**
   * What a layer gives; sizes that no array has are refused before anything is computed of them.
   */
  private static List<Shape> outputs(Layer layer, Inputs inputs) {
    try {
      List<Shape> shapes = layer.outputShapes(inputs);
      for (Shape shape : shapes) {
        if (!shape.isUnknown() && shape.numDimensions() > 0) {
          Rows.length(inputs.where(), shape.subShape(1, shape.numDimensions()));
        }
      }
      return shapes;
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
    return call.shapes.get(output);
  }

  /** The layer. */
  public Layer layer() {
    return call.layer;
  }

  /** What the layer is called with. */
  public List<Node> inputs() {
    return call.inputs;
  }

  /** All outputs of the same call, in their order. */
  public List<Node> outputs() {
    return IntStream.range(0, call.shapes.size()).mapToObj(i -> new Node(call, i)).toList();
  }

  /**
   * One of the outputs of the same call, where the layer has several.
   *
   * @param index which, from 0
   * @throws IllegalArgumentException if there are not as many
   */
  public Node output(int index) {
    if (index < 0 || index >= call.shapes.size()) {
      throw new IllegalArgumentException(
          Visible.of(
              where(layer(), layer().name())
                  + ": expected one of its "
                  + call.shapes.size()
                  + " outputs, got number "
                  + index
                  + "."));
    }
    return new Node(call, index);
  }

  Call call() {
    return call;
  }

  int index() {
    return output;
  }

  @Override
  public String toString() {
    return where(layer(), layer().name()) + " " + shape();
  }
}
