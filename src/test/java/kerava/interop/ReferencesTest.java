package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kerava.StoredModel;
import kerava.cli.Run;
import kerava.data.Dataset;
import kerava.data.Shapes;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.saving.KerasArchive;
import kerava.train.Predictor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other programs answer as Java does: those of {@code tools/requirements-references.txt} that are
 * installed where {@code KERAVA_REFERENCES_PYTHON} says, or else {@code KERAVA_PYTHON}.
 */
@EnabledIfPython
final class ReferencesTest {
  private static final int IMAGES = 256;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> answerAsJavaDoes() throws Exception {
    Run run =
        Run.of(
            "train",
            "--dataset",
            "shapes",
            "--limit",
            640,
            "--epochs",
            2,
            "--seed",
            5,
            "--quiet",
            "--out",
            folder);
    assertEquals(0, run.code(), run.err());
    StoredModel stored = KerasArchive.read(folder.resolve("shapes_cnn.keras"));
    Dataset images = Shapes.of(1, 1, IMAGES).test();
    Array inputs = divided(images);
    PythonReference reference =
        new PythonReference(folder.resolve("shapes_cnn/1"), folder).give("x", inputs);
    try (Predictor predictor = Predictor.of(stored.model(), stored.weights(), Device.cpu())) {
      reference.give("expected", predictor.predict(inputs));
    }
    String python = System.getenv("KERAVA_REFERENCES_PYTHON");
    if (python != null && !python.isEmpty()) {
      reference.use(Path.of(python));
    }
    PythonReference.run("references.py", reference);
    JsonNode report = reference.report();
    System.out.println("references: " + report);
    assertFalse(report.isEmpty());
    return StreamSupport.stream(report.properties().spliterator(), false)
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry)));
  }

  private static Array divided(Dataset images) {
    byte[] pixels = images.inputs().bytes();
    float[] inputs = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      inputs[i] = (pixels[i] & 0xff) / 255f;
    }
    return Array.of(inputs, images.inputs().shape().asArray());
  }

  private static void check(Map.Entry<String, JsonNode> entry) {
    JsonNode said = entry.getValue();
    if (said.has("missing")) {
      String line = entry.getKey() + ": not installed: " + said.get("missing").asText();
      System.err.println("SKIPPED reference " + line);
      abort(line);
    }
    assertTrue(said.has("apart"), said.toString());
    assertEquals(IMAGES, said.get("same").asInt(), said.toString());
    assertEquals(0, said.get("apart").asDouble(), 1e-4, said.toString());
  }
}
