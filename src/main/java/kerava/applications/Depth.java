package kerava.applications;

/** The depths that a family of networks comes in. */
final class Depth {
  /** Deeper than any that was published, and shallow enough to be drawn. */
  private static final int DEEPEST = 10_000;

  private Depth() {}

  /** Refuses a depth that is not factor · n + rest for an n of at least 1, or very deep. */
  static void require(String family, int depth, int factor, int rest, String... usual) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          family + " depth: expected at most " + DEEPEST + ", got " + depth + ".");
    }
    if (depth < factor + rest || (depth - rest) % factor != 0) {
      throw new IllegalArgumentException(
          family
              + " depth: expected "
              + factor
              + "n + "
              + rest
              + ", such as "
              + String.join(", ", usual)
              + ", got "
              + depth
              + ".");
    }
  }
}
