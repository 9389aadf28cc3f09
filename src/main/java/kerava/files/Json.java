package kerava.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON documents that are not to be trusted: read within the {@link Limits}. */
public final class Json {
  /** Letters of a name in a document; Keras' own have 40, and names of layers stand there too. */
  private static final int NAME = 10_000;

  /** Digits of a number; Python writes 17. */
  private static final int DIGITS = 1_000;

  /** Letters that a name or a value takes at least, on average, in a long document. */
  private static final int LETTERS = 8;

  /** The library's own word against names that are made to collide. */
  private static final String COLLIDING = "names that hinder reading";

  private Json() {}

  /**
   * Reads a document.
   *
   * @throws IOException if it is no JSON, names a key twice, or breaks the limits; the message is a
   *     part of a sentence, and names no file
   */
  public static JsonNode read(byte[] text) throws IOException {
    try {
      return Holder.MAPPER.readTree(new String(text, StandardCharsets.UTF_8));
    } catch (StreamConstraintsException e) {
      Limits limits = Limits.current();
      throw new IOException(
          "more than -Dkerava.limits.json-depth=%d or -Dkerava.limits.json-tokens=%d allow"
              .formatted(limits.jsonDepth(), limits.jsonTokens()),
          e);
    } catch (JsonProcessingException e) {
      throw new IOException(e.getOriginalMessage(), e);
    } catch (IllegalStateException e) {
      throw new IOException(COLLIDING, e);
    }
  }

  /**
   * A text of an object, of which nothing else is kept.
   *
   * @return empty if the document is no object or has no such text
   * @throws IOException if it is no JSON, or breaks the limits
   */
  public static String text(byte[] object, String key) throws IOException {
    String found = "";
    try (JsonParser parser =
        Holder.MAPPER.createParser(new String(object, StandardCharsets.UTF_8))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return found;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(key);
        if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
          found = parser.getText();
        }
        parser.skipChildren();
      }
      return found;
    } catch (IllegalStateException e) {
      throw new IOException(COLLIDING, e);
    }
  }

  /**
   * Reads a document that may be as long as its file, such as the history of a training.
   *
   * @throws IOException if it is no JSON, or holds more names and values than a text of its length
   *     does
   */
  public static JsonNode readLong(byte[] text) throws IOException {
    Limits limits = Limits.current();
    int tokens = limits.jsonTokens() + text.length / LETTERS;
    try {
      // Of bytes Jackson would guess the character set.
      return mapper(limits.jsonDepth(), tokens, Integer.MAX_VALUE)
          .readTree(new String(text, StandardCharsets.UTF_8));
    } catch (IllegalStateException e) {
      throw new IOException(COLLIDING, e);
    }
  }

  private static final class Holder {
    private static final JsonMapper MAPPER =
        mapper(
            Limits.current().jsonDepth(),
            Limits.current().jsonTokens(),
            Limits.current().jsonBytes());
  }

  private static JsonMapper mapper(int depth, int tokens, int letters) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(depth)
            .maxTokenCount(tokens)
            .maxStringLength(letters)
            .maxNameLength(NAME)
            .maxNumberLength(DIGITS)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        // Python writes NaN and Infinity; the codecs refuse them with their path.
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
