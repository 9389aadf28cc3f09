package kerava;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import kerava.config.CallArguments;
import kerava.config.Visible;
import kerava.graph.DType;
import kerava.graph.Rows;
import kerava.graph.TensorSpec;
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
    private final CallArguments arguments;
    private final List<Node> inputs;
    private final List<TensorSpec> outputs;

    private Call(
        Object owner,
        Layer layer,
        CallArguments arguments,
        List<Node> inputs,
        List<TensorSpec> outputs) {
      this.owner = owner;
      this.layer = layer;
      this.arguments = arguments;
      this.inputs = List.copyOf(inputs);
      this.outputs = List.copyOf(outputs);
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

    CallArguments arguments() {
      return arguments;
    }

    List<TensorSpec> outputs() {
      return outputs;
    }
  }

  private final Call call;
  private final int output;

  private Node(Call call, int output) {
    this.call = call;
    this.output = output;
  }

  static Node of(Layer layer, CallArguments arguments, List<Node> inputs) {
    return shared(new Object(), layer, arguments, inputs);
  }

  /** Nodes with one owner are calls of one layer, with one set of weights. */
  static Node shared(Object owner, Layer layer, CallArguments arguments, List<Node> inputs) {
    return called(owner, where(layer, layer.name()), layer, arguments, inputs);
  }

  /** As {@link #of}, where the name that the layer will get is known, for error messages. */
  static Node called(String name, Layer layer, List<Node> inputs) {
    String where = where(layer, Optional.of(name));
    return called(new Object(), where, layer, layer.arguments(inputs.size()), inputs);
  }

  private static Node called(
      Object owner, String where, Layer layer, CallArguments arguments, List<Node> nodes) {
    requireArguments(where, layer, arguments, nodes.size());
    Inputs inputs = new Inputs(where, nodes.stream().map(Node::spec).toList(), arguments);
    return new Node(new Call(owner, layer, arguments, nodes, outputs(layer, inputs)), 0);
  }

  private static void requireArguments(
      String where, Layer layer, CallArguments arguments, int nodes) {
    for (String name : arguments.values().keySet()) {
      if (!layer.arguments().contains(name)) {
        throw new IllegalArgumentException(
            Visible.of(
                where
                    + ": expected the arguments "
                    + layer.arguments()
                    + ", got \""
                    + name
                    + "\"."));
      }
    }
    if (!new TreeSet<>(arguments.tensors())
        .equals(new TreeSet<>(IntStream.range(0, nodes).boxed().toList()))) {
      throw new IllegalArgumentException(
          Visible.of(
              where + ": expected arguments of " + nodes + " tensors, got " + arguments + "."));
    }
  }

  /**
   * What a layer gives; sizes that no array has are refused before anything is computed of them.
   */
  private static List<TensorSpec> outputs(Layer layer, Inputs inputs) {
    try {
      List<TensorSpec> outputs = layer.outputs(inputs);
      for (TensorSpec output : outputs) {
        Shape shape = output.shape();
        if (!shape.isUnknown() && shape.numDimensions() > 0) {
          Rows.length(inputs.where(), shape.subShape(1, shape.numDimensions()));
        }
      }
      return outputs;
    } catch (ArithmeticException e) {
      throw inputs.refuse("sizes of which at most 2147483647 numbers follow", "");
    }
  }

  static String where(Layer layer, Optional<String> name) {
    return layer.schema().className() + name.map(text -> " \"" + text + "\"").orElse("");
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
    return spec().shape();
  }

  /** The type of the output. */
  public DType type() {
    return spec().type();
  }

  /** The type and the shape of the output. */
  public TensorSpec spec() {
    return call.outputs.get(output);
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
    return IntStream.range(0, call.outputs.size()).mapToObj(i -> new Node(call, i)).toList();
  }

  /**
   * One of the outputs of the same call, where the layer has several.
   *
   * @param index which, from 0
   * @throws IllegalArgumentException if there are not as many
   */
  public Node output(int index) {
    if (index < 0 || index >= call.outputs.size()) {
      throw new IllegalArgumentException(
          Visible.of(
              where(layer(), layer().name())
                  + ": expected one of its "
                  + call.outputs.size()
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
