package kerava.applications;

/** The depths that a family of networks comes in. */
final class Depth {
  private Depth() {}

  /** Refuses a depth that is not factor · n + rest for an n of at least 1. */
  static void require(String family, int depth, int factor, int rest, String... usual) {
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
