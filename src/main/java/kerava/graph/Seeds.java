package kerava.graph;

/** Derives independent seeds from one seed and a name. */
public final class Seeds {
  private Seeds() {}

  /** The seed for a name: the same for the same two, unrelated for others; never negative. */
  public static long of(long seed, String name) {
    long hash = mix(seed);
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash ^ name.charAt(i));
    }
    // TensorFlow's seeds lose their upper half in places; a positive int survives everywhere.
    return hash >>> 33;
  }

  // The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every input bit reaches every output
  // bit.
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
