package kerava.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import kerava.graph.Array;

/**
 * A model that {@code tools/sweep/example_models.py} made, with what Keras makes of it.
 *
 * @param folder where its files are
 * @param about what is told of it
 */
record ExampleFile(Path folder, JsonNode about) {
  static ExampleFile of(Path folder) throws IOException {
    JsonNode about = new ObjectMapper().readTree(folder.resolve("about.json").toFile());
    return new ExampleFile(folder, about);
  }

  /** All of a folder whose names match, sorted. */
  static List<ExampleFile> all(Path folder, String only) throws IOException {
    List<Path> places;
    try (Stream<Path> children = Files.list(folder)) {
      places =
          children.filter(place -> Files.exists(place.resolve("about.json"))).sorted().toList();
    }
    List<ExampleFile> files = new ArrayList<>();
    for (Path place : places) {
      if (place.getFileName().toString().matches(only)) {
        files.add(of(place));
      }
    }
    return files;
  }

  String name() {
    return about.get("name").asText();
  }

  /** A word of the sentence in which Kerava has to refuse it; empty if it has to be read. */
  String refused() {
    return about.get("refused").asText();
  }

  /** One of its files or folders, if Keras could write it. */
  Optional<Path> file(String name) {
    return Optional.of(folder.resolve(name)).filter(Files::exists);
  }

  /** The model as it is trained. */
  Path trained() {
    return folder.resolve(about.path("train").path("file").asText());
  }

  /** The inputs by the names of their layers, in the model's order. */
  Map<String, Array> inputs() {
    return named(about.get("inputs"));
  }

  /** The outputs that Keras predicts, in the model's order. */
  List<Array> outputs() {
    return arrays(about.get("outputs"));
  }

  /** Their names, of which two may be the same: keys, or what Keras calls them. */
  List<String> outputNames() {
    List<String> names = new ArrayList<>();
    about.get("outputs").forEach(one -> names.add(one.get("name").asText()));
    return names;
  }

  /** The targets in the order of outputs. */
  List<Array> targets() {
    return arrays(about.get("train").get("targets"));
  }

  /** What Keras reports of each step, by name. */
  Map<String, List<Double>> history() {
    Map<String, List<Double>> history = new TreeMap<>();
    about
        .get("train")
        .get("history")
        .properties()
        .forEach(
            metric -> {
              List<Double> steps = new ArrayList<>();
              metric.getValue().forEach(step -> steps.add(step.asDouble()));
              history.put(metric.getKey(), steps);
            });
    return history;
  }

  /** What Keras' {@code evaluate} gives afterwards in batches of 3, by name, if it was asked. */
  Optional<Map<String, Double>> evaluation() {
    return Optional.ofNullable(about.get("train").get("evaluation"))
        .map(
            told -> {
              Map<String, Double> by = new TreeMap<>();
              told.properties().forEach(one -> by.put(one.getKey(), one.getValue().asDouble()));
              return by;
            });
  }

  /** A weight for each sample, if there are some. */
  Optional<Array> sampleWeights() {
    return Optional.ofNullable(about.get("train").get("sample_weight")).map(ExampleFile::array);
  }

  /** A weight for each class, if there are some. */
  Map<Integer, Double> classWeights() {
    Map<Integer, Double> weights = new TreeMap<>();
    about
        .get("train")
        .path("class_weight")
        .properties()
        .forEach(one -> weights.put(Integer.valueOf(one.getKey()), one.getValue().asDouble()));
    return weights;
  }

  /** Whether a weight's gradient is nothing but rounding, so that no two programs agree on it. */
  boolean isLoose(String weight) {
    for (JsonNode path : about.get("train").path("loose")) {
      if (("/" + path.asText()).endsWith("/" + weight)) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, Array> named(JsonNode arrays) {
    Map<String, Array> named = new LinkedHashMap<>();
    arrays.forEach(one -> named.put(one.get("name").asText(), array(one)));
    return named;
  }

  private static List<Array> arrays(JsonNode arrays) {
    List<Array> all = new ArrayList<>();
    arrays.forEach(one -> all.add(array(one)));
    return all;
  }

  private static Array array(JsonNode json) {
    long[] shape = new long[json.get("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = json.get("shape").get(i).asLong();
    }
    String type = json.get("type").asText();
    if (type.equals("string")) {
      List<String> texts = new ArrayList<>();
      json.get("texts").forEach(text -> texts.add(text.asText()));
      return Array.of(texts.toArray(String[]::new), shape);
    }
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(json.get("base64").asText()))
            .order(ByteOrder.LITTLE_ENDIAN);
    return numbers(type, bytes, shape);
  }

  private static Array numbers(String type, ByteBuffer bytes, long[] shape) {
    switch (type) {
      case "float32" -> {
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return Array.of(values, shape);
      }
      case "int32" -> {
        int[] values = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(values);
        return Array.of(values, shape);
      }
      case "int64" -> {
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return Array.of(values, shape);
      }
      case "bool" -> {
        byte[] values = new byte[bytes.remaining()];
        bytes.get(values);
        return Array.of(values, shape);
      }
      default -> throw new IllegalArgumentException(type);
    }
  }
}
