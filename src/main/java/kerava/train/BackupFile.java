package kerava.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kerava.OptimizerState;
import kerava.TrainingState;
import kerava.files.AtomicFile;
import kerava.files.Json;
import kerava.files.RecordReader;
import kerava.files.RecordWriter;
import kerava.graph.Array;
import kerava.graph.Weights;

/**
 * The file of a {@link Backup}: records with checksums, of which the first is JSON and each other
 * one an array.
 */
final class BackupFile {
  private static final String FORMAT = "kerava backup 2";
  private static final String TOTALS = "totals";
  private static final ObjectMapper JSON = new ObjectMapper();

  private BackupFile() {}

  /** Writes a backup, or leaves what was there. */
  static void write(Backup backup, Path file) throws IOException {
    List<Array> arrays = new ArrayList<>();
    byte[] head = JSON.writeValueAsBytes(json(backup, arrays));
    AtomicFile.write(
        file,
        draft -> {
          OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 18);
          try (RecordWriter writer = new RecordWriter(out)) {
            writer.write(head);
            for (Array array : arrays) {
              writer.write(ArrayBytes.of(array));
            }
          }
        });
  }

  private static ObjectNode json(Backup backup, List<Array> arrays) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.set("plan", backup.plan().json());
    json.set("progress", progress(backup.progress()));
    json.set(TOTALS, list(totals(backup.progress().totals()), arrays));
    OptimizerState optimizer = backup.state().optimizer();
    json.put("iterations", optimizer.iterations());
    optimizer.learningRate().ifPresent(rate -> json.put("learning_rate", rate));
    json.set("weights", list(backup.state().weights(), arrays));
    json.set("slots", list(optimizer.slots(), arrays));
    ObjectNode observers = json.putObject("observers");
    backup
        .observers()
        .forEach(
            (name, state) -> {
              ObjectNode one = observers.putObject(name);
              ObjectNode numbers = one.putObject("numbers");
              state.numbers().forEach((key, value) -> numbers.put(key, text(value)));
              one.set("arrays", list(state.arrays(), arrays));
            });
    return json;
  }

  private static ObjectNode progress(FitProgress.Saved saved) {
    ObjectNode json = JSON.createObjectNode();
    json.put("epoch", saved.place().epoch());
    json.put("batch", saved.place().batch());
    json.put("step", saved.place().step());
    json.put("seconds", saved.seconds());
    ObjectNode history = json.putObject("history");
    saved.history().metrics().forEach((name, values) -> numbers(history.putArray(name), values));
    numbers(json.putArray("epoch_seconds"), saved.history().secondsPerEpoch());
    saved.history().stopped().ifPresent(reason -> json.put("stopped", reason));
    return json;
  }

  // Sums may be many, as those of a curve are, and are doubles, which arrays hold as their bits.
  private static Weights totals(List<Double> totals) {
    long[] bits = totals.stream().mapToLong(Double::doubleToRawLongBits).toArray();
    return Weights.of(Map.of(TOTALS, Array.of(bits, bits.length)));
  }

  private static List<Double> totals(Weights read) {
    long[] bits = read.get(TOTALS).longs();
    return Arrays.stream(bits).mapToObj(Double::longBitsToDouble).toList();
  }

  private static void numbers(ArrayNode json, List<Double> values) {
    values.forEach(value -> json.add(text(value)));
  }

  // JSON has no infinities, which stand for "no best value yet".
  private static String text(double value) {
    return Double.toString(value);
  }

  private static ArrayNode list(Weights weights, List<Array> arrays) {
    ArrayNode json = JSON.createArrayNode();
    for (String name : weights.names()) {
      Array array = weights.get(name);
      ObjectNode one = json.addObject();
      one.put("name", name);
      one.put("type", array.type().name());
      ArrayNode shape = one.putArray("shape");
      for (long size : array.shape().asArray()) {
        shape.add(size);
      }
      arrays.add(array);
    }
    return json;
  }

  /**
   * Reads a backup.
   *
   * @throws IOException if it cannot be read, is damaged or no backup; the message names the file
   */
  static Backup read(Path file) throws IOException {
    try (RecordReader reader = RecordReader.open(file)) {
      JsonNode json = Json.readLong(required(reader));
      if (!json.path("format").asText().equals(FORMAT)) {
        throw new IOException(
            file + ": expected a backup of the form \"" + FORMAT + "\", got another file.");
      }
      List<Double> totals = totals(weights(json.path(TOTALS), reader));
      Weights weights = weights(json.path("weights"), reader);
      Weights slots = weights(json.path("slots"), reader);
      Optional<Float> rate =
          Optional.of(json.path("learning_rate"))
              .filter(JsonNode::isNumber)
              .map(JsonNode::floatValue);
      OptimizerState optimizer =
          new OptimizerState(json.path("iterations").longValue(), rate, slots);
      Map<String, ObserverState> observers = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> one : json.path("observers").properties()) {
        observers.put(one.getKey(), observer(one.getValue(), reader));
      }
      return new Backup(
          new RunPlan((ObjectNode) json.path("plan")),
          progress(json.path("progress"), totals),
          new TrainingState(weights, optimizer),
          observers);
    } catch (RuntimeException | com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IOException(file + ": expected a backup of a training, got another file.", e);
    }
  }

  private static byte[] required(RecordReader reader) throws IOException {
    return reader
        .next()
        .orElseThrow(() -> new IllegalStateException("the end of the file before the last array"));
  }

  private static ObserverState observer(JsonNode json, RecordReader reader) throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    json.path("numbers")
        .properties()
        .forEach(one -> numbers.put(one.getKey(), Double.valueOf(one.getValue().asText())));
    return new ObserverState(numbers, weights(json.path("arrays"), reader));
  }

  private static Weights weights(JsonNode json, RecordReader reader) throws IOException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (JsonNode one : json) {
      long[] shape = new long[one.path("shape").size()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = one.path("shape").get(i).longValue();
      }
      Array.Type type = Array.Type.valueOf(one.path("type").asText());
      arrays.put(one.path("name").asText(), ArrayBytes.read(type, required(reader), shape));
    }
    return Weights.of(arrays);
  }

  private static FitProgress.Saved progress(JsonNode json, List<Double> totals) {
    TreeMap<String, List<Double>> metrics = new TreeMap<>();
    json.path("history")
        .properties()
        .forEach(one -> metrics.put(one.getKey(), numbers(one.getValue())));
    Optional<String> stopped =
        Optional.of(json.path("stopped")).filter(JsonNode::isTextual).map(JsonNode::asText);
    return new FitProgress.Saved(
        new FitProgress.Place(
            json.path("epoch").intValue(),
            json.path("batch").intValue(),
            json.path("step").longValue()),
        totals,
        json.path("seconds").doubleValue(),
        new History(metrics, numbers(json.path("epoch_seconds")), stopped));
  }

  private static List<Double> numbers(JsonNode json) {
    List<Double> numbers = new ArrayList<>();
    json.forEach(one -> numbers.add(Double.valueOf(one.asText())));
    return numbers;
  }
}
