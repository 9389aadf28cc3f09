package kerava.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConfigTest extends ConfigFixture {
  @Test
  void writesObjectsInKerasWrapper() {
    bothWays(
        PART,
        Bolt.of(2),
        "{'module': 'keras.parts', 'class_name': 'HexBolt', 'config': {'size': 2, 'color': 'red',"
            + " 'rate': null, 'odd': false, 'holes': []}, 'registered_name': null}");
    assertEquals(
        List.of("size", "color", "rate", "odd", "holes"),
        List.copyOf(iterated(Bolt.SCHEMA.write(Bolt.of(2).config()))));
  }

  private static List<String> iterated(JsonNode node) {
    List<String> names = new java.util.ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void readsObjectsByAllTheirNames() {
    for (String name : List.of("HexBolt", "hex_bolt", "Bolt")) {
      assertEquals(Bolt.of(4), read(PART, "{'class_name': '" + name + "', 'config': {'size': 4}}"));
    }
    for (String nut : List.of("'Nut'", "'nut'", "{'class_name': 'Nut'}")) {
      assertEquals(new Nut(Nut.SCHEMA.config()), read(PART, nut));
    }
    assertEquals(Set.of("HexBolt", "Nut"), Set.copyOf(CATALOG.names(Part.class)));
    assertTrue(CATALOG.find(Part.class, "screw").isEmpty());
    assertTrue(CATALOG.find(Configured.class, "Nut").isEmpty());
  }

  @Test
  void refusesObjectsOfNoKnownClass() {
    refused(
        "$.class_name: expected one of [HexBolt, Nut], got \"Screw\".",
        () -> read(PART, "{'class_name': 'Screw', 'config': {}}"));
    refused("$: expected one of [HexBolt, Nut], got \"Screw\".", () -> read(PART, "'Screw'"));
    refused("$: expected a Keras part, got 5.", () -> read(PART, "5"));
    refused("$: expected a Keras part, got {}.", () -> read(PART, "{}"));
    refused(
        "$.config: expected the config of a Nut, got [].",
        () -> read(PART, "{'class_name': 'Nut', 'config': []}"));
  }

  private static void refusedConfig(String message, String config) {
    refused(message, () -> read(PART, "{'class_name': 'HexBolt', 'config': " + config + "}"));
  }

  @Test
  void refusesConfigsWithTheirAddress() {
    refusedConfig(
        "$.config.weight: expected one of the keys of HexBolt [size, color, rate, odd, new,"
            + " holes], got another.",
        "{'size': 1, 'weight': 3}");
    refusedConfig(
        "$.config.size: expected a whole number of at least 1, got nothing.", "{'color': 'red'}");
    refusedConfig("$.config.size: expected a whole number of at least 1, got -1.", "{'size': -1}");
    refusedConfig(
        "$.config.holes[2]: expected a whole number, got \"x\".",
        "{'size': 1, 'holes': [1, 2, 'x']}");
    refusedConfig(
        "$.config.odd: expected only false (Kerava supports no other), got true.",
        "{'size': 1, 'odd': true}");
    refusedConfig(
        "$.config: expected arguments that go together, got HexBolt size: expected another, got"
            + " 13.",
        "{'size': 13}");
  }

  @Test
  void anObjectWithARequiredKeyCannotBeReadFromItsNameAlone() {
    refused("$: expected a config with [size], got \"HexBolt\".", () -> read(PART, "'HexBolt'"));
    refused(
        "$: expected a config with [size], got {\"class_name\":\"HexBolt\"}.",
        () -> read(PART, "{'class_name': 'HexBolt'}"));
  }

  @Test
  void writesQuietKeysOnlyWhereTheyDiffer() {
    assertFalse(Bolt.SCHEMA.write(Bolt.of(1).config()).has("new"));
    Config changed = Bolt.of(1).config().with(Bolt.NEW, 4);
    assertEquals(4, Bolt.SCHEMA.write(changed).get("new").intValue());
    assertEquals(
        changed, Bolt.SCHEMA.read(Source.root(json("{'size': 1, 'new': 4}"), CATALOG)).config());
  }

  @Test
  void configsAreEqualIfTheyMeanTheSame() {
    Config plain = Bolt.of(1).config();
    Config back = plain.with(Bolt.COLOR, Color.DARK_BLUE).with(Bolt.COLOR, Color.RED);
    assertEquals(plain, back);
    assertEquals(plain.hashCode(), back.hashCode());
    assertNotEquals(plain, plain.with(Bolt.COLOR, Color.DARK_BLUE));
    assertNotEquals(Config.of("a"), Config.of("b"));
    assertEquals(
        plain.with(Bolt.RATE, Optional.of(0.5)).with(Bolt.NEW, 1),
        plain.with(Bolt.NEW, 1).with(Bolt.RATE, Optional.of(0.5)));
    assertEquals(
        "HexBolt(size=1, color=DARK_BLUE)", plain.with(Bolt.COLOR, Color.DARK_BLUE).toString());
  }

  @Test
  void refusesArgumentsOnTheUsersLine() {
    Config config = Bolt.of(1).config();
    assertEquals(
        "HexBolt size: expected a whole number of at least 1, got 0.",
        assertThrows(IllegalArgumentException.class, () -> config.with(Bolt.SIZE, 0)).getMessage());
    assertEquals(
        "HexBolt rate: expected a number from 0.0 to 1.0 or nothing, got 2.0.",
        assertThrows(IllegalArgumentException.class, () -> config.with(Bolt.RATE, Optional.of(2.0)))
            .getMessage());
    assertEquals(
        "HexBolt: expected a value for size, got none.",
        assertThrows(IllegalStateException.class, () -> Bolt.SCHEMA.config().get(Bolt.SIZE))
            .getMessage());
  }
}
