package kerava.layers;

import java.util.Objects;

/**
 * Three numbers, one along each side of a volume.
 *
 * @param depth along the depth
 * @param height along the height
 * @param width along the width
 */
public record Size3D(int depth, int height, int width) implements Size {
  /** The same number along all three. */
  public static Size3D of(int side) {
    return new Size3D(side, side, side);
  }

  @Override
  public int axes() {
    return 3;
  }

  @Override
  public int along(int axis) {
    return switch (Objects.checkIndex(axis, 3)) {
      case 0 -> depth;
      case 1 -> height;
      default -> width;
    };
  }

  @Override
  public String toString() {
    return "(" + depth + ", " + height + ", " + width + ")";
  }
}
