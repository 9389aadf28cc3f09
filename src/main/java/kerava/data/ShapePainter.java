package kerava.data;

import java.util.Random;

/**
 * Paints one small picture: an outline of random size, place, slant and colour on a shaded ground,
 * under noise.
 *
 * <p>Every choice comes from {@link Random}, whose numbers Java fixes, and every sum from
 * arithmetic that Java fixes as well, so that a picture is the same on every machine.
 */
final class ShapePainter {
  static final int SIDE = 32;
  static final int CHANNELS = 3;

  private static final double MIN_RADIUS = 9;
  private static final double MAX_RADIUS = 14;

  /** How far an outline is turned to either side, in radians. */
  private static final double MAX_TURN = 0.35;

  /** How far noise moves a colour, at most; values near 0 are more likely. */
  private static final int NOISE = 40;

  /** How far the outline's colour is at least from the ground's, in its most different channel. */
  private static final int CONTRAST = 90;

  /** A pixel is looked at in three by three places, this far from each other. */
  private static final double STEP = 1 / 3.0;

  private static final int ALL_HITS = 9;

  private final Random random;
  private final int[] ground;
  private final int[] paint;
  private final int[] slopeX;
  private final int[] slopeY;
  private final double radius;
  private final double middleX;
  private final double middleY;
  private final double cos;
  private final double sin;

  ShapePainter(long seed) {
    random = new Random(seed);
    ground = numbers(48, 208);
    slopeX = numbers(-40, 40);
    slopeY = numbers(-40, 40);
    int[] candidate = numbers(16, 240);
    while (distance(candidate, ground) < CONTRAST) {
      candidate = numbers(16, 240);
    }
    paint = candidate;
    radius = MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * random.nextDouble();
    double reach = SIDE / 2.0 - radius + 1;
    middleX = SIDE / 2.0 + reach * (2 * random.nextDouble() - 1);
    middleY = SIDE / 2.0 + reach * (2 * random.nextDouble() - 1);
    double turn = MAX_TURN * (2 * random.nextDouble() - 1);
    cos = StrictMath.cos(turn) / radius;
    sin = StrictMath.sin(turn) / radius;
  }

  private int[] numbers(int from, int to) {
    int[] numbers = new int[CHANNELS];
    for (int i = 0; i < CHANNELS; i++) {
      numbers[i] = from + random.nextInt(to - from);
    }
    return numbers;
  }

  private static int distance(int[] colour, int[] other) {
    int most = 0;
    for (int i = 0; i < CHANNELS; i++) {
      most = Math.max(most, Math.abs(colour[i] - other[i]));
    }
    return most;
  }

  /** Paints an outline into {@code pixels}, height by width by channels, from an offset on. */
  void paint(Outline outline, byte[] pixels, int offset) {
    byte[] noise = new byte[2 * SIDE * SIDE * CHANNELS];
    random.nextBytes(noise);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int row = i / SIDE;
      int column = i % SIDE;
      int hits = hits(outline, column, row);
      for (int channel = 0; channel < CHANNELS; channel++) {
        int at = i * CHANNELS + channel;
        int grain = (noise[2 * at] + noise[2 * at + 1]) * NOISE / 256;
        int colour = colour(channel, column, row, hits) + grain;
        pixels[offset + at] = (byte) Math.max(0, Math.min(255, colour));
      }
    }
  }

  private int colour(int channel, int column, int row, int hits) {
    int shade = slopeX[channel] * (column - SIDE / 2) + slopeY[channel] * (row - SIDE / 2);
    int back = ground[channel] + shade / (SIDE / 2);
    return (back * (ALL_HITS - hits) + paint[channel] * hits) / ALL_HITS;
  }

  /** In how many of its places the outline covers a pixel. */
  private int hits(Outline outline, int column, int row) {
    double dx = column + 0.5 - middleX;
    double dy = middleY - (row + 0.5);
    double near = (radius + 1) * (radius + 1);
    if (dx * dx + dy * dy > near) {
      return 0;
    }
    int hits = 0;
    for (int down = -1; down <= 1; down++) {
      for (int across = -1; across <= 1; across++) {
        double x = dx + across * STEP;
        double y = dy - down * STEP;
        if (outline.contains(x * cos + y * sin, y * cos - x * sin)) {
          hits++;
        }
      }
    }
    return hits;
  }
}
