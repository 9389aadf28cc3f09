package kerava.images;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Which colour channels an image is decoded to.
 *
 * @see <a href="https://keras.io/api/data_loading/image/">Keras: image_dataset_from_directory,
 *     color_mode</a>
 */
public enum ColorMode {
  /** One channel of brightness. */
  GRAYSCALE(1),
  /** Red, green, blue. */
  RGB(3),
  /** Red, green, blue, opacity. */
  RGBA(4);

  private final int channels;

  ColorMode(int channels) {
    this.channels = channels;
  }

  /** How many numbers a pixel has. */
  public int channels() {
    return channels;
  }

  /** The mode of so many channels, if there is one. */
  public static Optional<ColorMode> ofChannels(long channels) {
    return Arrays.stream(values()).filter(mode -> mode.channels == channels).findFirst();
  }

  /** Keras' name. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
