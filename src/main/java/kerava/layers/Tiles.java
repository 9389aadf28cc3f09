package kerava.layers;

import org.tensorflow.ndarray.Shape;

/**
 * A grid of tiles of one size that covers an image, whose last ones may go beyond it.
 *
 * @param image the height and width, in pixels
 * @param grid the rows and columns of tiles
 * @param tile the height and width of a tile, in pixels
 * @param channels of the image
 */
record Tiles(Size2D image, Size2D grid, Size2D tile, int channels) {
  /** The smallest tiles that cover images of a shape: (batch, height, width, channels). */
  static Tiles of(Shape images, Size2D grid) {
    int height = Math.toIntExact(images.get(1));
    int width = Math.toIntExact(images.get(2));
    return new Tiles(
        new Size2D(height, width),
        grid,
        new Size2D(parts(height, grid.height()), parts(width, grid.width())),
        Math.toIntExact(images.get(3)));
  }

  private static int parts(int size, int count) {
    return (size + count - 1) / count;
  }

  int paddedHeight() {
    return grid.height() * tile.height();
  }

  int paddedWidth() {
    return grid.width() * tile.width();
  }

  /** The pixels of one tile. */
  int pixels() {
    return tile.height() * tile.width();
  }
}
