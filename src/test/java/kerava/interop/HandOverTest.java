package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.data.Cifar10;
import kerava.data.Dataset;
import kerava.data.Shapes;
import kerava.optimizers.Adam;
import kerava.optimizers.AdamW;
import kerava.optimizers.RMSprop;
import kerava.optimizers.SGD;
import kerava.optimizers.schedules.CosineDecay;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A training that changes hands in its midst loses what one in Python alone loses. */
@EnabledIfPython
final class HandOverTest {
  private static final List<Integer> LEGS = List.of(7, 7, 6);
  private static final List<Integer> LONG_LEGS = List.of(20, 20, 20);

  @TempDir Path folder;

  /** As {@code handover.py} makes them. */
  private static Map<String, Optimizer> optimizers() {
    LearningRate cosine = LearningRate.of(CosineDecay.of(1e-4, 60));
    Map<String, Optimizer> all = new LinkedHashMap<>();
    all.put("adam", Adam.of(3e-4));
    all.put("adamw", AdamW.of().withLearningRate(cosine).weightDecay(0.004));
    all.put("rmsprop", RMSprop.of(3e-5));
    all.put("sgd", SGD.of(0.003).momentum(0.9).nesterov(true));
    return all;
  }

  private static Dataset images(List<Integer> legs) throws IOException {
    int images = HandOver.images(legs);
    String cifar = System.getenv("KERAVA_CIFAR10");
    Dataset all =
        cifar == null || cifar.isEmpty()
            ? Shapes.of(1, images, 1).train()
            : Cifar10.load(Path.of(cifar)).train();
    return copy(all.take(images));
  }

  /** In memory of its own, for whoever asks for all inputs at once. */
  private static Dataset copy(Dataset part) {
    return Dataset.of(part.inputs(), part.labels());
  }

  @TestFactory
  Stream<DynamicTest> losesNothing() throws Exception {
    Map<String, HandOver.Runs> all =
        HandOver.run(HandOver.reference(folder), images(LEGS), LEGS, optimizers());
    return all.entrySet().stream()
        .flatMap(
            entry ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        entry.getKey() + ": the optimizer's memory arrives",
                        () -> entry.getValue().checks().forEach(HandOverTest::check)),
                    DynamicTest.dynamicTest(
                        entry.getKey() + ": Python, Java, Python",
                        () -> check(entry.getValue().alone(), entry.getValue().throughJava())),
                    DynamicTest.dynamicTest(
                        entry.getKey() + ": Java, Python, Java",
                        () -> check(entry.getValue().alone(), entry.getValue().throughPython()))));
  }

  private static void check(HandOver.Check check) {
    assertEquals(check.expected(), check.iterations(), check.file());
    assertEquals("[]", check.warnings(), check.file());
    // Bit for bit.
    assertEquals(check.given(), check.taken(), check.file());
  }

  private static void check(List<Double> alone, List<Double> handed) {
    assertArrayEquals(numbers(alone), numbers(handed), 1e-4);
  }

  private static double[] numbers(List<Double> losses) {
    return losses.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Measures how far a longer training that changes hands is from one in Python alone, beside how
   * far Python is from itself when its sums are rounded in other ways, and draws both into the file
   * that the variable names.
   */
  @Test
  @EnabledIfEnvironmentVariable(named = "KERAVA_HANDOVER_PICTURE", matches = ".+")
  void staysWhereOtherRoundingLeadsPython() throws Exception {
    Map<String, Optimizer> optimizers = optimizers();
    Dataset data = images(LONG_LEGS);
    List<String> names = List.copyOf(optimizers.keySet());
    List<JsonNode> others = new ArrayList<>();
    for (String arithmetic : List.of("no_onednn", "from 5", "from 11", "from 16", "from 23")) {
      PythonReference reference = HandOver.reference(folder.resolve(arithmetic));
      HandOver.Plan plan = new HandOver.Plan("start", LONG_LEGS, names, arithmetic);
      others.add(HandOver.python(reference, data, plan));
    }
    Map<String, HandOver.Runs> all =
        HandOver.run(HandOver.reference(folder), data, LONG_LEGS, optimizers);
    JsonNode figures = draw(all, others);
    Path picture = Path.of(System.getenv("KERAVA_HANDOVER_PICTURE"));
    Files.copy(folder.resolve("handover.svg"), picture, StandardCopyOption.REPLACE_EXISTING);
    System.out.println(figures.toPrettyString());
    figures.forEach(
        one -> {
          // Six trainings show some of what rounding can do, not all of it.
          double band = Math.max(1e-5, one.get("band").asDouble());
          assertEquals(0, one.get("through_java").asDouble(), band, one.toString());
          assertEquals(0, one.get("through_python").asDouble(), band, one.toString());
        });
  }

  private JsonNode draw(Map<String, HandOver.Runs> all, List<JsonNode> others) throws Exception {
    ObjectMapper json = new ObjectMapper();
    ObjectNode curves = json.createObjectNode();
    all.forEach(
        (name, runs) -> {
          ObjectNode curve = curves.putObject(name);
          curve.set("python", json.valueToTree(runs.alone()));
          ArrayNode rounded = curve.putArray("other_rounding");
          others.forEach(report -> rounded.add(report.get(name).get("losses")));
          curve.set("through_java", json.valueToTree(runs.throughJava()));
          curve.set("through_python", json.valueToTree(runs.throughPython()));
        });
    PythonReference painter = new PythonReference(folder.resolve("curves.json"), folder);
    painter.give("curves.json", curves.toString());
    PythonReference.run("draw_handover.py", painter);
    return painter.report();
  }
}
