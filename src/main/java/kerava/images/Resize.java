package kerava.images;

import java.util.Locale;

/**
 * What happens to the proportions of an image that is brought to another size.
 *
 * @see <a href="https://keras.io/api/data_loading/image/">Keras: image_dataset_from_directory,
 *     crop_to_aspect_ratio and pad_to_aspect_ratio</a>
 */
public enum Resize {
  /** The whole image is taken, and its proportions are lost. */
  STRETCH,
  /** The largest part from the middle that has the proportions wanted. */
  CROP,
  /** The whole image in its proportions, with black at two sides. */
  PAD;

  /** The name on the command line and in files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
