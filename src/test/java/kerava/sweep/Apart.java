package kerava.sweep;

/** How far numbers are apart. */
final class Apart {
  private Apart() {}

  /** The greatest difference, as a part of the wanted number where that is above 1. */
  static double most(float[] wanted, float[] got) {
    double worst = wanted.length == got.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(wanted.length, got.length); i++) {
      worst = Math.max(worst, one(wanted[i], got[i]));
    }
    return worst;
  }

  /** The same of two numbers; what is not a number is far from all. */
  static double one(double wanted, double got) {
    double difference = Math.abs(wanted - got) / Math.max(1, Math.abs(wanted));
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }
}
