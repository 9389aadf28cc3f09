package kerava;

import java.util.List;
import kerava.config.CallArguments;
import kerava.config.Visible;
import kerava.graph.TensorSpec;
import org.tensorflow.ndarray.Shape;

/**
 * The types and shapes that a layer is given, and how to refuse them.
 *
 * @param where the layer as error messages should name it: {@code Conv2D "conv2d_1"}
 * @param tensors one a tensor, batch dimension first; -1 where a dimension is not known
 * @param arguments which argument of the layer each tensor is, and those that are no tensors
 */
public record Inputs(String where, List<TensorSpec> tensors, CallArguments arguments) {
  /** Keeps the tensors as they are now. */
  public Inputs {
    tensors = List.copyOf(tensors);
  }

  /** Tensors of float32 in the layer's first argument. */
  public Inputs(String where, List<Shape> shapes) {
    this(
        where,
        shapes.stream().map(TensorSpec::floats).toList(),
        CallArguments.of(CallArguments.INPUTS, shapes.size()));
  }

  /** The shape of each tensor, batch dimension first; -1 where a dimension is not known. */
  public List<Shape> shapes() {
    return tensors.stream().map(TensorSpec::shape).toList();
  }

  /** The tensors of an argument; none where it is left out. */
  public List<TensorSpec> tensors(String argument) {
    return arguments.tensors(argument).stream().map(tensors::get).toList();
  }

  /**
   * The same layer given nothing but the tensors that it is called on: those of its first argument.
   */
  public Inputs first() {
    List<TensorSpec> called = arguments.first().stream().map(tensors::get).toList();
    return called.size() == tensors.size()
        ? this
        : new Inputs(where, called, CallArguments.of(CallArguments.INPUTS, called.size()));
  }

  /**
   * The only shape, of what the layer is called on; a mask is not counted.
   *
   * @throws IllegalArgumentException if there are several
   */
  public Shape single() {
    List<Integer> called = arguments.first();
    if (called.size() != 1) {
      throw refuse("one input", "Which of them is meant?");
    }
    return tensors.get(called.get(0)).shape();
  }

  /**
   * The only shape, of a certain rank.
   *
   * @param axes the axes in words: "batch, height, width, channels"
   * @param hint a question or advice for who got it wrong; may be empty
   * @throws IllegalArgumentException if it has another rank
   */
  public Shape single(int rank, String axes, String hint) {
    Shape shape = single();
    if (shape.numDimensions() != rank) {
      throw refuse("input of rank " + rank + " (" + axes + ")", hint);
    }
    return shape;
  }

  /**
   * The only shape, of an image batch with known channels: (batch, height, width, channels).
   *
   * @throws IllegalArgumentException if it is of another rank or the channels are not known
   */
  public Shape image() {
    return spatial(2);
  }

  /**
   * The only shape, of a batch with known channels behind one axis or more: (batch, steps,
   * channels), (batch, height, width, channels), (batch, depth, height, width, channels).
   *
   * @param axes how many axes there are between the batch and the channels, from 1 to 3
   * @throws IllegalArgumentException if it is of another rank or the channels are not known
   */
  public Shape spatial(int axes) {
    String between = List.of("steps", "height, width", "depth, height, width").get(axes - 1);
    Shape shape =
        single(
            axes + 2,
            "batch, " + between + ", channels",
            "Does a Flatten or Dense come before it?");
    if (shape.get(axes + 1) == Shape.UNKNOWN_SIZE) {
      throw refuse("a known number of channels", "");
    }
    return shape;
  }

  /**
   * The refusal of these shapes.
   *
   * @param expected what the layer takes
   * @param hint a question or advice; may be empty
   */
  public IllegalArgumentException refuse(String expected, String hint) {
    String got = tensors.size() == 1 ? shapes().get(0).toString() : shapes().toString();
    String end = hint.isEmpty() ? "." : ". " + hint;
    return new IllegalArgumentException(
        Visible.of(where + ": expected " + expected + ", got " + got + end));
  }
}
