package kerava.layers;

/** How an image is mirrored. */
public enum FlipMode {
  /** Left becomes right. */
  HORIZONTAL,
  /** Top becomes bottom. */
  VERTICAL,
  /** Both at once, which turns the image by half a circle. */
  HORIZONTAL_AND_VERTICAL
}
