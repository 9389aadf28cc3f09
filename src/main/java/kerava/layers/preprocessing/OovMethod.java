package kerava.layers.preprocessing;

/** How whole numbers that are not in a vocabulary are spread over those that are kept for them. */
public enum OovMethod {
  /** By their rest in a division. */
  FLOORMOD,
  /** By the hash of their digits. */
  FARMHASH
}
