package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import kerava.Golden;
import kerava.Layer;
import kerava.TestDevice;
import kerava.graph.Array;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * What layers that vary images draw: from the distributions that Keras asked its random functions
 * for when the goldens were made, for each image or once for a batch as it did. The seeds are
 * fixed, so that what passes goes on to pass; of numbers for each image a range that is 5 % off
 * does not.
 */
final class AugmentationDrawsTest {
  private static final int BATCH = 12;
  private static final int STEPS = 250;

  private static final Set<String> LEFT_OUT = Set.of("beta", "dirichlet", "order");

  /** One case of each kind; the others of a class draw alike. */
  static List<GoldenCase> cases() {
    Set<String> seen = new HashSet<>();
    return GoldenCase.all().stream()
        .filter(golden -> !draws(golden).isEmpty())
        .filter(golden -> seen.add(golden.className()) || golden.name().contains("_unit"))
        .toList();
  }

  private static List<JsonNode> draws(GoldenCase golden) {
    return Golden.items(golden.json().path("draws")).stream()
        .filter(draw -> !LEFT_OUT.contains(draw.get("kind").asText()))
        .toList();
  }

  /** All that is drawn under these names, step by step. */
  private static Map<String, List<Array>> drawn(GoldenCase golden, List<String> names) {
    Layer layer = (Layer) KerasConfig.read(Layer.class, golden.className(), golden.config());
    LayerRun run = LayerRun.of(layer, golden.inputs());
    long[] shape = golden.inputs().get(0).shape().asArray();
    shape[0] = BATCH;
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    Array images = Array.of(new float[size], shape);
    Network network = Network.create(1);
    Pass pass = network.pass("test", Mode.TRAIN);
    Operand<TFloat32> input =
        network
            .tf()
            .placeholder(TFloat32.class, Placeholder.shape(run.model().inputShapes().get(0)));
    run.model().build(pass, List.of(input));
    network.iteration();
    List<Output<?>> draws =
        names.stream().<Output<?>>map(name -> LayerRun.draw(network, name)).toList();
    Map<String, List<Array>> drawn = new LinkedHashMap<>();
    names.forEach(name -> drawn.put(name, new ArrayList<>()));
    try (NetworkSession session = network.start(SessionOptions.on(TestDevice.get()));
        Tensor fed = Tensors.of(images)) {
      session.initialize();
      for (int step = 0; step < STEPS; step++) {
        session.write(Weights.of(new HashMap<>(Map.of(Network.ITERATION, step(step)))));
        Session.Runner runner = session.session().runner().feed(input, fed);
        draws.forEach(runner::fetch);
        try (Result result = runner.run()) {
          for (int i = 0; i < names.size(); i++) {
            drawn.get(names.get(i)).add(Tensors.array(result.get(i)));
          }
        }
      }
    }
    return drawn;
  }

  private static Array step(int step) {
    return Array.of(new long[] {step});
  }

  private static double[] numbers(List<Array> arrays) {
    return arrays.stream()
        .flatMapToDouble(
            array ->
                array.type() == kerava.graph.Array.Type.INT32
                    ? Arrays.stream(array.ints()).asDoubleStream()
                    : IntStream.range(0, array.floats().length).mapToDouble(i -> array.floats()[i]))
        .toArray();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void drawsFromKerasDistributions(GoldenCase golden) {
    List<JsonNode> draws = draws(golden);
    List<String> names = draws.stream().map(draw -> draw.get("name").asText()).toList();
    Map<String, List<Array>> drawn = drawn(golden, names);
    for (JsonNode draw : draws) {
      String name = draw.get("name").asText();
      assertArrayEquals(
          shape(golden, draw), drawn.get(name).get(0).shape().asArray(), name + " of a batch");
      double[] numbers = numbers(drawn.get(name));
      String where = golden.name() + " " + name;
      switch (draw.get("kind").asText()) {
        case "uniform" -> Drawn.requireUniform(numbers, low(draw), high(draw), where);
        case "integers" ->
            Drawn.requireEqualChances(numbers, (int) low(draw), (int) high(draw), where);
        case "normal" -> Drawn.requireNormal(numbers, where);
        default -> throw new AssertionError(draw.get("kind"));
      }
    }
    requireNoRelation(golden, drawn);
  }

  private static double low(JsonNode draw) {
    return draw.get("low").asDouble();
  }

  private static double high(JsonNode draw) {
    return draw.get("high").asDouble();
  }

  /** Keras' shape, of a larger batch. */
  private static long[] shape(GoldenCase golden, JsonNode draw) {
    long[] shape = GoldenCase.array(draw).shape().asArray();
    boolean each = !Set.of("layers", "sigma").contains(draw.get("name").asText());
    if (shape.length > 0 && each) {
      assertEquals(golden.inputs().get(0).shape().get(0), shape[0]);
      shape[0] = BATCH;
    }
    return shape;
  }

  /** Numbers under different names have nothing to do with each other. */
  private static void requireNoRelation(GoldenCase golden, Map<String, List<Array>> drawn) {
    List<String> names =
        drawn.keySet().stream().filter(name -> Drawn.spread(numbers(drawn.get(name))) > 0).toList();
    for (String one : names) {
      for (String other : names.subList(0, names.indexOf(one))) {
        double[] first = numbers(drawn.get(one));
        double[] second = numbers(drawn.get(other));
        if (first.length == second.length) {
          double bound = 4.5 / Math.sqrt(first.length);
          assertEquals(
              0, Drawn.relation(first, second), bound, golden.name() + " " + one + " " + other);
        }
      }
    }
  }

  /** Of AugMix's shares: mean and variance of Dirichlet and Beta with the layer's alpha. */
  @Test
  void augMixSharesFollowDirichletAndBeta() {
    GoldenCase golden =
        cases().stream().filter(c -> c.className().equals("AugMix")).findFirst().orElseThrow();
    Map<String, List<Array>> drawn = drawn(golden, List.of("chain_mixing_weights", "share"));
    double[] shares = numbers(drawn.get("chain_mixing_weights"));
    for (int i = 0; i < shares.length; i += 3) {
      assertEquals(1, shares[i] + shares[i + 1] + shares[i + 2], 1e-5);
    }
    // Of Dirichlet(1, 1, 1) each share has mean 1/3 and variance (1/3 · 2/3) / 4.
    Drawn.requireMoments(shares, 1 / 3.0, Math.sqrt(1 / 18.0), 2.4, "shares of chains");
    // Beta(1, 1) is uniform.
    Drawn.requireUniform(numbers(drawn.get("share")), 0, 1, "share of the image");
  }

  @Test
  void allRandomLayersAreChecked() {
    Set<String> checked = new HashSet<>();
    cases().forEach(golden -> checked.add(golden.className()));
    assertEquals(17, checked.size(), checked.toString());
  }
}
