package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.Kerava;
import kerava.ModelCard;
import kerava.StoredModel;
import kerava.files.ModelFormatException;
import kerava.images.Preprocessing;
import kerava.images.Scaling;
import kerava.saving.format.FileNames;

/** What an archive says beside its model: Keras' metadata, and Kerava's own. */
public final class CardJson {
  /**
   * The version that archives claim: the lowest whose layout Kerava writes. Keras 3 does not look
   * at it, and people who do learn what they need at least.
   */
  static final String KERAS_VERSION = "3.5.0";

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss");

  private CardJson() {}

  /** What Keras says of an archive: the version it needs, and the date. */
  public static ObjectNode metadata() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("keras_version", KERAS_VERSION);
    json.put("date_saved", DATE.format(LocalDateTime.now(java.time.ZoneId.systemDefault())));
    return json;
  }

  /** The member that Keras passes over. */
  public static ObjectNode write(StoredModel stored) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kerava_version", Kerava.version());
    ArrayNode names = json.putArray("class_names");
    stored.card().classNames().forEach(names::add);
    json.set("preprocessing", stored.model().preprocessing().toJson());
    return json;
  }

  /**
   * Reads what an archive says of itself.
   *
   * @param file the archive, for error messages
   * @param metadata Keras' metadata, if it is there
   * @param card Kerava's own, if it is there
   * @throws ModelFormatException if Kerava's own is damaged
   */
  public static ModelCard read(Path file, Optional<byte[]> metadata, Optional<byte[]> card)
      throws ModelFormatException {
    // Keras loads archives with any metadata or none.
    JsonNode about = metadata.isPresent() ? lenient(file, metadata.get()) : empty();
    Optional<String> keras = text(about, "keras_version").map(version -> "Keras " + version);
    if (card.isEmpty()) {
      return ModelCard.blank().written(keras, text(about, "date_saved"));
    }
    JsonNode own = JsonText.read(file, FileNames.CARD, card.get());
    Optional<String> kerava = text(own, "kerava_version").map(version -> "Kerava " + version);
    return new ModelCard(kerava.or(() -> keras), text(about, "date_saved"), names(own), List.of());
  }

  /**
   * The same model that expects images as its file says, if it says it.
   *
   * @throws ModelFormatException if it says what does not go with the model
   */
  public static StoredModel preprocessed(Path file, StoredModel stored, Optional<byte[]> card)
      throws ModelFormatException {
    if (card.isEmpty()) {
      return stored;
    }
    JsonNode own = JsonText.read(file, FileNames.CARD, card.get());
    try {
      if (own.path("preprocessing").isObject()) {
        return stored.preprocessing(Preprocessing.fromJson(own.path("preprocessing")));
      }
      return own.path("divisor").isNumber()
          ? stored.preprocessing(divided(stored.model().preprocessing(), own.path("divisor")))
          : stored;
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file, FileNames.CARD + ": " + e.getMessage(), e);
    }
  }

  /** What archives said before they said more: 255, or 1. */
  private static Preprocessing divided(Preprocessing how, JsonNode divisor) {
    if (divisor.asDouble() == 1) {
      return how.scaling(Scaling.NONE);
    }
    return how.scaling(divisor.asDouble() == 255 ? Scaling.UNIT : Scaling.parse(divisor.asText()));
  }

  private static JsonNode lenient(Path file, byte[] metadata) {
    try {
      return JsonText.read(file, FileNames.METADATA, metadata);
    } catch (ModelFormatException e) {
      return empty();
    }
  }

  private static JsonNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Optional<String> text(JsonNode json, String key) {
    return Optional.ofNullable(json.path(key).textValue());
  }

  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.path("class_names").forEach(name -> names.add(name.asText()));
    return names;
  }
}
