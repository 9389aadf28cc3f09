package kerava.layers;

import java.util.Objects;

/**
 * Widths of the borders of a volume along its depth, its height and its width, in voxels.
 *
 * @param front where the depth begins
 * @param back where the depth ends
 * @param top where the height begins
 * @param bottom where the height ends
 * @param left where the width begins
 * @param right where the width ends
 */
public record Sides3D(int front, int back, int top, int bottom, int left, int right)
    implements Sides {
  /** The same on all sides. */
  public static Sides3D of(int width) {
    return new Sides3D(width, width, width, width, width, width);
  }

  @Override
  public int axes() {
    return 3;
  }

  @Override
  public int before(int axis) {
    return switch (Objects.checkIndex(axis, 3)) {
      case 0 -> front;
      case 1 -> top;
      default -> left;
    };
  }

  @Override
  public int after(int axis) {
    return switch (Objects.checkIndex(axis, 3)) {
      case 0 -> back;
      case 1 -> bottom;
      default -> right;
    };
  }

  @Override
  public String toString() {
    return "((%d, %d), (%d, %d), (%d, %d))".formatted(front, back, top, bottom, left, right);
  }
}
