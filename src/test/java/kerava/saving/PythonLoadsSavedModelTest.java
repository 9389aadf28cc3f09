package kerava.saving;

import static kerava.layers.ActivationFunction.RELU;
import static kerava.layers.ActivationFunction.SOFTMAX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.WeightSpec;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.interop.EnabledIfPython;
import kerava.interop.PythonReference;
import kerava.layers.BatchNormalization;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Dropout;
import kerava.layers.Flatten;
import kerava.layers.recurrent.Bidirectional;
import kerava.layers.recurrent.GRU;
import kerava.layers.recurrent.LSTM;
import kerava.layers.recurrent.Masking;
import kerava.saving.savedmodel.TensorBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python makes of an exported model: a callable object that can be trained. */
@EnabledIfPython
final class PythonLoadsSavedModelTest {
  @TempDir Path folder;

  @Test
  void theSeedModel() throws Exception {
    JsonNode report = check(SeedModel.model(), SeedModel.CLASSES);
    assertEquals("input_layer", report.get("input").asText());
    assertEquals(SeedModel.CLASSES, texts(report.get("classes").get("asset")));
    // No dropout: the same numbers whether it trains or not.
    assertEquals(report.get("trained_twice").get(0), report.get("trained_twice").get(1));
    for (String signature :
        List.of(
            "classify",
            "classify_bytes",
            "classify_examples",
            "classify_image",
            "serve",
            "serving_default")) {
      assertTrue(report.get("cli").asText().contains("signature_def['" + signature + "']"));
    }
    assertTrue(report.get("cli").asText().contains("Function Name: '__call__'"));
    String cli = report.get("cli").asText();
    String examples = cli.substring(cli.indexOf("signature_def['classify_examples']"));
    String methods = examples.substring(0, examples.indexOf("signature_def", 20));
    assertTrue(methods.contains("Method name is: tensorflow/serving/classify"), methods);
  }

  @Test
  void aModelThatTrainsInAnotherWayThanItPredicts() throws Exception {
    Model model =
        Sequential.of(
            Input.of(8, 8, 3),
            Conv2D.of(4, 3).activation(RELU),
            BatchNormalization.of(),
            Flatten.of(),
            Dropout.of(0.5),
            Dense.of(3).activation(SOFTMAX));
    JsonNode report = check(model, List.of("a", "b", "c"));
    JsonNode mean = report.get("moved").get("batch_normalization/moving_mean:0");
    double moved = 0;
    for (JsonNode number : mean) {
      moved += Math.abs(number.asDouble());
    }
    assertTrue(moved > 1e-3, "moving averages move: " + mean);
    assertNotEquals(
        report.get("trained_twice").get(0),
        report.get("trained_twice").get(1),
        "every call drops other units");
  }

  @Test
  void aModelOfNumbersClassifiesExamples() throws Exception {
    check(Sequential.of(Input.of(5), Dense.of(4).activation(SOFTMAX)), List.of("a", "b", "c", "d"));
  }

  @Test
  void aModelThatGoesThroughSequences() throws Exception {
    check(
        Sequential.of(
            Input.of(6, 3),
            Masking.of(),
            Bidirectional.of(LSTM.of(4).returnSequences(true)),
            GRU.of(4),
            Dense.of(3).activation(SOFTMAX)),
        List.of("a", "b", "c"));
  }

  /** The best classes of examples are those that the model's own numbers name. */
  private static void assertExamples(JsonNode answer, List<String> classes) {
    for (int i = 0; i < answer.get("expected").size(); i++) {
      JsonNode scores = answer.get("expected").get(i);
      for (int k = 0; k < answer.get("scores").get(i).size(); k++) {
        String name = answer.get("classes").get(i).get(k).asText();
        double score = answer.get("scores").get(i).get(k).asDouble();
        assertEquals(scores.get(classes.indexOf(name)).asDouble(), score, 1e-6);
        int place = k;
        long better = count(scores, other -> other > score + 1e-6);
        assertTrue(better <= place, name + " stands at " + place);
      }
    }
    assertEquals(answer.get("shapes").get(0), answer.get("shapes").get(1));
    assertEquals(2, answer.get("shapes").get(0).size());
  }

  private static long count(JsonNode scores, java.util.function.DoublePredicate wanted) {
    long count = 0;
    for (JsonNode score : scores) {
      count += wanted.test(score.asDouble()) ? 1 : 0;
    }
    return count;
  }

  private JsonNode check(Model model, List<String> classes) throws Exception {
    Weights weights = SeedModel.weights(model, 3);
    Path version =
        SavedModels.export(
            model, weights, folder.resolve("model"), ExportOptions.defaults().classNames(classes));
    Array x = batch(model);
    PythonReference reference = new PythonReference(version, folder).give("x", x);
    PythonReference.run("check_savedmodel.py", reference);
    JsonNode report = reference.report();
    assertEquals(names(model.weights()), names(report.get("variables")));
    assertEquals(names(model.trainableWeights()), names(report.get("trainable")));
    float[] expected = SeedModel.predict(model, weights, x).floats();
    for (String way : List.of("call", "call_false", "serve", "tfsm")) {
      assertNear(expected, report.get(way), 1e-6);
    }
    assertNear(expected, report.get("signature").get("output_0"), 1e-6);
    if (!report.get("lite").isNull()) {
      assertNear(expected, report.get("lite"), 1e-4);
    }
    // No slot of an optimizer, no metric: the weights and what Python makes its objects of.
    List<String> keys = new ArrayList<>(List.of(TensorBundle.OBJECTS));
    model.weights().forEach(weight -> keys.add(TensorBundle.key(weight.name())));
    assertEquals(Set.copyOf(keys), Set.copyOf(texts(report.get("keys"))));
    assertExamples(report.get("examples"), classes);
    assertEquals(model.trainableWeights().size(), report.get("tfsm_trainable").asInt());
    JsonNode losses = report.get("losses");
    assertTrue(
        losses.get(losses.size() - 1).asDouble() < losses.get(0).asDouble(),
        "training makes the loss smaller: " + losses);
    return report;
  }

  private static Array batch(Model model) {
    int size =
        (int) (4 * model.inputShape().subShape(1, model.inputShape().numDimensions()).size());
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (i * 7L % 29 - 14) / 29f;
    }
    long[] shape = model.inputShape().asArray();
    shape[0] = 4;
    return Array.of(values, shape);
  }

  private static List<String> names(List<WeightSpec> weights) {
    return weights.stream().map(weight -> weight.name() + ":0").toList();
  }

  private static List<String> names(JsonNode variables) {
    List<String> names = new ArrayList<>();
    variables.forEach(variable -> names.add(variable.get(0).asText()));
    return names;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static void assertNear(float[] expected, JsonNode actual, double most) {
    assertEquals(expected.length, actual.size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual.get(i).asDouble(), most);
    }
  }
}
