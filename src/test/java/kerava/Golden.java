package kerava;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.StreamSupport;

/** What Python Keras gave, from {@code src/test/resources/golden}; see {@code tools/golden}. */
public final class Golden {
  private Golden() {}

  /** A file of goldens. */
  public static JsonNode read(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
      assertNotNull(in, file);
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
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
