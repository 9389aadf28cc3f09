package kerava.metrics;

/** Quotients of what was gathered, as Keras divides. */
final class Ratio {
  /** Keras' epsilon. */
  static final double EPSILON = 1e-7;

  private Ratio() {}

  /** The quotient, or 0 where the divisor is 0. */
  static double of(double a, double b) {
    return b == 0 ? 0 : a / b;
  }

  /** a / (a + b) of each pair, or 0 where both are 0. */
  static double[] shares(double[] a, double[] b) {
    double[] shares = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      shares[i] = of(a[i], a[i] + b[i]);
    }
    return shares;
  }
}
