package kerava.losses;

import static kerava.KerasCase.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import kerava.Computation;
import kerava.KerasCase;
import kerava.Labels;
import kerava.Loss;
import kerava.TestDevice;
import kerava.config.Catalog;
import kerava.config.ConfigException;
import kerava.graph.Array;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Each loss against what eager Python Keras computed. */
@Tag(TestDevice.TAG)
final class LossGoldenTest {
  static List<KerasCase> cases() {
    return KerasCase.all("loss");
  }

  static List<KerasCase> gradients() {
    return cases().stream().filter(golden -> golden.json().has("grad")).toList();
  }

  @Test
  void thereAreCasesForEachLoss() {
    assertEquals(106, cases().size());
    assertEquals(LossSchemas.all().size(), classes(cases()));
    assertEquals(LossSchemas.all().size(), classes(gradients()));
  }

  private static long classes(List<KerasCase> cases) {
    return cases.stream().map(KerasCase::className).distinct().count();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAsInKeras(KerasCase golden) {
    Loss loss = loss(golden);
    assertClose(
        golden.array("value"),
        result(golden, loss, tf -> tf.constant(1f)),
        TestDevice.tolerance(1e-6),
        "value");
    assertClose(
        golden.array("value_weighted"),
        result(golden, loss, tf -> Computation.floats(tf, golden.array("sample_weight"))),
        TestDevice.tolerance(1e-6),
        "weighted");
  }

  @ParameterizedTest
  @MethodSource("gradients")
  void hasKerasGradient(KerasCase golden) {
    Loss loss = loss(golden);
    Array gradient =
        Computation.inNetwork(
            network -> {
              Ops tf = network.tf();
              Operand<TFloat32> x = Computation.floats(tf, golden.array("y_pred"));
              Operand<TFloat32> one = tf.constant(1f);
              Operand<TFloat32> value = reduced(tf, golden, loss, new Call(x, one));
              return network.gradients(value, List.of(x)).get(0);
            });
    assertClose(golden.array("grad"), gradient, TestDevice.tolerance(1e-6), "gradient");
  }

  static List<KerasCase> configs() {
    return cases().stream().filter(golden -> golden.json().has("written")).toList();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void isWrittenAsKerasWritesIt(KerasCase golden) {
    JsonNode keras = golden.json().get("written");
    Loss loss = golden.read(LossSchemas.all(), keras, Catalog.empty());
    assertEquals(keras.toString(), loss.schema().write(loss.config()).toString());
  }

  private record Call(Operand<TFloat32> predictions, Operand<TFloat32> weights) {}

  private interface Weights {
    Operand<TFloat32> of(Ops tf);
  }

  private static Array result(KerasCase golden, Loss loss, Weights weights) {
    return Computation.of(
        tf ->
            reduced(
                tf,
                golden,
                loss,
                new Call(Computation.floats(tf, golden.array("y_pred")), weights.of(tf))));
  }

  private static Operand<TFloat32> reduced(Ops tf, KerasCase golden, Loss loss, Call call) {
    Labels labels = labels(tf, golden, loss);
    Operand<TFloat32> losses = loss.perSample(tf, labels, call.predictions());
    return none(golden)
        ? tf.math.mul(losses, call.weights())
        : loss.reduced(tf, losses, loss.counted(tf, labels, losses), call.weights());
  }

  static Labels labels(Ops tf, KerasCase golden, Loss loss) {
    return switch (loss.labels()) {
      case CLASSES -> Labels.classes(Computation.ints(tf, golden.classes("y_true")));
      case TARGETS -> Labels.targets(Computation.floats(tf, golden.array("y_true")));
    };
  }

  private static boolean none(KerasCase golden) {
    return golden.json().get("reduction").asText().equals("none");
  }

  private static Loss loss(KerasCase golden) {
    ObjectNode config = golden.json().get("config").deepCopy();
    if (!golden.json().has("grad")) {
      // Keras loses the delta of a loss that goes through its config, as the older ones here did.
      config.remove("delta");
    }
    if (!none(golden)) {
      config.set("reduction", golden.json().get("reduction"));
    }
    return golden.read(LossSchemas.all(), config, Catalog.empty());
  }

  @Test
  void refusesNoReductionByName() {
    KerasCase golden = cases().stream().filter(LossGoldenTest::none).findFirst().orElseThrow();
    ObjectNode config = golden.json().get("config").deepCopy();
    config.put("reduction", "none");
    String message =
        assertThrows(
                ConfigException.class,
                () -> golden.<Loss>read(LossSchemas.all(), config, Catalog.empty()))
            .getMessage();
    assertTrue(message.contains("$.reduction"), message);
    assertTrue(message.contains("sum_over_batch_size, sum, mean"), message);
    assertTrue(message.contains("\"none\""), message);
  }
}
