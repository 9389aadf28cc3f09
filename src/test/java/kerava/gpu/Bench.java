package kerava.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.saving.KerasArchive;

/**
 * Where checks run.
 *
 * @param out where everything is written
 * @param device the device that is checked: a GPU, or the CPU in a dry run
 * @param dry whether this is a dry run: few images, little patience, no target counts
 * @param complete whether the long schedules are run
 * @param data what every training is told of its data
 * @param offers the help of {@code kerava train} and its list of recipes: what this version has
 */
record Bench(
    Path out, String device, boolean dry, boolean complete, List<String> data, String offers) {
  /**
   * A training that was run.
   *
   * @param folder where its files are
   * @param report the numbers that it reported
   * @param memory the GPU's used memory before and meanwhile, in MiB
   */
  record Training(Path folder, JsonNode report, List<Long> memory) {
    double accuracy() {
      for (Map.Entry<String, JsonNode> figure : report.properties()) {
        if (figure.getKey().startsWith("test_") && figure.getKey().endsWith("accuracy")) {
          return figure.getValue().asDouble();
        }
      }
      return Double.NaN;
    }

    /** The median time of an epoch in seconds, without the first, which warms up. */
    double secondsPerEpoch() {
      List<Double> all = new ArrayList<>();
      report.get("seconds_per_epoch").forEach(value -> all.add(value.asDouble()));
      List<Double> warm = (all.size() > 1 ? all.subList(1, all.size()) : all);
      return warm.stream().sorted().toList().get(warm.size() / 2);
    }

    double seconds() {
      double sum = 0;
      for (JsonNode value : report.get("seconds_per_epoch")) {
        sum += value.asDouble();
      }
      return sum;
    }

    Path archive() throws IOException {
      return newest(folder, ".keras");
    }

    Path savedModel() throws IOException {
      String name = archive().getFileName().toString();
      return folder.resolve(name.substring(0, name.length() - ".keras".length()));
    }

    Weights weights() throws IOException {
      return KerasArchive.read(archive()).weights();
    }
  }

  /** Whether the targets count: they are CIFAR-10's, on a GPU. */
  boolean targets() {
    return !dry && data.contains("--data");
  }

  boolean offers(String word) {
    return offers.contains(word);
  }

  Child child(String name, Map<String, String> environment, OptionalInt gpu) {
    return new Child(out.resolve(name + ".log"), environment, gpu);
  }

  private static OptionalInt watched(String where) {
    return where.startsWith("gpu") ? Device.parse(where).index() : OptionalInt.empty();
  }

  /**
   * Trains through the command line, or takes the files of an earlier check that did.
   *
   * @throws CheckException if the training fails
   */
  Training train(String name, String where, List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException, CheckException {
    Path folder = out.resolve(name);
    Optional<Path> known = report(folder);
    List<Long> memory = List.of();
    if (known.isEmpty()) {
      List<String> words = new ArrayList<>(List.of("train", "--quiet", "--seed", "1"));
      words.addAll(List.of("--device", where, "--out", folder.toString()));
      words.addAll(data);
      words.addAll(arguments);
      Child.End end = child(name, environment, watched(where)).kerava(words);
      if (end.code() != 0) {
        throw new CheckException(name + ": " + end.lastLine() + " (exit code " + end.code() + ")");
      }
      memory = end.mebibytes();
      known = report(folder);
    }
    Path file = known.orElseThrow(() -> new CheckException(name + ": no report in " + folder));
    return new Training(folder, new ObjectMapper().readTree(Files.readString(file)), memory);
  }

  private static Optional<Path> report(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("history.json")).findFirst();
    }
  }

  /** The file of the newest training, whose name has no number and so is the shortest. */
  private static Path newest(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .min(Comparator.comparing(file -> file.toString().length()))
          .orElseThrow();
    }
  }

  /** A check that cannot go on. */
  static final class CheckException extends Exception {
    private static final long serialVersionUID = 1;

    CheckException(String message) {
      super(message);
    }
  }
}
