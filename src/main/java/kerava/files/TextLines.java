package kerava.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small files that are not to be trusted, read as a whole. */
public final class TextLines {
  private TextLines() {}

  /**
   * The lines of a small text in UTF-8, such as names of classes.
   *
   * @throws IOException if it is larger than the {@link Limits} say, is no such text, or cannot be
   *     read; the message names the file
   */
  public static List<String> read(Path file) throws IOException {
    byte[] bytes = bytes(file, Limits.current().metadataBytes());
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.lines().toList();
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": expected a text in UTF-8, got other bytes.", e);
    }
  }

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
