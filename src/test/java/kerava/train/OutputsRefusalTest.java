package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.OutputSettings;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.layers.Dense;
import kerava.losses.Hinge;
import kerava.losses.MeanSquaredError;
import kerava.metrics.Accuracy;
import kerava.metrics.MeanAbsoluteError;
import kerava.optimizers.SGD;
import org.junit.jupiter.api.Test;

/** What does not go with a model of several outputs is refused in a sentence. */
final class OutputsRefusalTest {
  private static final Node INPUT = Input.named("in", 3);
  private static final Model TWO =
      Model.of(
          List.of(INPUT),
          List.of(Dense.of(2).named("box").apply(INPUT), Dense.of(1).named("chance").apply(INPUT)));

  private static String refusal(Runnable action) {
    return Optional.ofNullable(
            assertThrows(IllegalArgumentException.class, action::run).getMessage())
        .orElseThrow();
  }

  @Test
  void refusesDataOfOtherColumns() {
    JsonNode golden = OutputsFitTest.golden("listed");
    Map<String, Array> inputs = OutputsFitTest.arrays(golden.get("inputs"));
    Map<String, Array> labels = OutputsFitTest.arrays(golden.get("labels"));
    Map<String, Array> other = new LinkedHashMap<>(labels);
    other.put("boxes", other.remove("box"));
    Map<String, Array> fewer = Map.of("box", labels.get("box"));
    try (Trainer trainer = OutputsFitTest.trainer(golden, 1)) {
      assertEquals(
          "Dataset labels: expected box, label, got label, boxes.",
          refusal(() -> trainer.fit(Dataset.of(inputs, other), OutputsFitTest.FIT)));
      assertEquals(
          "Dataset labels: expected box, label, got 1 without names.",
          refusal(() -> trainer.evaluate(Dataset.of(inputs, fewer))));
      Map<String, Array> swapped = new LinkedHashMap<>(labels);
      swapped.put("label", labels.get("box"));
      assertEquals(
          "Dataset labels \"label\": expected class numbers (INT32), got FLOAT32 [11, 2]. Does the"
              + " loss go with them?",
          refusal(() -> trainer.fit(Dataset.of(inputs, swapped), OutputsFitTest.FIT)));
      assertEquals(
          "Fit sample weights: expected one of [box, label], the outputs that are trained or"
              + " measured, got \"boxes\".",
          refusal(
              () ->
                  trainer.fit(
                      OutputsFitTest.data(golden),
                      OutputsFitTest.FIT.sampleWeights(Map.of("boxes", new float[11])))));
      assertEquals(
          "Fit class weights: expected a model of one output, got 2. Sample weights may be given by"
              + " output.",
          refusal(
              () ->
                  trainer.fit(
                      OutputsFitTest.data(golden),
                      OutputsFitTest.FIT.classWeights(Map.of(0, 2.0)))));
    }
  }

  @Test
  void refusesSettingsOfOtherOutputs() {
    OutputSettings mse = OutputSettings.of(MeanSquaredError.of());
    assertEquals(
        "Compile settings: expected one of [box, chance], the outputs of the model, got \"boxes\".",
        refusal(CompileSettings.of(SGD.of(0.1), Map.of("boxes", mse))));
    assertEquals(
        "Compile settings: expected those of 2 outputs, got 3. A loss without metrics may be that"
            + " of all outputs.",
        refusal(CompileSettings.of(SGD.of(0.1), mse, mse, mse)));
    assertEquals(
        "Compile settings: expected those of 2 outputs, got 1. A loss without metrics may be that"
            + " of all outputs.",
        refusal(CompileSettings.of(SGD.of(0.1), Hinge.of(), MeanAbsoluteError.of())));
    assertEquals(
        "Compile settings: expected a loss of at least one output, got none.",
        refusal(CompileSettings.of(SGD.of(0.1), Map.of("box", OutputSettings.untrained()))));
    assertEquals(
        "Compile settings \"box\": expected metrics that say whether labels are class numbers or"
            + " targets, since there is no loss, got [accuracy].",
        refusal(CompileSettings.of(SGD.of(0.1), OutputSettings.untrained(Accuracy.of()), mse)));
  }

  private static String refusal(CompileSettings settings) {
    return refusal(() -> Trainer.compile(TWO, settings, TrainerOptions.defaults()).close());
  }
}
