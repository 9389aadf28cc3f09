package kerava.layers.preprocessing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import kerava.config.Codec;
import kerava.config.Source;

/**
 * How many neighbouring terms are taken for one.
 *
 * @param widths each number of neighbours
 * @param upTo whether these are all from 1 on, which Keras writes as the largest alone
 */
record Ngrams(List<Integer> widths, boolean upTo) {
  private static final String EXPECTED = "a whole number of at least 1, or a list of such";

  static final Codec<Ngrams> CODEC = Codec.of(EXPECTED, Ngrams::toJson, Ngrams::read);

  static Ngrams upTo(int width) {
    if (width < 1) {
      throw new IllegalArgumentException(
          "TextVectorization ngrams: expected " + EXPECTED + ", got " + width + ".");
    }
    return new Ngrams(Tokens.upTo(width), true);
  }

  private JsonNode toJson() {
    if (upTo) {
      return JsonNodeFactory.instance.numberNode(widths.size());
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    widths.forEach(list::add);
    return list;
  }

  private static Ngrams read(Source source) {
    if (!source.node().isArray()) {
      return upTo(Codec.positive().read(source));
    }
    List<Integer> widths = new ArrayList<>(Codec.list(Codec.positive()).read(source));
    if (widths.isEmpty()) {
      throw source.refuse(EXPECTED);
    }
    return new Ngrams(List.copyOf(widths), false);
  }
}
