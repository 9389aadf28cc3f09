package kerava.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are not to be trusted and fit into memory, read as a whole. */
public final class SmallFile {
  private SmallFile() {}

  /**
   * All bytes of a file.
   *
   * @param most how many there may be
   * @throws IOException if there are more, or it cannot be read; the message names the file
   */
  public static byte[] bytes(Path file, int most) throws IOException {
    long size = Files.size(file);
    if (size > most) {
      throw new IOException("%s: expected at most %d bytes, got %d.".formatted(file, most, size));
    }
    return Files.readAllBytes(file);
  }
}
