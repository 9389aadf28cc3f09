package kerava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import kerava.config.Catalog;
import kerava.config.Configured;
import kerava.config.Schema;
import kerava.config.Source;
import kerava.graph.Array;

/** One computation as Python Keras did it. */
public record KerasCase(JsonNode json) {
  /** The cases of a kind: loss, metric, optimizer, schedule. */
  public static List<KerasCase> all(String kind) {
    return Golden.KINDS.stream()
        .flatMap(name -> StreamSupport.stream(file(name).get("cases").spliterator(), false))
        .filter(json -> json.get("kind").asText().equals(kind))
        .map(KerasCase::new)
        .toList();
  }

  public static JsonNode file(String name) {
    return Golden.read(name);
  }

  public String name() {
    return json.get("name").asText();
  }

  public String className() {
    return json.path("class_name").asText();
  }

  /** The numbers under a name. */
  public Array array(String key) {
    return array(json.get(key));
  }

  public static Array array(JsonNode node) {
    JsonNode data = node.get("data");
    float[] values = new float[data.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) data.get(i).asDouble();
    }
    JsonNode shape = node.get("shape");
    long[] dimensions = new long[shape.size()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = shape.get(i).asLong();
    }
    return Array.of(values, dimensions);
  }

  /** The numbers under a name, as class numbers. */
  public Array classes(String key) {
    Array floats = array(key);
    int[] values = new int[floats.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) floats.floats()[i];
    }
    return Array.of(values, floats.shape().asArray());
  }

  /** Reads a config with the schema of this case's class. */
  public <T extends Configured> T read(
      List<? extends Schema<? extends T>> schemas, JsonNode config, Catalog catalog) {
    Schema<? extends T> schema =
        schemas.stream()
            .filter(each -> each.className().equals(className()))
            .findFirst()
            .orElseThrow();
    return schema.read(Source.root(config, catalog));
  }

  /** Fails unless all numbers are close to those that Python had. */
  public static void assertClose(Array expected, Array actual, double tolerance, String what) {
    assertEquals(expected.shape(), actual.shape(), what);
    float[] wanted = expected.floats();
    float[] got = actual.floats();
    for (int i = 0; i < wanted.length; i++) {
      double most = tolerance * Math.max(1, Math.abs(wanted[i]));
      int at = i;
      assertEquals(wanted[i], got[i], most, () -> what + " [" + at + "]");
    }
    assertArrayEquals(expected.shape().asArray(), actual.shape().asArray());
  }

  @Override
  public String toString() {
    return name();
  }
}
