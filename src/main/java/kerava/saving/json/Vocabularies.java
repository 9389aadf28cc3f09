package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import kerava.graph.Array;

/**
 * Moves vocabularies that were learned from data between the configs of layers, where Kerava has
 * them, and the files beside a model, where Keras does: one term a line.
 */
public final class Vocabularies {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> LOOKUPS =
      Set.of("string_lookup", "integer_lookup", "text_vectorization");

  private static final String VOCABULARY = "vocabulary";
  private static final String WEIGHTS = "idf_weights";
  private static final String GIVEN = "has_input_vocabulary";

  /** What Python's {@code splitlines} takes for the end of a line. */
  private static final Pattern LINE_END =
      Pattern.compile("\r\n|[\n\r\u000b\u000c\u001c\u001d\u001e\u0085\u2028\u2029]");

  private Vocabularies() {}

  /** Finds what stands beside a model. */
  public interface Finder {
    /**
     * The file of a layer's vocabulary, if there is one.
     *
     * @param place where the layer stands in Keras' files: {@code layers/string_lookup}
     */
    Optional<byte[]> terms(String place) throws IOException;

    /** The weights of a layer's terms, if there are any. */
    Optional<Array> weights(String place) throws IOException;
  }

  /** The file of the vocabulary of a layer that stands at a place. */
  public static String file(String place) {
    return place + "/vocabulary.txt";
  }

  /**
   * Fills in the vocabularies of a model, in {@link ConfigMigration plain} form, and of those
   * within it.
   *
   * @throws IllegalArgumentException if one is not of numbers where it should be
   */
  public static void fill(JsonNode model, Finder finder) throws IOException {
    LayerWalk.each(
        model,
        stop -> {
          ObjectNode config = stop.config();
          boolean lookup = LOOKUPS.contains(stop.kind());
          if (!lookup || config.path(VOCABULARY).isArray()) {
            return;
          }
          Optional<byte[]> file = finder.terms(stop.place());
          if (file.isPresent()) {
            List<String> terms = lines(new String(file.get(), StandardCharsets.UTF_8));
            boolean numbers = stop.kind().equals("integer_lookup");
            config.set(VOCABULARY, list(terms, numbers, stop.place()));
            config.put(GIVEN, false);
            fillWeights(config, terms.size(), finder.weights(stop.place()));
          }
        });
  }

  private static void fillWeights(ObjectNode config, int terms, Optional<Array> found) {
    if (weighted(config) && found.isPresent() && !config.path(WEIGHTS).isArray()) {
      // Keras fills them up with zeros where its rows are longer.
      ArrayNode weights = config.putArray(WEIGHTS);
      float[] all = found.get().floats();
      for (int i = 0; i < Math.min(terms, all.length); i++) {
        weights.add((double) all[i]);
      }
    }
  }

  private static boolean weighted(ObjectNode config) {
    return config.path("output_mode").asText().equals("tf_idf");
  }

  private static ArrayNode list(List<String> terms, boolean numbers, String place) {
    ArrayNode list = JSON.arrayNode();
    for (String term : terms) {
      if (!numbers) {
        list.add(term);
      } else if (term.matches("-?\\d{1,18}|-?[1-8]\\d{18}")) {
        list.add(Long.parseLong(term));
      } else {
        throw new IllegalArgumentException(
            file(place) + ": expected whole numbers of 64 bits, got \"" + term + "\".");
      }
    }
    return list;
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(LINE_END.split(text, -1)));
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  /**
   * Takes the vocabularies that were learned out of a model, as Kerava writes it. Those that Keras
   * would not read from a file stay, as where a term has an end of a line in it.
   *
   * @param model is changed
   * @param weights whether the weights of the terms are taken out as well
   * @return the files, by the places of the layers
   */
  public static Map<String, byte[]> take(ObjectNode model, boolean weights) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    LayerWalk.each(
        model,
        stop -> {
          ObjectNode config = stop.config();
          boolean learned = config.has(GIVEN) && !config.get(GIVEN).asBoolean();
          // Keras itself does not read weights of terms that it filled up with zeros.
          boolean filled = weighted(config) && config.path("pad_to_max_tokens").asBoolean();
          if (!LOOKUPS.contains(stop.kind()) || !learned || filled) {
            return;
          }
          List<String> terms = new ArrayList<>();
          config.get(VOCABULARY).forEach(term -> terms.add(term.asText()));
          String text = String.join("\n", terms);
          if (lines(text).equals(terms)) {
            files.put(stop.place(), text.getBytes(StandardCharsets.UTF_8));
            config.set(VOCABULARY, NullNode.getInstance());
            config.remove(GIVEN);
            if (weights) {
              config.set(WEIGHTS, NullNode.getInstance());
            }
          }
        });
    return files;
  }
}
