package kerava.saving.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.graph.Weights;
import kerava.layers.Dense;
import kerava.saving.SeedModel;

/** Exports of a small model, step by step. */
public final class SmallExport {
  private static final Model MODEL = Sequential.of(Input.of(4), Dense.of(3));
  private static final Weights WEIGHTS = SeedModel.weights(MODEL, 1);

  private SmallExport() {}

  static Path export(Path base, VersionFolder.Steps steps) throws IOException {
    ExportSettings settings =
        new ExportSettings(List.of("a", "b", "c"), 5, List.of(), OptionalLong.empty());
    return new SavedModelWriter(MODEL, WEIGHTS, settings).write(base, steps);
  }

  static Path export(Path base, OptionalLong version) throws IOException {
    ExportSettings settings = new ExportSettings(List.of(), 5, List.of(), version);
    return new SavedModelWriter(MODEL, WEIGHTS, settings).write(base, step -> {});
  }

  /** The folders that a server would look at. */
  public static List<String> numbers(Path base) {
    try (Stream<Path> children = Files.list(base)) {
      return children
          .map(child -> child.getFileName().toString())
          .filter(name -> name.matches("-?\\d+"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> steps(Path base) throws IOException {
    List<String> steps = new ArrayList<>();
    export(base, steps::add);
    return steps;
  }

  static Set<String> names(Path base) {
    return Set.of(base.toFile().list());
  }

  static List<Path> hidden(Path base) throws IOException {
    try (Stream<Path> children = Files.list(base)) {
      return children.filter(path -> path.toString().endsWith(".part")).toList();
    }
  }
}
