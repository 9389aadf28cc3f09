package kerava.files;

import java.io.IOException;
import java.io.Serial;

/** Somebody else writes at a place that only one may write at; the message says who. */
public final class InUseException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final String holder;

  InUseException(String message, String holder) {
    super(message);
    this.holder = holder;
  }

  /** Who it is: {@code process 4711 on host since 2026-11-27T18:20:43Z}. */
  public String holder() {
    return holder;
  }
}
