package kerava.layers.preprocessing;

/** At what texts are split into terms. */
public enum Split {
  /** At white space, however much of it there is. */
  WHITESPACE,
  /** Between any two characters of Unicode. */
  CHARACTER
}
