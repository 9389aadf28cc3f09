package kerava.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How one type of value is written to JSON and read from it, and which values are right.
 *
 * @param <T> the type of the value
 */
public final class Codec<T> {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String expected;
  private final Function<T, JsonNode> writer;
  private final Function<Source, T> reader;
  private final Predicate<T> accepts;

  private Codec(
      String expected,
      Function<T, JsonNode> writer,
      Function<Source, T> reader,
      Predicate<T> accepts) {
    this.expected = expected;
    this.writer = writer;
    this.reader = reader;
    this.accepts = accepts;
  }

  /**
   * A codec made of its two directions.
   *
   * @param expected the values in words, for error messages: "a whole number"
   * @param writer writes a value
   * @param reader reads a value, or refuses it with {@link Source#refuse}
   */
  public static <T> Codec<T> of(
      String expected, Function<T, JsonNode> writer, Function<Source, T> reader) {
    return new Codec<>(expected, writer, reader, value -> true);
  }

  /** The same codec for fewer values. */
  public Codec<T> where(String expected, Predicate<T> predicate) {
    return new Codec<>(expected, writer, reader, accepts.and(predicate));
  }

  /** The same codec for a single value. */
  Codec<T> only(T value) {
    return where("only " + writer.apply(value) + " (Kerava supports no other)", value::equals);
  }

  /** {@code true} or {@code false}. */
  public static Codec<Boolean> bool() {
    return node("true or false", JSON::booleanNode, JsonNode::isBoolean, JsonNode::booleanValue);
  }

  /** A whole number. */
  public static Codec<Integer> integer() {
    return node(
        "a whole number",
        JSON::numberNode,
        node -> node.canConvertToExactIntegral() && node.canConvertToInt(),
        JsonNode::intValue);
  }

  /** A whole number of at least 1. */
  public static Codec<Integer> positive() {
    return integer().where("a whole number of at least 1", value -> value >= 1);
  }

  /** A finite number. */
  public static Codec<Double> number() {
    return node("a number", Codec::numberNode, JsonNode::isNumber, JsonNode::doubleValue)
        .where("a number", value -> !value.isNaN() && !value.isInfinite());
  }

  /** A number within bounds, both included. */
  public static Codec<Double> between(double least, double most) {
    return number()
        .where("a number from " + least + " to " + most, value -> value >= least && value <= most);
  }

  /** A number of at least 0. */
  public static Codec<Double> atLeastZero() {
    return number().where("a number of at least 0", value -> value >= 0);
  }

  /** Text. */
  public static Codec<String> text() {
    return node("text", JSON::textNode, JsonNode::isTextual, JsonNode::textValue);
  }

  /**
   * One of an enum's constants, by its name in lower case.
   *
   * @param type the enum
   */
  public static <E extends Enum<E>> Codec<E> choice(Class<E> type) {
    return choice(List.of(type.getEnumConstants()));
  }

  /**
   * One of some constants of an enum, by its name in lower case.
   *
   * @param values the constants
   */
  public static <E extends Enum<E>> Codec<E> choice(List<E> values) {
    String expected =
        "one of " + values.stream().map(Codec::lower).collect(Collectors.joining(", "));
    return of(
            expected,
            (E value) -> JSON.textNode(lower(value)),
            source ->
                values.stream()
                    .filter(value -> lower(value).equals(source.node().textValue()))
                    .findFirst()
                    .orElseThrow(() -> source.refuse(expected)))
        .where(expected, values::contains);
  }

  /** A value that may be absent, which is {@code null} in JSON. */
  public static <T> Codec<Optional<T>> nullable(Codec<T> codec) {
    return new Codec<>(
        codec.expected + " or nothing",
        value -> value.map(codec.writer).orElse(NullNode.getInstance()),
        source -> source.node().isNull() ? Optional.empty() : Optional.of(codec.read(source)),
        value -> value.map(codec::accepts).orElse(true));
  }

  /** A list. */
  public static <T> Codec<List<T>> list(Codec<T> codec) {
    return new Codec<>(
        "a list, each " + codec.expected,
        values -> {
          ArrayNode array = JSON.arrayNode();
          values.forEach(value -> array.add(codec.write(value)));
          return array;
        },
        source -> readItems(source, codec),
        values -> values.stream().allMatch(codec::accepts));
  }

  /** One value or a list of them; a list of one is written as the value alone. */
  public static <T> Codec<List<T>> oneOrMany(Codec<T> codec) {
    return new Codec<>(
        codec.expected + " or a list of such",
        values -> values.size() == 1 ? codec.write(values.get(0)) : list(codec).write(values),
        source -> source.node().isArray() ? readItems(source, codec) : List.of(codec.read(source)),
        values -> !values.isEmpty() && values.stream().allMatch(codec::accepts));
  }

  private static <T> List<T> readItems(Source source, Codec<T> codec) {
    if (!source.node().isArray()) {
      throw source.refuse("a list, each " + codec.expected);
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < source.node().size(); i++) {
      values.add(codec.read(source.item(i)));
    }
    return List.copyOf(values);
  }

  /**
   * An object of a class in the catalog, as Keras wraps it: {@code {module, class_name, config,
   * registered_name}}; its class name alone is read as one with all defaults.
   *
   * @param kind the common type of the classes
   */
  public static <K extends Configured> Codec<K> object(Class<K> kind) {
    return of(
        ObjectJson.expected(kind), ObjectJson::write, source -> ObjectJson.read(source, kind));
  }

  /** Writes a value. */
  public JsonNode write(T value) {
    return writer.apply(value);
  }

  /**
   * Reads a value.
   *
   * @throws ConfigException if the JSON is no value of this codec
   */
  public T read(Source source) {
    T value = reader.apply(source);
    if (!accepts.test(value)) {
      throw source.refuse(expected);
    }
    return value;
  }

  /** Whether a value is one of this codec's. */
  public boolean accepts(T value) {
    return accepts.test(value);
  }

  /** The values in words. */
  public String expected() {
    return expected;
  }

  private static <T> Codec<T> node(
      String expected,
      Function<T, JsonNode> writer,
      Predicate<JsonNode> is,
      Function<JsonNode, T> reader) {
    return of(
        expected,
        writer,
        source -> {
          if (!is.test(source.node())) {
            throw source.refuse(expected);
          }
          return reader.apply(source.node());
        });
  }

  // A float such as a learning rate must stay a float in JSON: Keras refuses "1" where it wants
  // 1.0.
  private static JsonNode numberNode(Double value) {
    return JSON.numberNode(value);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
