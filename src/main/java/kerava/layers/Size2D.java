package kerava.layers;

import java.util.Objects;

/**
 * Two numbers, one along the height and one along the width of an image.
 *
 * @param height along the height
 * @param width along the width
 */
public record Size2D(int height, int width) implements Size {
  /** The same number along both. */
  public static Size2D of(int side) {
    return new Size2D(side, side);
  }

  @Override
  public int axes() {
    return 2;
  }

  @Override
  public int along(int axis) {
    return Objects.checkIndex(axis, 2) == 0 ? height : width;
  }

  @Override
  public String toString() {
    return "(" + height + ", " + width + ")";
  }
}
