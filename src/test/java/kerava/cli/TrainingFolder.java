package kerava.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on a few shapes, in a folder of their own. */
abstract class TrainingFolder {
  @TempDir Path folder;

  Run train(Object... more) {
    List<Object> words =
        new java.util.ArrayList<>(
            List.of("train", "--dataset", "shapes", "--out", folder, "--seed", 7));
    if (!List.of(more).contains("--limit")) {
      words.addAll(List.of("--limit", 96));
    }
    words.addAll(List.of(more));
    return Run.of(words.toArray());
  }

  JsonNode history() throws IOException {
    Path file = folder.resolve("shapes_cnn.report/history.json");
    return new ObjectMapper().readTree(file.toFile()).path("history");
  }
}
