package kerava.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import kerava.Layer;
import kerava.StoredModel;
import kerava.TestDevice;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.saving.KerasArchive;
import kerava.saving.KerasH5;
import kerava.saving.LoadedModel;
import kerava.saving.ModelSignature;
import kerava.saving.Registry;
import kerava.saving.SavedModels;
import kerava.sweep.ExampleVerdict.Check;
import kerava.train.Predictor;

/**
 * Says of each model that {@code tools/sweep/example_models.py} made what Kerava makes of it: read,
 * predicted, written, read again, and trained on.
 */
final class ExampleModels {
  private static final double TOLERANCE = 1e-5;

  /** Kerava's classes, and those of {@code tools/sweep/examples/own.py}. */
  static final Registry REGISTRY =
      Registry.standard().with(Layer.class, Patches.SCHEMA).with(Layer.class, PatchEncoder.SCHEMA);

  /** Something that is checked, which says what it found. */
  private interface Question {
    String answer() throws IOException;
  }

  private final ExampleFile example;
  private final Path written;
  private final String wanted;
  private final Map<Check, String> said = new EnumMap<>(Check.class);

  private ExampleModels(ExampleFile example, Path written, String wanted) {
    this.example = example;
    this.written = written;
    this.wanted = wanted;
  }

  /**
   * Prints a table of the models of a folder, or of those whose names match a second argument, by
   * all checks or by those whose names match a third. What is written lies beside each model, for
   * {@code example_models.py --check}.
   */
  public static void main(String[] args) throws IOException {
    String checks = args.length > 2 ? args[2] : ".*";
    List<ExampleVerdict> verdicts = new ArrayList<>();
    System.out.print(ExampleVerdict.head());
    for (ExampleFile example :
        ExampleFile.all(Path.of(args[0]), args.length > 1 ? args[1] : ".*")) {
      ExampleVerdict verdict = verdict(example, emptied(example.folder().resolve("java")), checks);
      System.out.print(verdict.row());
      verdicts.add(verdict);
    }
    System.out.print(ExampleVerdict.counts(verdicts));
  }

  private static Path emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectory(folder);
  }

  /**
   * What becomes of one.
   *
   * @param written a folder for what Kerava writes
   * @param wanted a regular expression for the checks that are made
   */
  static ExampleVerdict verdict(ExampleFile example, Path written, String wanted) {
    boolean refused = !example.refused().isEmpty();
    ExampleModels checks = new ExampleModels(example, written, wanted);
    if (refused) {
      checks.ask(Check.READ, checks::refused);
    } else {
      checks.all();
    }
    return new ExampleVerdict(example.name(), refused, checks.said);
  }

  private String refused() throws IOException {
    try {
      StoredModel read = KerasArchive.read(example.folder().resolve("model.keras"));
      return "WRONG: expected a refusal, got " + read.model().name();
    } catch (ModelFormatException e) {
      String words = String.valueOf(e.getMessage());
      return words.contains(example.refused()) ? ExampleVerdict.OK : "WRONG: " + words;
    }
  }

  private void all() {
    ask(Check.SERVE, () -> ifThere("export", this::served));
    ask(Check.H5, () -> ifThere("model.h5", file -> predicted(KerasH5.read(file, REGISTRY))));
    Path archive = example.folder().resolve("model.keras");
    ask(
        Check.READ,
        () -> {
          StoredModel stored = KerasArchive.read(archive, REGISTRY);
          return stored.settings().isPresent()
              ? ExampleVerdict.OK
              : "not compiled: " + stored.card().remarks();
        });
    boolean read = !said.getOrDefault(Check.READ, "").startsWith("refused");
    if (!read) {
      return;
    }
    ask(Check.PREDICT, () -> predicted(KerasArchive.read(archive, REGISTRY)));
    ask(Check.ARCHIVE, () -> archived(KerasArchive.read(archive, REGISTRY)));
    ask(Check.EXPORT, () -> exported(KerasArchive.read(archive, REGISTRY)));
    ask(
        Check.TRAIN,
        () -> ExampleTraining.of(example, KerasArchive.read(example.trained(), REGISTRY)));
  }

  /** Asks, and notes what is answered or thrown. */
  private void ask(Check check, Question question) {
    if (check != Check.READ && !check.name().matches(wanted)) {
      return;
    }
    String words;
    try {
      words = question.answer();
    } catch (ModelFormatException e) {
      words = "refused: " + sentence(e);
    } catch (IOException | RuntimeException e) {
      words = "FAILED: " + e.getClass().getSimpleName() + ": " + sentence(e);
    }
    said.put(check, words);
  }

  private String sentence(Exception e) {
    String words = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    words = words.replaceAll("\\S*/" + example.name() + "/[^ :]*:? ?", "");
    return words.length() > 300 ? words.substring(0, 300) : words;
  }

  /** Something that is asked of a file. */
  private interface OfFile {
    String answer(Path file) throws IOException;
  }

  private String ifThere(String name, OfFile question) throws IOException {
    Optional<Path> file = example.file(name);
    return file.isPresent() ? question.answer(file.get()) : ExampleVerdict.NONE;
  }

  private String archived(StoredModel stored) throws IOException {
    Path file = written.resolve("back.keras");
    KerasArchive.write(stored, file);
    StoredModel again = KerasArchive.read(file, REGISTRY);
    return again.model().equals(stored.model()) && again.settings().equals(stored.settings())
        ? predicted(again)
        : "WRONG: another model was read than was written";
  }

  private String exported(StoredModel stored) throws IOException {
    Path base = written.resolve("export");
    SavedModels.export(stored, base);
    String words = served(base);
    return ExampleVerdict.isGood(words) ? predicted(SavedModels.read(base, REGISTRY)) : words;
  }

  private String predicted(StoredModel stored) {
    try (Predictor predictor = Predictor.of(stored, TestDevice.get())) {
      return compared(List.copyOf(predictor.predict(example.inputs()).values()));
    }
  }

  private String served(Path folder) throws IOException {
    try (LoadedModel model = LoadedModel.open(folder)) {
      ModelSignature signature = model.defaultSignature();
      Map<String, Array> inputs = example.inputs();
      if (inputs.size() == 1) {
        String only = signature.inputs().keySet().iterator().next();
        inputs = Map.of(only, inputs.values().iterator().next());
      }
      return compared(ordered(model.call(signature.name(), inputs)));
    }
  }

  /** Keras numbers the outputs that have no keys; Kerava calls them by their names. */
  private List<Array> ordered(Map<String, Array> outputs) {
    if (outputs.size() == 1) {
      return List.copyOf(outputs.values());
    }
    List<String> names = example.outputNames();
    List<Array> ordered = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String numbered = "output_" + i;
      ordered.add(
          Objects.requireNonNull(
              outputs.getOrDefault(numbered, outputs.get(names.get(i))),
              () -> "outputs " + outputs.keySet() + " in place of " + names));
    }
    return ordered;
  }

  private String compared(List<Array> outputs) {
    List<Array> wanted = example.outputs();
    if (outputs.size() != wanted.size()) {
      return "WRONG: " + outputs.size() + " outputs in place of " + wanted.size();
    }
    double worst = 0;
    for (int i = 0; i < outputs.size(); i++) {
      if (!wanted.get(i).shape().equals(outputs.get(i).shape())) {
        return "WRONG: shape " + outputs.get(i).shape() + " in place of " + wanted.get(i).shape();
      }
      worst = Math.max(worst, Apart.most(wanted.get(i).floats(), outputs.get(i).floats()));
    }
    return worst <= TOLERANCE
        ? ExampleVerdict.ok(worst)
        : "WRONG: differs by %.2g".formatted(worst);
  }
}
