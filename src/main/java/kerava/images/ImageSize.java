package kerava.images;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kerava.config.Visible;

/**
 * The size of an image.
 *
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 */
public record ImageSize(int height, int width) {
  /** How many pixels an image may have; decoded it takes up to four bytes each: 400 MB. */
  public static final long MAX_PIXELS = 100_000_000;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})(?:[xX](\\d{1,6}))?");

  /** Checks the size. */
  public ImageSize {
    if (height < 1 || width < 1 || (long) height * width > MAX_PIXELS) {
      throw new IllegalArgumentException(
          ("image size: expected a height and width of at least 1 and at most %d pixels in all,"
                  + " got %dx%d.")
              .formatted(MAX_PIXELS, height, width));
    }
  }

  /**
   * Reads {@code 160} or {@code 160x120}, the height first.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static ImageSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          Visible.of(
              "image size: expected HEIGHTxWIDTH in pixels, such as 160x160, got \""
                  + text
                  + "\"."));
    }
    int height = Integer.parseInt(matcher.group(1));
    return new ImageSize(
        height, matcher.group(2) == null ? height : Integer.parseInt(matcher.group(2)));
  }

  /** Height and width: {@code 160x120}. */
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
