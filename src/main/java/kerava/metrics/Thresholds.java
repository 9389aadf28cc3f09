package kerava.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.config.Codec;
import kerava.config.Source;

/**
 * Numbers that predictions are compared with.
 *
 * @param values the numbers, each from 0 to 1
 * @param form how they stand in a config
 */
record Thresholds(List<Double> values, Form form) {
  /** How thresholds stand in a config. */
  enum Form {
    /** Not at all. */
    NONE,
    /** As a number. */
    NUMBER,
    /** As a list. */
    LIST
  }

  /** None said. */
  static final Thresholds NONE = new Thresholds(List.of(), Form.NONE);

  private static final Codec<Double> NUMBER = Codec.between(0, 1);
  private static final Codec<List<Double>> NUMBERS = Codec.list(NUMBER);

  Thresholds {
    values = List.copyOf(values);
  }

  /** So many at equal distances, from 0 to 1, both included. */
  static List<Double> even(int count) {
    return IntStream.range(0, count).mapToObj(i -> i * 1.0 / (count - 1)).toList();
  }

  /** Whether thresholds lie at equal distances from 0 to 1, as Keras decides it. */
  static boolean areEven(List<Double> values) {
    int last = values.size() - 1;
    return last >= 2
        && IntStream.rangeClosed(0, last)
            .allMatch(
                i -> {
                  float even = (float) i / last;
                  return Math.abs(values.get(i) - even) <= 1e-7 + 1e-5 * even;
                });
  }

  /** How thresholds stand in a config: nothing, a number or a list. */
  static Codec<Thresholds> codec() {
    return Codec.of(
            "a number from 0 to 1, or a list of such",
            thresholds ->
                switch (thresholds.form) {
                  case NONE -> NullNode.getInstance();
                  case NUMBER -> JsonNodeFactory.instance.numberNode(thresholds.values.get(0));
                  case LIST -> NUMBERS.write(thresholds.values);
                },
            Thresholds::read)
        .where(
            "a number from 0 to 1, or a list of such",
            thresholds ->
                NUMBERS.accepts(thresholds.values)
                    && thresholds.values.isEmpty() == (thresholds.form == Form.NONE));
  }

  private static Thresholds read(Source source) {
    if (source.node().isNull()) {
      return NONE;
    }
    return source.node().isArray()
        ? new Thresholds(NUMBERS.read(source), Form.LIST)
        : new Thresholds(List.of(NUMBER.read(source)), Form.NUMBER);
  }

  static Thresholds of(double... values) {
    Stream<Double> all = Arrays.stream(values).boxed();
    return new Thresholds(all.toList(), values.length == 1 ? Form.NUMBER : Form.LIST);
  }
}
