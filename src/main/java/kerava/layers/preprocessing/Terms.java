package kerava.layers.preprocessing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kerava.config.Codec;
import kerava.config.Source;
import kerava.graph.Array;

/** Lists of terms, which are texts or whole numbers, as arrays of one dimension. */
final class Terms {
  private Terms() {}

  /** A list of texts. */
  static Codec<Array> texts() {
    String expected = "a list of texts";
    return Codec.of(
        expected,
        array -> {
          ArrayNode json = JsonNodeFactory.instance.arrayNode();
          Arrays.stream(array.texts()).forEach(json::add);
          return json;
        },
        source -> {
          String[] texts = new String[size(source, expected)];
          for (int i = 0; i < texts.length; i++) {
            if (!source.node().get(i).isTextual()) {
              throw source.item(i).refuse("text");
            }
            texts[i] = source.node().get(i).textValue();
          }
          return Array.of(texts, texts.length);
        });
  }

  /** A list of whole numbers. */
  static Codec<Array> numbers() {
    String expected = "a list of whole numbers";
    return Codec.of(
        expected,
        array -> {
          ArrayNode json = JsonNodeFactory.instance.arrayNode();
          Arrays.stream(array.longs()).forEach(json::add);
          return json;
        },
        source -> {
          long[] numbers = new long[size(source, expected)];
          for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number().read(source.item(i));
          }
          return Array.of(numbers, numbers.length);
        });
  }

  private static int size(Source source, String expected) {
    if (!source.node().isArray()) {
      throw source.refuse(expected);
    }
    return source.node().size();
  }

  /** One text, as an array without dimensions. */
  static Codec<Array> text() {
    return one(Codec.text());
  }

  /** One whole number, as an array without dimensions. */
  static Codec<Array> whole() {
    return one(number());
  }

  @SuppressWarnings("unchecked") // of the type that the codec reads
  private static <T> Codec<Array> one(Codec<T> codec) {
    return Codec.of(
        codec.expected(),
        term -> codec.write((T) list(term).get(0)),
        source -> single(codec.read(source)));
  }

  /** A whole number of 64 bits. */
  static Codec<Long> number() {
    String expected = "a whole number of 64 bits";
    return Codec.of(
        expected,
        JsonNodeFactory.instance::numberNode,
        source -> {
          if (!source.node().canConvertToExactIntegral() || !source.node().canConvertToLong()) {
            throw source.refuse(expected);
          }
          return source.node().longValue();
        });
  }

  /** One term as an array without dimensions. */
  static Array single(Object term) {
    return term instanceof String text
        ? Array.of(new String[] {text})
        : Array.of(new long[] {(Long) term});
  }

  /** Terms as an array. */
  static Array array(Array.Type type, List<?> terms) {
    return type == Array.Type.STRING
        ? Array.of(terms.toArray(String[]::new), terms.size())
        : Array.of(terms.stream().mapToLong(term -> (Long) term).toArray(), terms.size());
  }

  /** The terms one by one: String or Long. */
  static List<Object> list(Array terms) {
    Stream<?> each =
        terms.type() == Array.Type.STRING
            ? Arrays.stream(terms.texts())
            : LongStream.of(terms.longs()).boxed();
    return new ArrayList<>(each.toList());
  }
}
