package kerava.data;

import java.util.Locale;

/**
 * The outlines that {@link Shapes} draws, in alphabetical order.
 *
 * <p>Each lies within the circle of radius 1 around (0, 0); x goes right and y up. Which points
 * belong to it is decided with additions, multiplications and comparisons only, whose results are
 * the same on every machine.
 */
enum Outline {
  ARROW {
    @Override
    boolean contains(double x, double y) {
      boolean shaft = Math.abs(x) < 0.28 && y > -0.95 && y < 0.1;
      boolean head = y >= 0 && Math.abs(x) < 0.8 * (1 - y);
      return shaft || head;
    }
  },
  BAR {
    @Override
    boolean contains(double x, double y) {
      return Math.abs(x) < 0.3 && Math.abs(y) < 0.95;
    }
  },
  CIRCLE {
    @Override
    boolean contains(double x, double y) {
      return x * x + y * y < 0.85 * 0.85;
    }
  },
  CRESCENT {
    @Override
    boolean contains(double x, double y) {
      double right = x - 0.45;
      return x * x + y * y < 0.95 * 0.95 && right * right + y * y > 0.75 * 0.75;
    }
  },
  CROSS {
    @Override
    boolean contains(double x, double y) {
      double narrow = Math.min(Math.abs(x), Math.abs(y));
      double wide = Math.max(Math.abs(x), Math.abs(y));
      return narrow < 0.28 && wide < 0.95;
    }
  },
  HEART {
    @Override
    boolean contains(double x, double y) {
      // The classic curve (x² + y² - 1)³ = x² y³, made to fit.
      double u = x * 1.36;
      double v = y * 1.36 + 0.1;
      double bulge = u * u + v * v - 1;
      return bulge * bulge * bulge < u * u * v * v * v;
    }
  },
  RING {
    @Override
    boolean contains(double x, double y) {
      double square = x * x + y * y;
      return square < 0.95 * 0.95 && square > 0.5 * 0.5;
    }
  },
  SQUARE {
    @Override
    boolean contains(double x, double y) {
      return Math.max(Math.abs(x), Math.abs(y)) < 0.7;
    }
  },
  STAR {
    @Override
    boolean contains(double x, double y) {
      // Five points: inside at least four of the five lines that join every other point.
      int inside = 0;
      for (int i = 0; i < STAR_X.length; i++) {
        if (x * STAR_X[i] + y * STAR_Y[i] < STAR_DISTANCE) {
          inside++;
        }
      }
      return inside >= 4;
    }
  },
  TRIANGLE {
    @Override
    boolean contains(double x, double y) {
      return y > -0.5 && y + 1.7320508 * Math.abs(x) < 0.95;
    }
  };

  // Directions of 90, 162, 234, 306 and 18 degrees, the normals of a pentagram's five lines.
  private static final double[] STAR_X = {0, -0.9510565, -0.5877853, 0.5877853, 0.9510565};
  private static final double[] STAR_Y = {1, 0.3090170, -0.8090170, -0.8090170, 0.3090170};
  private static final double STAR_DISTANCE = 0.3090170;

  /** Whether a point belongs to the outline's inside. */
  abstract boolean contains(double x, double y);

  /** The class name: the outline's in lower case. */
  String className() {
    return name().toLowerCase(Locale.ROOT);
  }
}
