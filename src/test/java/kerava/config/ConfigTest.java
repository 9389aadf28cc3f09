package kerava.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class ConfigTest {
  /** Kinds of test. */
  private enum Color {
    RED,
    DARK_BLUE
  }

  /** A kind of objects. */
  private interface Part extends Configured {}

  private record Bolt(Config config) implements Part {
    static final Key<Integer> SIZE = Key.required("size", Codec.positive());
    static final Key<Color> COLOR = Key.of("color", Codec.choice(Color.class), Color.RED);
    static final Key<Optional<Double>> RATE = Key.optional("rate", Codec.between(0, 1));
    static final Key<Boolean> ODD = Key.only("odd", Codec.bool(), false);
    static final Key<Integer> NEW = Key.of("new", Codec.integer(), 3).quiet();
    static final Key<List<Integer>> HOLES = Key.of("holes", Codec.list(Codec.integer()), List.of());
    static final Schema<Bolt> SCHEMA =
        Schema.of("keras.parts", "HexBolt", Bolt::new, SIZE, COLOR, RATE, ODD, NEW, HOLES)
            .alias("Bolt");

    Bolt {
      if (config.get(SIZE) == 13) {
        throw new IllegalArgumentException("HexBolt size: expected another, got 13.");
      }
    }

    static Bolt of(int size) {
      return new Bolt(SCHEMA.config().with(SIZE, size));
    }

    @Override
    public Schema<Bolt> schema() {
      return SCHEMA;
    }
  }

  private record Nut(Config config) implements Part {
    static final Schema<Nut> SCHEMA = Schema.of("keras.parts", "Nut", Nut::new);

    @Override
    public Schema<Nut> schema() {
      return SCHEMA;
    }
  }

  private static final Catalog CATALOG =
      Catalog.empty().with(Part.class, Set.of(Bolt.SCHEMA, Nut.SCHEMA));
  private static final Codec<Part> PART = Codec.object(Part.class);

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private static <T> T read(Codec<T> codec, String text) {
    return codec.read(Source.root(json(text), CATALOG));
  }

  private static <T> void bothWays(Codec<T> codec, T value, String text) {
    assertEquals(json(text), json(codec.write(value).toString()));
    assertEquals(value, read(codec, text));
    assertTrue(codec.accepts(value));
  }

  private static void refused(String message, Executable code) {
    assertEquals(message, assertThrows(ConfigException.class, code).getMessage());
  }

  @Test
  void writesAndReadsEveryKindOfValue() {
    bothWays(Codec.bool(), true, "true");
    bothWays(Codec.integer(), -3, "-3");
    bothWays(Codec.positive(), 1, "1");
    bothWays(Codec.number(), 1e-7, "1e-7");
    bothWays(Codec.between(0, 1), 0.0, "0.0");
    bothWays(Codec.atLeastZero(), 2.5, "2.5");
    bothWays(Codec.text(), "größe \"1\"", "'größe \\'1\\''");
    bothWays(Codec.choice(Color.class), Color.DARK_BLUE, "'dark_blue'");
    bothWays(Codec.nullable(Codec.integer()), Optional.of(5), "5");
    bothWays(Codec.nullable(Codec.integer()), Optional.empty(), "null");
    bothWays(Codec.list(Codec.integer()), List.of(1, 2), "[1, 2]");
    bothWays(Codec.list(Codec.integer()), List.of(), "[]");
  }

  @Test
  void numbersStayFloatsInJsonAndWholeNumbersMayBeWrittenAsFloats() {
    assertEquals("1.0", Codec.number().write(1.0).toString());
    assertEquals(1.0, read(Codec.number(), "1"));
    assertEquals(3, read(Codec.integer(), "3.0"));
  }

  @Test
  void refusesOtherValuesWithTheirAddress() {
    refused("$: expected true or false, got 1.", () -> read(Codec.bool(), "1"));
    refused("$: expected a whole number, got 1.5.", () -> read(Codec.integer(), "1.5"));
    refused(
        "$: expected a whole number, got 3000000000.", () -> read(Codec.integer(), "3000000000"));
    refused("$: expected a whole number, got \"1\".", () -> read(Codec.integer(), "'1'"));
    refused("$: expected a whole number of at least 1, got 0.", () -> read(Codec.positive(), "0"));
    refused("$: expected a number, got null.", () -> read(Codec.number(), "null"));
    refused(
        "$: expected a number from 0.0 to 1.0, got 1.5.", () -> read(Codec.between(0, 1), "1.5"));
    refused(
        "$: expected a number of at least 0, got -1.0.", () -> read(Codec.atLeastZero(), "-1.0"));
    refused("$: expected text, got 5.", () -> read(Codec.text(), "5"));
    refused(
        "$: expected one of red, dark_blue, got \"RED\".",
        () -> read(Codec.choice(Color.class), "'RED'"));
    refused(
        "$[1]: expected a whole number, got true.",
        () -> read(Codec.list(Codec.integer()), "[1, true]"));
    refused(
        "$: expected a list, each a whole number, got 1.",
        () -> read(Codec.list(Codec.integer()), "1"));
    refused(
        "$: expected a whole number, got true.",
        () -> read(Codec.nullable(Codec.integer()), "true"));
  }

  @Test
  void shortensWhatItQuotes() {
    String message =
        assertThrows(ConfigException.class, () -> read(Codec.bool(), "'" + "x".repeat(5000) + "'"))
            .getMessage();
    assertTrue(message.length() < 130 && message.endsWith("xxx...."), message);
  }

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
