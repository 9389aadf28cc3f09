package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.files.Json;
import kerava.files.ModelFormatException;

/** JSON documents inside model files. */
public final class JsonText {
  /** How much is repeated of what the library said. */
  private static final int QUOTED = 120;

  private JsonText() {}

  /**
   * Reads a document.
   *
   * @param where what holds it within the file, for error messages
   */
  public static JsonNode read(Path file, String where, byte[] text) throws ModelFormatException {
    try {
      return Json.read(text);
    } catch (IOException e) {
      String reason = Listed.cut(String.valueOf(e.getMessage()), QUOTED);
      throw new ModelFormatException(
          file, where + ": expected JSON, got something else: " + reason + ".", e);
    }
  }

  /** Writes a document, in one line as Keras does. */
  public static byte[] write(JsonNode node) {
    return Visible.json(node.toString()).getBytes(StandardCharsets.UTF_8);
  }
}
