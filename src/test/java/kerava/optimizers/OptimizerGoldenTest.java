package kerava.optimizers;

import static kerava.KerasCase.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerava.KerasCase;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Schedule;
import kerava.Slot;
import kerava.TestDevice;
import kerava.WeightSpec;
import kerava.config.Catalog;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import kerava.initializers.Zeros;
import kerava.optimizers.schedules.ExponentialDecay;
import kerava.optimizers.schedules.ScheduleSchemas;
import kerava.optimizers.step.Gradient;
import kerava.optimizers.step.OptimizerStep;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Each optimizer against four steps of Python Keras. */
@Tag(TestDevice.TAG)
final class OptimizerGoldenTest {
  private static final List<String> NAMES = List.of("a", "b");

  private static final LearningRate HALVED_EVERY_SECOND_STEP =
      LearningRate.of(ExponentialDecay.of(0.1, 2, 0.5));

  static List<KerasCase> cases() {
    return KerasCase.all("optimizer");
  }

  @Test
  void thereIsACaseForEachOptimizer() {
    assertEquals(41, cases().size());
    // LossScaleOptimizer has no step of its own; LossScaleTest holds it to Keras.
    assertEquals(
        OptimizerSchemas.all().size() - 1,
        cases().stream().map(KerasCase::className).distinct().count());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepsAsKerasDoes(KerasCase golden) {
    Optimizer optimizer = optimizer(golden);
    List<WeightSpec> specs = specs(golden);
    try (Network network = Network.create(1)) {
      List<Operand<TFloat32>> gradients = new ArrayList<>();
      for (WeightSpec spec : specs) {
        network.weight(spec.name(), spec.shape(), spec.initializer());
        gradients.add(network.tf().placeholder(TFloat32.class, Placeholder.shape(spec.shape())));
      }
      OptimizerStep step = OptimizerStep.prepare(network, optimizer, specs);
      List<Gradient> whole = new ArrayList<>();
      gradients.forEach(each -> whole.add(Gradient.whole(each, each.shape())));
      Op apply = step.add(whole, List.of());
      Op finish = step.finish();
      try (NetworkSession session = network.start(SessionOptions.on(TestDevice.get()))) {
        session.initialize();
        Weights init = weights(golden.json().get("init"));
        session.write(init);
        session.write(begun(optimizer, specs, init));
        for (int i = 0; i < golden.json().get("grads").size(); i++) {
          run(session, apply, gradients, golden.json().get("grads").get(i));
          assertWeights(
              golden.json().get("after_each_step").get(i), session, "after step " + (i + 1));
        }
        assertVariables(golden, session, optimizer.slots(specs), optimizer);
        session.session().runner().addTarget(finish).run().close();
        assertWeights(golden.json().get("after_finalize"), session, "after the end");
      }
    }
  }

  /** Slots that are the weights at first, as a trainer makes them. */
  private static Weights begun(Optimizer optimizer, List<WeightSpec> specs, Weights init) {
    Map<String, Array> slots = new LinkedHashMap<>();
    optimizer.slots(specs).stream()
        .filter(slot -> slot.kind() == Slot.Kind.OF_WEIGHT)
        .forEach(slot -> slots.put(slot.path(optimizer), init.get(slot.weight().orElseThrow())));
    return Weights.of(slots);
  }

  private static void run(
      NetworkSession session, Op apply, List<Operand<TFloat32>> gradients, JsonNode values) {
    Session.Runner runner = session.session().runner();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      tensors.add(Tensors.of(KerasCase.array(values.get(i))));
      runner.feed(gradients.get(i), tensors.get(i));
    }
    runner.addTarget(apply).run().close();
    tensors.forEach(Tensor::close);
  }

  private static void assertWeights(JsonNode expected, NetworkSession session, String when) {
    Weights weights = session.read(NAMES);
    for (int i = 0; i < NAMES.size(); i++) {
      Array wanted = KerasCase.array(expected.get(i));
      assertClose(wanted, weights.get(NAMES.get(i)), 2e-6, NAMES.get(i) + " " + when);
    }
  }

  /** The counter, the rate unless there is a schedule, and the slots, in Keras' order. */
  private static void assertVariables(
      KerasCase golden, NetworkSession session, List<Slot> slots, Optimizer optimizer) {
    List<String> wanted = new ArrayList<>();
    golden.json().get("optimizer_variables").forEach(pair -> wanted.add(pair.get(0).asText()));
    List<String> paths = new ArrayList<>(List.of(Network.ITERATION));
    if (optimizer.learningRate().schedule().isEmpty()) {
      paths.add(OptimizerStep.LEARNING_RATE);
    }
    slots.forEach(slot -> paths.add(slot.path(optimizer)));
    List<String> names = paths.stream().map(path -> path.replaceAll(".*/", "")).toList();
    assertEquals(wanted, names);
    Weights values = session.read(paths);
    assertEquals(
        golden.json().get("optimizer_variables").get(0).get(1).get("data").get(0).asLong(),
        values.get(Network.ITERATION).longs()[0]);
    IntStream.range(1, paths.size())
        .forEach(
            i ->
                assertAlike(
                    KerasCase.array(golden.json().get("optimizer_variables").get(i).get(1)),
                    values.get(paths.get(i)),
                    paths.get(i)));
  }

  /** Relative to each number: second moments are far below one. */
  private static void assertAlike(Array expected, Array actual, String what) {
    assertEquals(expected.shape(), actual.shape(), what);
    float[] wanted = expected.floats();
    float[] got = actual.floats();
    for (int i = 0; i < wanted.length; i++) {
      int at = i;
      double most = TestDevice.tolerance(2e-6) * Math.abs(wanted[i]) + 1e-9;
      assertEquals(wanted[i], got[i], most, () -> what + " [" + at + "]");
    }
  }

  private static Weights weights(JsonNode arrays) {
    Map<String, Array> weights = new LinkedHashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      weights.put(NAMES.get(i), KerasCase.array(arrays.get(i)));
    }
    return Weights.of(weights);
  }

  private static List<WeightSpec> specs(KerasCase golden) {
    return IntStream.range(0, NAMES.size())
        .mapToObj(
            i ->
                WeightSpec.trained(
                    NAMES.get(i),
                    KerasCase.array(golden.json().get("init").get(i)).shape(),
                    Zeros.of()))
        .toList();
  }

  private static Optimizer optimizer(KerasCase golden) {
    ObjectNode config = golden.json().get("config").deepCopy();
    if (config.path("learning_rate").isTextual()) {
      // The fixture names only the class of its schedule.
      config.set("learning_rate", LearningRate.codec().write(HALVED_EVERY_SECOND_STEP));
    }
    Catalog catalog =
        Catalog.empty()
            .with(Schedule.class, ScheduleSchemas.all())
            .with(Optimizer.class, OptimizerSchemas.all());
    return golden.read(OptimizerSchemas.all(), config, catalog);
  }
}
