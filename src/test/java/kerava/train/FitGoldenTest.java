package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kerava.CompileSettings;
import kerava.Golden;
import kerava.TestDevice;
import kerava.graph.Device;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.Adam;
import kerava.train.callbacks.LearningRateScheduler;
import kerava.train.callbacks.SwapEMAWeights;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** What {@code fit} reports and leaves behind, for each of its arguments, is what Keras does. */
@Tag(TestDevice.TAG)
final class FitGoldenTest {
  private static final Map<Integer, Double> CLASS_WEIGHTS = Map.of(0, 0.5, 1, 2.0);

  @TestFactory
  Stream<DynamicTest> fitsAsKerasDoes() {
    return Golden.items(Small.GOLDEN.get("cases")).stream()
        .map(one -> DynamicTest.dynamicTest(one.get("name").asText(), () -> check(one)));
  }

  private static void check(JsonNode golden) {
    try (Trainer trainer = trainer(golden.get("name").asText())) {
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
            TestDevice.tolerance(1e-5),
            name);
      }
      assertEquals(history.get("loss").size(), history.epochs());
      for (int i = 0; i < 4; i++) {
        assertArrayEquals(
            Golden.floats(golden.get("weights").get(i)),
            trainer.weights().arrays().get(i).floats(),
            (float) TestDevice.tolerance(1e-5));
      }
      Evaluation evaluation = trainer.evaluate(Small.DATA);
      assertEquals(
          golden.get("evaluation").get(0).asDouble(),
          evaluation.loss(),
          TestDevice.tolerance(1e-5));
      assertEquals(
          golden.get("evaluation").get(1).asDouble(), evaluation.get(Small.ACCURACY), 1e-6);
      assertArrayEquals(
          Golden.floats(golden.get("predictions")),
          trainer.predict(Small.DATA).floats(),
          (float) TestDevice.tolerance(1e-5));
    }
  }

  private static Trainer trainer(String name) {
    if (!name.startsWith("averages")) {
      return Small.trainer();
    }
    Trainer trainer =
        Trainer.compile(
            Small.MODEL,
            CompileSettings.of(
                Adam.of(0.05).ema(0.9),
                SparseCategoricalCrossentropy.of(),
                SparseCategoricalAccuracy.of()),
            TrainerOptions.defaults().withDevice(Device.cpu()));
    trainer.restore(Small.weights());
    return trainer;
  }

  /** Reports the sum of the first kernel, as callbacks see it. */
  private static final Callback SUMS =
      run ->
          new Callback.Observer() {
            @Override
            public CallbackAction epochEnd(Epoch epoch) {
              double sum = 0;
              for (float value : run.view().weights().arrays().get(0).floats()) {
                sum += value;
              }
              return CallbackAction.proceed().metric("sum", sum);
            }
          };

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
      case "averages" -> fit.validation(Small.DATA.take(5)).callbacks(SUMS);
      case "averages in validation" ->
          fit.validation(Small.DATA.take(5)).callbacks(SwapEMAWeights.of(), SUMS);
      case "averages on epoch" ->
          fit.validation(Small.DATA.take(5)).callbacks(SwapEMAWeights.of().swapOnEpoch(), SUMS);
      default -> throw new AssertionError(name);
    };
  }
}
