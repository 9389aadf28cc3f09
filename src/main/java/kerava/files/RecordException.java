package kerava.files;

import java.io.IOException;
import java.nio.file.Path;

/** A file of records is damaged, or none; the message names the file and the byte. */
public final class RecordException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * A damaged place.
   *
   * @param file the file
   * @param offset where the record begins that cannot be read, in bytes
   * @param found what stands there instead of a record
   */
  public RecordException(Path file, long offset, String found) {
    super(
        file
            + ", byte "
            + offset
            + ": expected a record with checksums that hold, got "
            + found
            + ". Is the file complete and undamaged?");
  }
}
