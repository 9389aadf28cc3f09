package kerava.layers;

import static kerava.layers.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import kerava.constraints.Constraint;
import kerava.constraints.MaxNorm;
import kerava.constraints.MinMaxNorm;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import kerava.regularizers.L1;
import kerava.regularizers.OrthogonalRegularizer;
import kerava.regularizers.Regularizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Regularizers and constraints, checked against what Keras gave for the same numbers. */
final class WeightRulesTest {
  static List<JsonNode> regularizers() {
    return cases("regularizers.json");
  }

  static List<JsonNode> constraints() {
    return cases("constraints.json");
  }

  private static List<JsonNode> cases(String file) {
    List<JsonNode> cases = new ArrayList<>();
    GoldenCase.resource(file).forEach(cases::add);
    return cases;
  }

  @ParameterizedTest
  @MethodSource("regularizers")
  void penalizesAsKerasDoes(JsonNode golden) {
    Regularizer regularizer =
        (Regularizer)
            KerasConfig.read(
                Regularizer.class, golden.get("class_name").asText(), golden.get("written"));
    KerasConfig.assertSame(golden.get("written"), KerasConfig.write(regularizer), "config");
    Array values = GoldenCase.array(golden.get("input"));
    Network network = Network.create(1);
    Operand<TFloat32> x = constant(network.tf(), values);
    Operand<TFloat32> penalty = regularizer.penalty(network.tf(), x);
    Operand<TFloat32> gradient = network.gradients(penalty, List.of(x)).get(0);
    List<Array> got = run(network, List.of(penalty, gradient));
    assertClose(GoldenCase.array(golden.get("output")), got.get(0), 1e-6, "penalty");
    assertClose(GoldenCase.array(golden.get("grad_input")), got.get(1), 1e-5, "gradient");
  }

  @ParameterizedTest
  @MethodSource("constraints")
  void projectsAsKerasDoes(JsonNode golden) {
    Constraint constraint =
        (Constraint)
            KerasConfig.read(
                Constraint.class, golden.get("class_name").asText(), golden.get("written"));
    KerasConfig.assertSame(golden.get("written"), KerasConfig.write(constraint), "config");
    Network network = Network.create(1);
    Operand<TFloat32> x = constant(network.tf(), GoldenCase.array(golden.get("input")));
    List<Array> got = run(network, List.of(constraint.project(network.tf(), x)));
    assertClose(GoldenCase.array(golden.get("output")), got.get(0), 1e-6, "projection");
  }

  @Test
  void refusesFactorsAndBoundsBelowZero() {
    assertEquals(
        "L1 l1: expected a number of at least 0, got -1.0.",
        assertThrows(IllegalArgumentException.class, () -> L1.of(-1)).getMessage());
    assertEquals(
        "MaxNorm max_value: expected a number of at least 0, got -2.0.",
        assertThrows(IllegalArgumentException.class, () -> MaxNorm.of(-2)).getMessage());
    assertEquals(
        "MinMaxNorm rate: expected a number from 0.0 to 1.0, got 1.5.",
        assertThrows(IllegalArgumentException.class, () -> MinMaxNorm.of().rate(1.5)).getMessage());
  }

  @Test
  void refusesWeightsThatAreNoMatrix() {
    try (Network network = Network.create(1)) {
      Operand<TFloat32> x = constant(network.tf(), Array.of(new float[8], 2, 2, 2));
      assertEquals(
          "OrthogonalRegularizer: expected a weight of rank 2, got [2, 2, 2].",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> OrthogonalRegularizer.of().penalty(network.tf(), x))
              .getMessage());
    }
  }

  private static Operand<TFloat32> constant(Ops tf, Array array) {
    return tf.reshape(tf.constant(array.floats()), tf.constant(array.shape().asArray()));
  }

  private static List<Array> run(Network network, List<Operand<TFloat32>> fetches) {
    try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()))) {
      Session.Runner runner = session.session().runner();
      fetches.forEach(runner::fetch);
      List<Array> arrays = new ArrayList<>();
      try (Result result = runner.run()) {
        for (int i = 0; i < fetches.size(); i++) {
          arrays.add(Tensors.array(result.get(i)));
        }
      }
      return arrays;
    }
  }
}
