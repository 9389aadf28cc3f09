package kerava.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Min;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Equalizes images by tables of what each brightness becomes, one a tile and channel.
 *
 * @param tf adds operations
 * @param tiles how images are cut
 * @param limit how many times as often as on average a brightness may count; none if not above 0
 */
record TileEqualization(Ops tf, Tiles tiles, double limit) {
  private static final int DEGREES = 256;
  private static final float WHITE = 255;

  /** Images of pixels from 0 to 255: (batch, height, width, channels) → the same. */
  Operand<TFloat32> build(Operand<TFloat32> images) {
    Operand<TInt32> pixels = tf.dtypes.cast(Range.PIXELS.clip(tf, padded(images)), TInt32.class);
    Operand<TFloat32> tables = bordered(table(counts(pixels)));
    Side down = new Side(tiles.paddedHeight(), tiles.tile().height(), tiles.grid().height());
    Side right = new Side(tiles.paddedWidth(), tiles.tile().width(), tiles.grid().width());
    Lookup lookup = new Lookup(tables, pixels, down, right);
    Operand<TFloat32> top = between(lookup.of(0, 0), lookup.of(0, 1), weights(right, 2));
    Operand<TFloat32> bottom = between(lookup.of(1, 0), lookup.of(1, 1), weights(right, 2));
    Operand<TFloat32> whole = between(top, bottom, weights(down, 1));
    return tf.slice(
        whole,
        tf.constant(new int[] {0, 0, 0, 0}),
        tf.constant(new int[] {-1, tiles.image().height(), tiles.image().width(), -1}));
  }

  private Operand<TFloat32> padded(Operand<TFloat32> images) {
    int down = tiles.paddedHeight() - tiles.image().height();
    int right = tiles.paddedWidth() - tiles.image().width();
    return down == 0 && right == 0
        ? images
        : tf.mirrorPad(
            images, tf.constant(new int[][] {{0, 0}, {0, down}, {0, right}, {0, 0}}), "SYMMETRIC");
  }

  /** How often each brightness occurs: (batch · rows · columns · channels, 256). */
  private Operand<TFloat32> counts(Operand<TInt32> pixels) {
    Operand<TInt32> cut =
        tf.reshape(
            pixels,
            tf.constant(
                new int[] {
                  -1,
                  tiles.grid().height(),
                  tiles.tile().height(),
                  tiles.grid().width(),
                  tiles.tile().width(),
                  tiles.channels()
                }));
    Operand<TInt32> byTile = tf.linalg.transpose(cut, tf.constant(new int[] {0, 1, 3, 5, 2, 4}));
    Operand<TFloat32> counts =
        tf.math.denseBincount(
            tf.reshape(byTile, tf.constant(new int[] {-1, tiles.pixels()})),
            tf.constant(DEGREES),
            tf.constant(new float[0]));
    return limit > 0 ? limited(counts) : counts;
  }

  /** What is above the limit is given to all degrees of brightness alike. */
  private Operand<TFloat32> limited(Operand<TFloat32> counts) {
    double most = limit * tiles.pixels() / DEGREES;
    Operand<TFloat32> kept = tf.clipByValue(counts, tf.constant(0f), tf.constant((float) most));
    Operand<TFloat32> excess =
        tf.sum(tf.math.sub(counts, kept), tf.constant(1), Sum.keepDims(true));
    return tf.math.add(kept, tf.math.div(excess, tf.constant((float) DEGREES)));
  }

  /** What each brightness becomes, in the shape of the counts. */
  private Operand<TFloat32> table(Operand<TFloat32> counts) {
    Operand<TFloat32> upTo = tf.math.cumsum(counts, tf.constant(1));
    Operand<TFloat32> least = tf.min(upTo, tf.constant(1), Min.keepDims(true));
    Operand<TFloat32> rest = tf.math.sub(tf.constant((float) tiles.pixels()), least);
    Operand<TFloat32> divisor =
        tf.select(tf.math.equal(rest, tf.constant(0f)), tf.onesLike(rest), rest);
    Operand<TFloat32> above = tf.math.mul(tf.math.sub(upTo, least), tf.constant(WHITE));
    return Range.PIXELS.clip(tf, tf.math.div(above, divisor));
  }

  /**
   * The tables with those at the edges once more: (batch, rows + 2, columns + 2, channels, 256).
   */
  private Operand<TFloat32> bordered(Operand<TFloat32> tables) {
    Operand<TFloat32> grid =
        tf.reshape(
            tables,
            tf.constant(
                new int[] {
                  -1, tiles.grid().height(), tiles.grid().width(), tiles.channels(), DEGREES
                }));
    return tf.mirrorPad(
        grid, tf.constant(new int[][] {{0, 0}, {1, 1}, {1, 1}, {0, 0}, {0, 0}}), "SYMMETRIC");
  }

  /** Between which tiles each row or column lies, and how near to the second. */
  private static final class Side {
    private final int[][] tiles;
    private final float[] weights;

    Side(int size, int tile, int grid) {
      tiles = new int[2][size];
      weights = new float[size];
      for (int i = 0; i < size; i++) {
        float place = (i - tile / 2f) / tile + 1;
        float floor = (float) Math.floor(place);
        weights[i] = place - floor;
        tiles[0][i] = Math.max(0, Math.min(grid + 1, (int) floor));
        tiles[1][i] = Math.max(0, Math.min(grid + 1, (int) floor + 1));
      }
    }
  }

  private Operand<TFloat32> weights(Side side, int axis) {
    int[] shape = {1, 1, 1, 1};
    shape[axis] = side.weights.length;
    return tf.reshape(tf.constant(side.weights), tf.constant(shape));
  }

  private Operand<TFloat32> between(
      Operand<TFloat32> one, Operand<TFloat32> other, Operand<TFloat32> weight) {
    return tf.math.add(
        tf.math.mul(one, tf.math.sub(tf.constant(1f), weight)), tf.math.mul(other, weight));
  }

  /** Looks all pixels up in the tables of the tiles at one of their four corners. */
  private final class Lookup {
    private final Operand<TFloat32> tables;
    private final Operand<TInt32> pixels;
    private final Side down;
    private final Side right;

    Lookup(Operand<TFloat32> tables, Operand<TInt32> pixels, Side down, Side right) {
      this.tables = tf.reshape(tables, tf.constant(new int[] {-1}));
      this.pixels = pixels;
      this.down = down;
      this.right = right;
    }

    Operand<TFloat32> of(int vertical, int horizontal) {
      int column = DEGREES * tiles.channels();
      int row = column * (tiles.grid().width() + 2);
      Operand<TInt32> image =
          tf.range(
              tf.constant(0),
              tf.squeeze(
                  tf.slice(tf.shape(pixels), tf.constant(new int[1]), tf.constant(new int[] {1}))),
              tf.constant(1));
      Operand<TInt32> index =
          tf.math.add(
              along(image, 0, row * (tiles.grid().height() + 2)),
              along(
                  tf.range(tf.constant(0), tf.constant(tiles.channels()), tf.constant(1)),
                  3,
                  DEGREES));
      index = tf.math.add(index, along(tf.constant(down.tiles[vertical]), 1, row));
      index = tf.math.add(index, along(tf.constant(right.tiles[horizontal]), 2, column));
      return tf.gather(tables, tf.math.add(index, pixels), tf.constant(0));
    }

    private Operand<TInt32> along(Operand<TInt32> numbers, int axis, int times) {
      int[] shape = {1, 1, 1, 1};
      shape[axis] = -1;
      return tf.math.mul(tf.reshape(numbers, tf.constant(shape)), tf.constant(times));
    }
  }
}
