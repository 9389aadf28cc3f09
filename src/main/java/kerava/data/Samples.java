package kerava.data;

import java.util.List;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/** Samples by number: their inputs and their labels, of which most have one each. */
public interface Samples {
  /** How many samples there are. */
  int size();

  /** The inputs that each sample has; one without a name by default. */
  default List<Column> inputColumns() {
    return List.of(new Column("", inputType(), inputShape()));
  }

  /** The labels that each sample has; of one kind without a name by default. */
  default List<Column> labelColumns() {
    Array first = labels(new int[] {0});
    return List.of(
        new Column("", first.type(), first.shape().subShape(1, first.shape().numDimensions())));
  }

  /**
   * Reads all inputs of some samples, in the order of {@link #inputColumns}.
   *
   * @param indices the samples wanted, each in 0 to size - 1, in the order wanted
   * @return each of shape (indices.length, ...)
   * @throws IllegalArgumentException if an index is not one of this set
   */
  default List<Array> inputArrays(int[] indices) {
    return List.of(inputs(indices));
  }

  /**
   * Reads all labels of some samples, in the order of {@link #labelColumns}.
   *
   * @param indices the samples wanted, each in 0 to size - 1, in the order wanted
   * @return each of shape (indices.length, ...)
   * @throws IllegalArgumentException if an index is not one of this set
   */
  default List<Array> labelArrays(int[] indices) {
    return List.of(labels(indices));
  }

  /** The shape of one input as a model sees it, without the batch dimension: (32, 32, 3). */
  Shape inputShape();

  /** The type of inputs; the default looks at the first sample. */
  default Array.Type inputType() {
    return inputs(new int[] {0}).type();
  }

  /**
   * Reads some inputs.
   *
   * @param indices the samples wanted, each in 0 to size - 1, in the order wanted
   * @return shape (indices.length, ...)
   * @throws IllegalArgumentException if an index is not one of this set
   * @throws java.io.UncheckedIOException if the samples come from files and one cannot be read; the
   *     message names the file
   */
  Array inputs(int[] indices);

  /**
   * Reads the labels of some samples.
   *
   * @param indices the samples wanted, each in 0 to size - 1, in the order wanted
   * @return class numbers, INT32, or targets, FLOAT32, of shape (indices.length, ...)
   * @throws IllegalArgumentException if an index is not one of this set
   */
  Array labels(int[] indices);

  /** Whether samples can only be read one after the other, as those of a {@link Dataset#stream}. */
  default boolean sequential() {
    return false;
  }

  /**
   * Whether reading samples is as fast as memory; training reads ahead of its steps where it is
   * not.
   */
  default boolean inMemory() {
    return true;
  }

  /**
   * Whether the samples lie class after class, so that the first ones show nothing of the others; a
   * folder of images is listed so.
   */
  default boolean orderedByClass() {
    return false;
  }
}
