package kerava.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits and their Java options. */
final class LimitsTest {
  @Test
  void eachHasAnOptionOfItsName() {
    assertEquals(Limits.DEFAULTS, Limits.of(name -> null));
    Limits counted = Limits.of(name -> String.valueOf(name.length()));
    assertEquals("kerava.limits.pixels".length(), counted.pixels());
    assertEquals("kerava.limits.json-depth".length(), counted.jsonDepth());
    assertEquals("kerava.limits.json-tokens".length(), counted.jsonTokens());
    assertEquals("kerava.limits.json-bytes".length(), counted.jsonBytes());
    assertEquals("kerava.limits.metadata-bytes".length(), counted.metadataBytes());
    assertEquals("kerava.limits.vocabulary-bytes".length(), counted.vocabularyBytes());
    assertEquals("kerava.limits.layers".length(), counted.layers());
    assertEquals("kerava.limits.members".length(), counted.members());
    assertEquals("kerava.limits.unpacking".length(), counted.unpacking());
    assertEquals("kerava.limits.hdf5-arrays".length(), counted.hdf5Arrays());
    assertEquals("kerava.limits.pickle-steps".length(), counted.pickleSteps());
    assertEquals("kerava.limits.features".length(), counted.features());
    assertEquals("kerava.limits.classes".length(), counted.classes());
    assertEquals("kerava.limits.constants".length(), counted.constants());
    assertEquals(7, Limits.of(Map.of("kerava.limits.layers", "7")::get).layers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1e6", "x", "2147483647", "99999999999999999999"})
  void otherThanWholeNumbersAreRefused(String text) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Limits.of(Map.of("kerava.limits.pixels", text)::get))
            .getMessage();
    assertTrue(
        message.startsWith("-Dkerava.limits.pixels: expected a whole number from 1 to"), message);
  }

  @Test
  void documentsKeepWithinThem() throws IOException {
    assertEquals("[1]", Json.read("[1]".getBytes(UTF_8)).toString());
    int tokens = Limits.DEFAULTS.jsonTokens();
    for (String text :
        new String[] {
          "[".repeat(300) + "]".repeat(300),
          "[" + "0,".repeat(tokens) + "0]",
          "{\"" + "k".repeat(20_000) + "\":0}",
          "1".repeat(2_000)
        }) {
      String message =
          assertThrows(IOException.class, () -> Json.read(text.getBytes(UTF_8))).getMessage();
      assertTrue(message.contains("json-depth=200"), message);
    }
    assertEquals(
        "x",
        Json.text("{\"a\":{\"name\":\"y\"},\"name\":\"x\",\"b\":[1]}".getBytes(UTF_8), "name"));
    assertEquals("", Json.text("[1]".getBytes(UTF_8), "name"));
    byte[] history = ("[" + "12345.678,".repeat(tokens) + "0]").getBytes(UTF_8);
    assertEquals(tokens + 1, Json.readLong(history).size());
    byte[] dense = ("[" + "{},".repeat(2 * tokens) + "0]").getBytes(UTF_8);
    assertThrows(IOException.class, () -> Json.readLong(dense));
  }
}
