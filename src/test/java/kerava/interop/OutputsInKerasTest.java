package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerava.StoredModel;
import kerava.saving.KerasArchive;
import kerava.train.Evaluation;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.OutputsFitTest;
import kerava.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keras goes on training what Kerava began, with the settings of all outputs that the file has. */
@EnabledIfPython
final class OutputsInKerasTest {
  /** What Kerava says of a model, as Keras does afterwards. */
  private record Said(Evaluation evaluation, History history) {}

  @Test
  void goesOnAsKeravaDoes(@TempDir Path folder) throws Exception {
    Map<String, Said> own = new TreeMap<>();
    for (String name : OutputsFitTest.names().toList()) {
      own.put(name, trained(name, folder));
    }
    JsonNode answers = answers(folder);
    own.forEach((name, said) -> check(name, said, answers.get(name)));
  }

  private static Said trained(String name, Path folder) throws Exception {
    JsonNode golden = OutputsFitTest.golden(name);
    try (Trainer trainer = OutputsFitTest.trainer(golden, 1)) {
      trainer.fit(OutputsFitTest.data(golden), OutputsFitTest.FIT);
      KerasArchive.write(StoredModel.of(trainer), folder.resolve(name + ".keras"));
      Evaluation evaluation = trainer.evaluate(OutputsFitTest.data(golden), 4);
      Fit once = Fit.epochs(1).batchSize(4).shuffle(false);
      return new Said(evaluation, trainer.fit(OutputsFitTest.data(golden), once));
    }
  }

  private static JsonNode answers(Path folder) throws Exception {
    Path golden = Path.of("src", "test", "resources", "golden", "outputs.json.gz");
    PythonReference.run("outputs.py", new PythonReference(golden, folder));
    return new ObjectMapper().readTree(folder.resolve("answers.json").toFile());
  }

  private static void check(String name, Said said, JsonNode answer) {
    Map<String, Double> evaluation = new TreeMap<>(said.evaluation().metrics());
    evaluation.put("loss", said.evaluation().loss());
    assertEquals(evaluation.size(), answer.get("evaluation").size(), name);
    evaluation.forEach(
        (figure, value) ->
            assertEquals(
                answer.get("evaluation").get(figure).get(0).asDouble(),
                value,
                1e-5,
                name + figure));
    Map<String, List<Double>> history = said.history().metrics();
    assertEquals(history.size(), answer.get("history").size(), name);
    history.forEach(
        (figure, values) ->
            assertEquals(
                answer.get("history").get(figure).get(0).asDouble(),
                values.get(0),
                1e-5,
                name + figure));
  }
}
