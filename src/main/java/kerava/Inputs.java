package kerava;

import java.util.List;
import kerava.config.Visible;
import org.tensorflow.ndarray.Shape;

/**
 * The shapes that a layer is given, and how to refuse them.
 *
 * @param where the layer as error messages should name it: {@code Conv2D "conv2d_1"}
 * @param shapes one shape an input, batch dimension first; -1 where a dimension is not known
 */
public record Inputs(String where, List<Shape> shapes) {
  /**
   * The only shape.
   *
   * @throws IllegalArgumentException if there are several
   */
  public Shape single() {
    if (shapes.size() != 1) {
      throw refuse("one input", "Which of them is meant?");
    }
    return shapes.get(0);
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
    String got = shapes.size() == 1 ? shapes.get(0).toString() : shapes.toString();
    String end = hint.isEmpty() ? "." : ". " + hint;
    return new IllegalArgumentException(
        Visible.of(where + ": expected " + expected + ", got " + got + end));
  }
}
