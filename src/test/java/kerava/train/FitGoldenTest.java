package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kerava.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What {@code fit} reports and leaves behind, for each of its arguments, is what Keras does. */
final class FitGoldenTest {
  private static final Map<Integer, Double> CLASS_WEIGHTS = Map.of(0, 0.5, 1, 2.0);

  @TestFactory
  Stream<DynamicTest> fitsAsKerasDoes() {
    return Golden.items(Small.GOLDEN.get("cases")).stream()
        .map(one -> DynamicTest.dynamicTest(one.get("name").asText(), () -> check(one)));
  }

  private static void check(JsonNode golden) {
    try (Trainer trainer = Small.trainer()) {
      History history = trainer.fit(Small.DATA, fit(golden.get("name").asText()));
      List<String> names = new ArrayList<>();
      golden.get("history").fieldNames().forEachRemaining(names::add);
      assertEquals(names.stream().sorted().toList(), List.copyOf(history.metrics().keySet()));
      for (String name : names) {
        assertArrayEquals(
            Golden.items(golden.get("history").get(name)).stream()
                .mapToDouble(JsonNode::asDouble)
                .toArray(),
            history.get(name).stream().mapToDouble(Double::doubleValue).toArray(),
            1e-5,
            name);
      }
      assertEquals(history.get("loss").size(), history.epochs());
      for (int i = 0; i < 4; i++) {
        assertArrayEquals(
            Golden.floats(golden.get("weights").get(i)),
            trainer.weights().arrays().get(i).floats(),
            1e-5f);
      }
      Evaluation evaluation = trainer.evaluate(Small.DATA);
      assertEquals(golden.get("evaluation").get(0).asDouble(), evaluation.loss(), 1e-5);
      assertEquals(
          golden.get("evaluation").get(1).asDouble(), evaluation.get(Small.ACCURACY), 1e-6);
      assertArrayEquals(
          Golden.floats(golden.get("predictions")), trainer.predict(Small.DATA).floats(), 1e-5f);
    }
  }

  private static Fit fit(String name) {
    Fit fit = Fit.epochs(3).batchSize(4).shuffle(false);
    float[] sampleWeights = Golden.floats(Small.GOLDEN.get("sample_weights"));
    return switch (name) {
      case "plain" -> fit;
      case "one batch" -> fit.batchSize(64);
      case "validation" -> fit.validation(Small.DATA.take(5));
      case "split" -> fit.validationSplit(0.3);
      case "small split" -> fit.validationSplit(0.15);
      case "class weights" -> fit.classWeights(CLASS_WEIGHTS);
      case "sample weights" -> fit.sampleWeights(sampleWeights);
      case "split and class weights" -> fit.validationSplit(0.3).classWeights(CLASS_WEIGHTS);
      case "split and sample weights" -> fit.validationSplit(0.3).sampleWeights(sampleWeights);
      case "initial epoch" -> fit.initialEpoch(1);
      case "scheduler" ->
          fit.callbacks(LearningRateScheduler.of((epoch, rate) -> epoch == 0 ? 0.02 : rate / 2));
      default -> throw new AssertionError(name);
    };
  }
}
