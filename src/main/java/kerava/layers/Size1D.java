package kerava.layers;

import java.util.Objects;

/**
 * One number, along the steps of a sequence.
 *
 * @param length along the steps
 */
public record Size1D(int length) implements Size {
  /** The same as the constructor, as other sizes have it. */
  public static Size1D of(int length) {
    return new Size1D(length);
  }

  @Override
  public int axes() {
    return 1;
  }

  @Override
  public int along(int axis) {
    Objects.checkIndex(axis, 1);
    return length;
  }

  @Override
  public String toString() {
    return String.valueOf(length);
  }
}
