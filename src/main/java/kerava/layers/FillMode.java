package kerava.layers;

/** What stands beyond the edges of an image that is moved, turned or made smaller. */
public enum FillMode {
  /** The same number everywhere. */
  CONSTANT,
  /** The image mirrored at its edge: {@code d c b a | a b c d | d c b a}. */
  REFLECT,
  /** The image again, from its other edge on. */
  WRAP,
  /** The nearest pixel of the image. */
  NEAREST
}
