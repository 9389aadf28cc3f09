package kerava.saving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kerava.config.Visible;

/** JSON documents inside model files. */
final class JsonText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(Limits.JSON_DEPTH).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Python writes NaN and Infinity; the codecs refuse them with their path.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonText() {}

  /**
   * Reads a document.
   *
   * @param where what holds it within the file, for error messages
   */
  static JsonNode read(Path file, String where, byte[] text) throws ModelFormatException {
    try {
      return MAPPER.readTree(new String(text, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(
          file, where + ": expected JSON, got something else: " + e.getOriginalMessage() + ".", e);
    }
  }

  /** Writes a document, in one line as Keras does. */
  static byte[] write(JsonNode node) {
    return Visible.json(node.toString()).getBytes(StandardCharsets.UTF_8);
  }
}
