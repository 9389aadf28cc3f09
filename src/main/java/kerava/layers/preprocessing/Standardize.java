package kerava.layers.preprocessing;

/** What is done to texts before they are split; Keras' {@code standardize}. */
public enum Standardize {
  /** Letters from A to Z become small, and punctuation goes. */
  LOWER_AND_STRIP_PUNCTUATION,
  /** Letters from A to Z become small. */
  LOWER,
  /** Punctuation goes. */
  STRIP_PUNCTUATION;

  boolean lower() {
    return this != STRIP_PUNCTUATION;
  }

  boolean strip() {
    return this != LOWER;
  }
}
