package kerava;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** What Python Keras gave, from {@code src/test/resources/golden}; see {@code tools/golden}. */
public final class Golden {
  /** Files of calls of layers, which all have the form that tools/golden/layers.py gives them. */
  public static final List<String> LAYERS =
      List.of(
          "layers.json",
          "layers_nd.json",
          "augmentation.json",
          "sound.json",
          "products.json",
          "attention_layers.json",
          "recurrent.json");

  /** Files of cases of many kinds: losses, metrics, optimizers. */
  public static final List<String> KINDS =
      List.of(
          "keras_goldens.json",
          "losses_and_metrics.json",
          "metrics.json",
          "losses.json",
          "optimizers.json");

  private Golden() {}

  /** A file of goldens, as it is or in gzip: {@code layers.json} or {@code layers.json.gz}. */
  public static JsonNode read(String file) {
    try (InputStream in = open(file)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }

  private static InputStream open(String file) throws IOException {
    InputStream plain = Golden.class.getResourceAsStream("/golden/" + file);
    if (plain != null) {
      return plain;
    }
    InputStream packed = Golden.class.getResourceAsStream("/golden/" + file + ".gz");
    assertNotNull(packed, file);
    return new GZIPInputStream(packed);
  }

  /** The elements of a JSON array. */
  public static List<JsonNode> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** The numbers of a JSON array. */
  public static float[] floats(JsonNode array) {
    float[] numbers = new float[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).floatValue();
    }
    return numbers;
  }
}
