package kerava.data;

import java.util.Arrays;
import java.util.List;
import kerava.config.Visible;
import kerava.graph.Array;

/**
 * Makes arrays out of sequences of unequal length: short ones are padded, long ones are cut; Keras'
 * {@code pad_sequences}. Immutable.
 *
 * <pre>{@code
 * Array padded = Sequences.padded().length(200).array(reviews);
 * }</pre>
 *
 * @param length how long each becomes; 0 for that of the longest
 * @param padding where a short one is filled
 * @param truncating where a long one is cut
 * @param value what a short one is filled with
 * @see <a href="https://keras.io/api/data_loading/timeseries/#pad_sequences-function">Keras:
 *     pad_sequences</a>
 */
public record Sequences(int length, Side padding, Side truncating, float value) {
  /** An end of a sequence. */
  public enum Side {
    /** Before the first step. */
    PRE,
    /** Behind the last step. */
    POST
  }

  /** Refuses a negative length. */
  public Sequences {
    if (length < 0) {
      throw new IllegalArgumentException(
          "Sequences length: expected at least 0, got " + length + ".");
    }
  }

  /** As long as the longest, filled with 0 and cut in front, as Keras does by default. */
  public static Sequences padded() {
    return new Sequences(0, Side.PRE, Side.PRE, 0);
  }

  /** The same with sequences of so many steps. */
  public Sequences length(int steps) {
    return new Sequences(steps, padding, truncating, value);
  }

  /** The same, filled at a side; {@code PRE} by default. */
  public Sequences padding(Side side) {
    return new Sequences(length, side, truncating, value);
  }

  /** The same, cut at a side; {@code PRE} by default. */
  public Sequences truncating(Side side) {
    return new Sequences(length, padding, side, value);
  }

  /** The same, filled with a value; 0 by default. */
  public Sequences value(float number) {
    return new Sequences(length, padding, truncating, number);
  }

  /**
   * Sequences of whole numbers, such as words, as one array.
   *
   * @return INT32 of shape (sequences, steps)
   * @throws IllegalArgumentException if there is none, or the value is no whole number
   */
  public Array array(int[]... sequences) {
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "Sequences value: expected a whole number, got " + value + ".");
    }
    int steps = steps(Arrays.stream(sequences).mapToInt(sequence -> sequence.length).toArray());
    int[] all = new int[sequences.length * steps];
    Arrays.fill(all, (int) value);
    for (int i = 0; i < sequences.length; i++) {
      Part part = part(sequences[i].length, steps);
      System.arraycopy(sequences[i], part.from(), all, i * steps + part.to(), part.count());
    }
    return Array.of(all, sequences.length, steps);
  }

  /**
   * Sequences of rows of numbers, such as measurements, as one array.
   *
   * @param sequences each FLOAT32 of shape (steps, ...), alike but for the steps
   * @return FLOAT32 of shape (sequences, steps, ...)
   * @throws IllegalArgumentException if there is none, or they are not alike
   */
  public Array array(List<Array> sequences) {
    int steps =
        steps(sequences.stream().mapToInt(one -> Math.toIntExact(one.shape().get(0))).toArray());
    long[] shape = sequences.get(0).shape().prepend(sequences.size()).asArray();
    int width = 1;
    for (int axis = 2; axis < shape.length; axis++) {
      width *= Math.toIntExact(shape[axis]);
    }
    shape[1] = steps;
    float[] all = new float[sequences.size() * steps * width];
    Arrays.fill(all, value);
    for (int i = 0; i < sequences.size(); i++) {
      Array one = sequences.get(i);
      Part part = part(Math.toIntExact(one.shape().get(0)), steps);
      if (one.size() != one.shape().get(0) * width) {
        throw new IllegalArgumentException(
            Visible.of(
                "Sequences: expected rows alike, got some of %s and some of %s."
                    .formatted(sequences.get(0), one)));
      }
      System.arraycopy(
          one.floats(),
          part.from() * width,
          all,
          (i * steps + part.to()) * width,
          part.count() * width);
    }
    return Array.of(all, shape);
  }

  private int steps(int... lengths) {
    if (lengths.length == 0) {
      throw new IllegalArgumentException("Sequences: expected at least one, got none.");
    }
    return length > 0 ? length : Arrays.stream(lengths).max().orElseThrow();
  }

  /** Which steps of a sequence stand where. */
  private record Part(int from, int to, int count) {}

  private Part part(int own, int steps) {
    int count = Math.min(own, steps);
    return new Part(
        truncating == Side.PRE ? own - count : 0, padding == Side.PRE ? steps - count : 0, count);
  }
}
