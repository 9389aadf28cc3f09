package kerava.layers;

import java.util.Objects;

/**
 * Widths of the two ends of a sequence, in steps.
 *
 * @param start where it begins
 * @param end where it ends
 */
public record Sides1D(int start, int end) implements Sides {
  /** The same at both ends. */
  public static Sides1D of(int width) {
    return new Sides1D(width, width);
  }

  @Override
  public int axes() {
    return 1;
  }

  @Override
  public int before(int axis) {
    Objects.checkIndex(axis, 1);
    return start;
  }

  @Override
  public int after(int axis) {
    Objects.checkIndex(axis, 1);
    return end;
  }

  @Override
  public String toString() {
    return "(" + start + ", " + end + ")";
  }
}
