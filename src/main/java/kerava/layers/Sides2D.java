package kerava.layers;

import java.util.Objects;

/**
 * Widths of the four borders of an image, in pixels.
 *
 * @param top above
 * @param bottom below
 * @param left on the left
 * @param right on the right
 */
public record Sides2D(int top, int bottom, int left, int right) implements Sides {
  /** The same on all sides. */
  public static Sides2D of(int width) {
    return new Sides2D(width, width, width, width);
  }

  @Override
  public int axes() {
    return 2;
  }

  @Override
  public int before(int axis) {
    return Objects.checkIndex(axis, 2) == 0 ? top : left;
  }

  @Override
  public int after(int axis) {
    return Objects.checkIndex(axis, 2) == 0 ? bottom : right;
  }

  @Override
  public String toString() {
    return "((" + top + ", " + bottom + "), (" + left + ", " + right + "))";
  }
}
