package kerava.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
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
    } catch (JsonProcessingException e) {
      throw new IOException(e.getOriginalMessage(), e);
    } catch (IllegalStateException e) {
      // The library's own word against names that are made to collide.
      throw new IOException("names that hinder reading", e);
    }
  }

  private static final class Holder {
    private static final JsonMapper MAPPER = mapper(Limits.current());

    private static JsonMapper mapper(Limits limits) {
      StreamReadConstraints constraints =
          StreamReadConstraints.builder()
              .maxNestingDepth(limits.jsonDepth())
              .maxTokenCount(limits.jsonTokens())
              .maxStringLength(limits.jsonBytes())
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
}
