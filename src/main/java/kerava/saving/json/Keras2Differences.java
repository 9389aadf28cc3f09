package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** What Keras 3 computes otherwise than Keras 2 did, which wrote a file. */
public final class Keras2Differences {
  private static final String HARD_SIGMOID = "hard_sigmoid";

  private Keras2Differences() {}

  /**
   * A sentence for each difference that a model shows.
   *
   * @param model in {@link ConfigMigration plain} form
   * @param version of the Keras that wrote it, if that is known
   */
  public static List<String> remarks(JsonNode model, Optional<String> version) {
    return version.orElse("").startsWith("2.") && names(model, HARD_SIGMOID)
        ? List.of(
            "hard_sigmoid is computed as Keras 3 does, relu6(x + 3) / 6. Keras 2, which wrote the"
                + " file, computed 0.2 x + 0.5, so that its predictions were others.")
        : List.of();
  }

  private static boolean names(JsonNode node, String function) {
    if (node.isTextual()) {
      return node.textValue().equals(function);
    }
    for (JsonNode inner : node) {
      if (names(inner, function)) {
        return true;
      }
    }
    return false;
  }
}
