package kerava.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;

/** Objects with arguments, and the catalog that knows them. */
abstract class ConfigFixture {
  /** Kinds of test. */
  enum Color {
    RED,
    DARK_BLUE
  }

  /** A kind of objects. */
  interface Part extends Configured {}

  record Bolt(Config config) implements Part {
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

  record Nut(Config config) implements Part {
    static final Schema<Nut> SCHEMA = Schema.of("keras.parts", "Nut", Nut::new);

    @Override
    public Schema<Nut> schema() {
      return SCHEMA;
    }
  }

  static final Catalog CATALOG = Catalog.empty().with(Part.class, Set.of(Bolt.SCHEMA, Nut.SCHEMA));
  static final Codec<Part> PART = Codec.object(Part.class);

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  static <T> T read(Codec<T> codec, String text) {
    return codec.read(Source.root(json(text), CATALOG));
  }

  static <T> void bothWays(Codec<T> codec, T value, String text) {
    assertEquals(json(text), json(codec.write(value).toString()));
    assertEquals(value, read(codec, text));
    assertTrue(codec.accepts(value));
  }

  static void refused(String message, Executable code) {
    assertEquals(message, assertThrows(ConfigException.class, code).getMessage());
  }
}
