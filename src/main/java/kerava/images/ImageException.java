package kerava.images;

import java.io.IOException;

/** Bytes are not an image that can be read; the message says what they are. */
public final class ImageException extends IOException {
  private static final long serialVersionUID = 1;

  ImageException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
