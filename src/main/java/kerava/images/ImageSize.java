package kerava.images;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kerava.config.Visible;
import kerava.files.Limits;

/**
 * The size of an image.
 *
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 */
public record ImageSize(int height, int width) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})(?:[xX](\\d{1,6}))?");

  /** Checks the size. */
  public ImageSize {
    if (height < 1 || width < 1 || !isPossible(height, width)) {
      throw new IllegalArgumentException(
          ("image size: expected a height and width of at least 1 and at most %d pixels in all,"
                  + " got %dx%d.")
              .formatted(Limits.current().pixels(), height, width));
    }
  }

  /** Whether an image of some size keeps within the {@link Limits}. */
  public static boolean isPossible(long height, long width) {
    return width <= 0 || height <= Limits.current().pixels() / width;
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
