package kerava.saving;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.Untrusted;
import kerava.interop.Archives;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions of models that are not as Keras writes them, at any place in them. */
final class UntrustedConfigTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String INPUT =
      "{\"class_name\":\"InputLayer\",\"config\":{\"batch_shape\":[null,4]}}";

  @TempDir Path folder;

  /** What is loaded once counts for no file. */
  @BeforeAll
  static void readASoundOne() throws IOException {
    KerasArchive.read(KerasFixtures.file("own_3.8.0.keras"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "3",
        "-1",
        "9999999999999",
        "1e308",
        "true",
        "\"x\"",
        "[]",
        "{}",
        "[null]",
        "{\"class_name\":null}",
        "{\"class_name\":\"Dense\",\"config\":null}"
      })
  void anyValueAtAnyPlace(String value) throws Exception {
    for (String name : List.of("keras2_nested.keras", "keras3_shared.keras")) {
      Map<String, byte[]> members = new LinkedHashMap<>(Archives.unpack(KerasFixtures.file(name)));
      JsonNode config = MAPPER.readTree(members.get("config.json"));
      Path file = folder.resolve("x.keras");
      List<JsonNode> owners = new ArrayList<>(List.of(config));
      for (int i = 0; i < owners.size(); i++) {
        owners.get(i).forEach(owners::add);
      }
      int turn = Math.floorMod(value.hashCode(), 29);
      for (JsonNode owner : owners) {
        for (Object place : places(owner)) {
          if (turn++ % 29 != 0) {
            continue;
          }
          JsonNode before = put(owner, place, MAPPER.readTree(value));
          members.put("config.json", MAPPER.writeValueAsBytes(config));
          Archives.pack(members, file);
          Untrusted.read(file, () -> KerasArchive.read(file));
          put(owner, place, before);
        }
      }
    }
  }

  private static List<Object> places(JsonNode owner) {
    List<Object> places = new ArrayList<>();
    owner.fieldNames().forEachRemaining(places::add);
    for (int i = 0; owner.isArray() && i < owner.size(); i++) {
      places.add(i);
    }
    return places;
  }

  private static JsonNode put(JsonNode owner, Object place, JsonNode value) {
    if (place instanceof String name) {
      return ((ObjectNode) owner).replace(name, value);
    }
    JsonNode before = owner.get((Integer) place);
    ((ArrayNode) owner).set((Integer) place, value);
    return before;
  }

  private void refuse(String words, String config) throws Exception {
    Map<String, byte[]> members =
        new LinkedHashMap<>(Archives.unpack(KerasFixtures.file("own_3.8.0.keras")));
    members.put("config.json", config.getBytes(UTF_8));
    Path file = Archives.pack(members, folder.resolve("x.keras"));
    Untrusted.refuse(words, file, () -> KerasArchive.read(file));
  }

  private static String sequential(String layers) {
    return "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":["
        + INPUT
        + layers
        + "]}}";
  }

  @Test
  void placesWhoseNamesAreLong() throws Exception {
    StringBuilder start = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      start.append("{\"").append("k".repeat(9_000)).append("\":");
    }
    String inner = "[" + "{\"class_name\":\"Dense\",\"config\":{}},".repeat(15_000) + "0]";
    refuse(
        "$.config.layers: expected a list of layers, got null",
        "{\"class_name\":\"Sequential\",\"x\":"
            + start
            + inner
            + "}".repeat(150)
            + ",\"config\":{}}");
  }

  @Test
  void longNamesOfClassesAndLayers() throws Exception {
    String name = "D".repeat(1_500_000);
    refuse(
        "$.config.layers[1].class_name: expected one of",
        sequential(",{\"class_name\":\"" + name + "\",\"config\":{}}"));
    refuse(
        "expected",
        sequential(
            ",{\"class_name\":\"Dense\",\"config\":{\"units\":3,\"name\":\"" + name + "\"}}"));
  }

  @Test
  void manySmallObjects() throws Exception {
    refuse(
        "config.json: expected JSON, got something else: more than -Dkerava.limits.json-depth",
        "{\"x\":[" + "{},".repeat(150_000) + "0]}");
    refuse(
        "$.class_name: expected one of Sequential",
        "{\"x\":[" + "{\"a\":0},".repeat(49_000) + "0]}");
  }

  @Test
  void shapesWhoseProductsOverflow() throws Exception {
    refuse("expected", sequential(",{\"class_name\":\"Dense\",\"config\":{\"units\":2147483647}}"));
  }
}
