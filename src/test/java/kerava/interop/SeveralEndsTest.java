package kerava.interop;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kerava.cli.Run;
import kerava.data.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models of several inputs and outputs that Keras made: the command line predicts from each format
 * what Keras does, under its names, and what it converts them to is the same again in Python.
 */
@EnabledIfPython
final class SeveralEndsTest {
  @TempDir Path folder;

  /**
   * A model that Keras made.
   *
   * @param place its folder
   * @param names what its tensors are called
   */
  private record Case(Path place, JsonNode names) {
    static Case of(Path place) {
      try {
        return new Case(place, new ObjectMapper().readTree(place.resolve("names.json").toFile()));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    List<String> texts(String field) {
      List<String> texts = new ArrayList<>();
      names.get(field).forEach(text -> texts.add(text.asText()));
      return texts;
    }

    /** Predicts with files in the model's order. */
    void predictInOrder(String model) throws IOException {
      List<Object> words = new ArrayList<>(List.of("predict", place.resolve(model)));
      texts("inputs").forEach(name -> words.add(input(name)));
      check(model, words);
    }

    /** Predicts with files under names. */
    void predictByName(String model, List<String> called) throws IOException {
      List<Object> words = new ArrayList<>(List.of("predict", place.resolve(model)));
      for (int i = called.size() - 1; i >= 0; i--) {
        words.addAll(List.of("--input", called.get(i) + "=" + input(texts("inputs").get(i))));
      }
      check(model, words);
    }

    private Path input(String name) {
      return place.resolve("x_" + name + ".npy");
    }

    private void check(String model, List<Object> words) throws IOException {
      List<String> outputs = texts("outputs");
      Path answers = place.resolve(outputs.size() == 1 ? "answer.npy" : "answers");
      words.addAll(List.of("--output", answers));
      Run run = Run.of(words.toArray());
      assertEquals(0, run.code(), place.getFileName() + "/" + model + ": " + run.err());
      for (String name : outputs) {
        Path answer = outputs.size() == 1 ? answers : answers.resolve(name + ".npy");
        assertNear(Npy.read(place.resolve("y_" + name + ".npy")), Npy.read(answer), 1e-5);
        Files.delete(answer);
      }
    }

    void convert(String from, String to) {
      Run run = Run.of("convert", place.resolve(from), place.resolve(to));
      assertEquals(0, run.code(), place.getFileName() + "/" + from + ": " + run.err());
    }
  }

  @Test
  void predictAndConvertAsInKeras() throws Exception {
    assertTrue(check("several_make.py", folder) >= 20);
  }

  /**
   * Predicts with models and converts them, in each format.
   *
   * @param script makes them
   * @return how many they were
   */
  static int check(String script, Path folder) throws Exception {
    Path models = Files.createDirectories(folder.resolve("models"));
    PythonReference.run(script, new PythonReference(folder.resolve("none"), models));
    Files.delete(models.resolve("log.txt"));
    List<Case> cases = cases(models);
    for (Case one : cases) {
      one.convert("model.keras", "copy.keras");
      one.convert("model.h5", "from_h5.keras");
      one.convert("from_h5.keras", "own");
      for (String file : List.of("model.keras", "model.h5", "copy.keras", "from_h5.keras")) {
        one.predictInOrder(file);
        one.predictByName(file, one.texts("inputs"));
      }
      predictServed(one, "own");
      if (one.names().get("export").asBoolean()) {
        predictServed(one, "export");
      }
    }
    PythonReference reference =
        new PythonReference(models, Files.createDirectories(folder.resolve("checked")));
    PythonReference.run("several_check.py", reference);
    assertEquals(cases.size(), reference.report().size());
    reference
        .report()
        .properties()
        .forEach(one -> assertEquals("[]", one.getValue().toString(), one.getKey()));
    return cases.size();
  }

  private static void predictServed(Case one, String model) throws IOException {
    one.predictInOrder(model);
    one.predictByName(model, one.texts("layers"));
  }

  private static List<Case> cases(Path models) throws IOException {
    try (Stream<Path> places = Files.list(models)) {
      return places.sorted().map(Case::of).toList();
    }
  }
}
