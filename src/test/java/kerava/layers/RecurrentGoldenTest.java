package kerava.layers;

import static kerava.layers.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerava.Golden;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.Node;
import kerava.TestDevice;
import kerava.config.CallArguments;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.SessionOptions;
import kerava.graph.TensorValue;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** Calls of recurrent layers with masks, first states and several outputs, as Keras does them. */
@Tag(TestDevice.TAG)
final class RecurrentGoldenTest {
  private static final double FORWARD = TestDevice.tolerance(1e-5);
  private static final double GRADIENT = TestDevice.tolerance(1e-4);
  private static final String NAME = "checked";

  static List<Case> cases() {
    return Golden.items(Golden.read("recurrent_calls.json").get("cases")).stream()
        .map(Case::new)
        .toList();
  }

  /** One call. */
  record Case(JsonNode json) {
    Layer layer() {
      return ((Layer)
              KerasConfig.read(Layer.class, json.get("class_name").asText(), json.get("written")))
          .named(NAME);
    }

    List<Array> arrays(String field) {
      return Golden.items(json.get(field)).stream().map(GoldenCase::array).toList();
    }

    Map<String, Array> named(String field) {
      Map<String, Array> arrays = new java.util.LinkedHashMap<>();
      json.get(field)
          .properties()
          .forEach(each -> arrays.put(each.getKey(), GoldenCase.array(each.getValue())));
      return arrays;
    }

    boolean masked() {
      return !json.get("mask").isNull();
    }

    /** The mask, of a size that the graph does not know. */
    Operand<TBool> mask(Ops tf) {
      int steps = json.get("mask").get(0).size();
      boolean[][] values = new boolean[json.get("mask").size()][steps];
      for (int i = 0; i < values.length; i++) {
        for (int j = 0; j < steps; j++) {
          values[i][j] = json.get("mask").get(i).get(j).asInt() == 1;
        }
      }
      return tf.placeholderWithDefault(tf.constant(values), Shape.of(-1, -1));
    }

    @Override
    public String toString() {
      return json.get("name").asText();
    }
  }

  private static Model model(Case golden, boolean knownSteps) {
    List<Node> nodes = new ArrayList<>();
    Layer layer = golden.layer();
    CallArguments arguments = CallArguments.of(layer.arguments().get(0), 1);
    for (Array array : golden.arrays("inputs")) {
      long[] sizes = Arrays.stream(array.shape().asArray()).skip(1).toArray();
      if (nodes.isEmpty() && sizes.length > 1 && !knownSteps) {
        sizes[0] = Shape.UNKNOWN_SIZE;
      }
      nodes.add(Input.of(sizes));
    }
    int states = golden.arrays("inputs").size() - 1;
    if (states > 0) {
      arguments = arguments.with(layer.arguments().get(1), CallArguments.list(1, states));
    }
    if (golden.masked()) {
      nodes.add(Input.of(DType.BOOL, Shape.UNKNOWN_SIZE));
      arguments = arguments.with("mask", CallArguments.tensor(states + 1));
    }
    Node first = layer.apply(arguments, nodes.toArray(Node[]::new));
    List<Node> outputs =
        IntStream.range(0, golden.arrays("outputs").size()).mapToObj(first::output).toList();
    return Model.of(nodes, outputs);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void computesWhatKerasComputes(Case golden) {
    boolean unrolled = golden.json().get("written").path("unroll").asBoolean();
    for (boolean knownSteps : unrolled ? List.of(true) : List.of(true, false)) {
      check(golden, model(golden, knownSteps));
    }
  }

  private static void check(Case golden, Model model) {
    Network network = Network.create(1);
    Ops tf = network.tf();
    Pass pass = network.pass("test", Mode.INFER);
    List<TensorValue> places = new ArrayList<>();
    int inputs = golden.arrays("inputs").size();
    for (var spec : model.inputSpecs().subList(0, inputs)) {
      places.add(
          TensorValue.of(
              tf.placeholder(spec.type().tensorType(), Placeholder.shape(spec.shape()))));
    }
    if (golden.masked()) {
      places.add(TensorValue.of(golden.mask(tf)));
    }
    List<TensorValue> outputs = model.call(pass, places);
    assertEquals(
        Golden.items(golden.json().get("masks")).stream().map(JsonNode::asBoolean).toList(),
        outputs.stream().map(output -> output.mask().isPresent()).toList());
    List<Operand<TFloat32>> fetches = new ArrayList<>();
    outputs.forEach(output -> fetches.add(output.as(TFloat32.class)));
    List<Operand<TFloat32>> sources = new ArrayList<>();
    places.subList(0, inputs).forEach(place -> sources.add(place.as(TFloat32.class)));
    Map<String, Operand<TFloat32>> reads = new HashMap<>();
    pass.reads().forEach((variable, read) -> reads.put(variable.name(), read));
    golden.named("weights").keySet().forEach(name -> sources.add(reads.get(NAME + "/" + name)));
    fetches.addAll(network.gradients(weighted(tf, fetches, golden.arrays("upstream")), sources));
    List<Array> results = fetch(network, golden, places, fetches);
    List<Array> expected = new ArrayList<>(golden.arrays("outputs"));
    int border = expected.size();
    expected.addAll(golden.arrays("grad_inputs"));
    expected.addAll(golden.named("grad_weights").values());
    assertEquals(expected.size(), results.size());
    for (int i = 0; i < results.size(); i++) {
      String what = (i < border ? "output " : "gradient ") + i;
      assertClose(expected.get(i), results.get(i), i < border ? FORWARD : GRADIENT, what);
    }
  }

  private static Operand<TFloat32> weighted(
      Ops tf, List<Operand<TFloat32>> outputs, List<Array> weights) {
    List<Operand<TFloat32>> sums = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Operand<TFloat32> weight =
          tf.reshape(
              tf.constant(weights.get(i).floats()), tf.constant(weights.get(i).shape().asArray()));
      Operand<TFloat32> row =
          tf.reshape(tf.math.mul(outputs.get(i), weight), tf.constant(new int[] {-1}));
      sums.add(tf.sum(row, tf.constant(0)));
    }
    return tf.math.addN(sums);
  }

  private static List<Array> fetch(
      Network network, Case golden, List<TensorValue> places, List<Operand<TFloat32>> fetches) {
    // TensorFlow Java refuses to fetch one operand twice, and some of these may be the same.
    List<Operand<TFloat32>> apart =
        fetches.stream().<Operand<TFloat32>>map(network.tf()::identity).toList();
    Map<String, Array> weights = new HashMap<>();
    golden.named("weights").forEach((name, value) -> weights.put(NAME + "/" + name, value));
    try (NetworkSession session = network.start(SessionOptions.on(TestDevice.get()))) {
      session.initialize();
      session.write(Weights.of(weights));
      List<Tensor> fed = golden.arrays("inputs").stream().map(Tensors::of).toList();
      Session.Runner runner = session.session().runner();
      for (int i = 0; i < fed.size(); i++) {
        runner.feed(places.get(i).operand(), fed.get(i));
      }
      apart.forEach(runner::fetch);
      try (Result result = runner.run()) {
        return IntStream.range(0, apart.size())
            .mapToObj(i -> Tensors.array(result.get(i)))
            .toList();
      } finally {
        fed.forEach(Tensor::close);
      }
    }
  }
}
