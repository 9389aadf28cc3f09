package kerava.saving;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kerava.Golden;
import kerava.Model;
import kerava.TestDevice;
import kerava.config.Source;
import kerava.graph.Array;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import kerava.layers.operations.Operation;
import kerava.saving.json.ConfigMigration;
import kerava.saving.json.ModelReader;
import kerava.saving.json.ModelWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The operations of {@code keras.ops}, against Keras: what they give, and their gradients. */
final class OperationsTest {
  private static final JsonNode GOLDEN = Golden.read("operations.json");

  private record Case(String name, JsonNode json) {
    @Override
    public String toString() {
      return name;
    }

    Model model() {
      JsonNode plain =
          new ConfigMigration(Registry.standard().catalog()).plain(json.get("model"), "$");
      return ModelReader.read(Source.root(plain, Registry.standard().catalog())).model();
    }

    List<Array> arrays(String field) {
      return StreamSupport.stream(json.get(field).spliterator(), false)
          .map(OperationsTest::array)
          .toList();
    }
  }

  private static Array array(JsonNode json) {
    long[] shape = new long[json.get("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = json.get("shape").get(i).longValue();
    }
    return Array.of(Golden.floats(json.get("data")), shape);
  }

  private static Stream<Case> cases() {
    return StreamSupport.stream(GOLDEN.get("cases").spliterator(), false)
        .map(json -> new Case(json.get("name").asText(), json));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void giveWhatKerasGives(Case given) {
    Model model = given.model();
    List<Array> wanted = new ArrayList<>(given.arrays("outputs"));
    wanted.addAll(given.arrays("gradients"));
    List<Array> got = run(model, given.arrays("inputs"), wanted.size());
    int outputs = given.arrays("outputs").size();
    for (int i = 0; i < wanted.size(); i++) {
      assertNear(wanted.get(i), got.get(i), i < outputs ? 1e-5 : most(wanted.get(i)));
    }
    assertEquals(ModelWriter.write(model), ModelWriter.write(again(model)));
  }

  private static Model again(Model model) {
    JsonNode written = ModelWriter.write(model);
    JsonNode plain = new ConfigMigration(Registry.standard().catalog()).plain(written, "$");
    return ModelReader.read(Source.root(plain, Registry.standard().catalog())).model();
  }

  private static double most(Array gradient) {
    double most = 1;
    for (float number : gradient.floats()) {
      most = Math.max(most, Math.abs(number));
    }
    return 1e-4 * most;
  }

  @Test
  void eachIsChecked() {
    Set<String> checked = new TreeSet<>();
    Stream.concat(
            cases().map(Case::json),
            Golden.items(Golden.read("typed_operations.json").get("cases")).stream())
        .forEach(
            json ->
                json.at("/model/config/layers")
                    .forEach(layer -> checked.add(layer.get("class_name").asText())));
    Set<String> left = new TreeSet<>(Operation.names());
    left.removeAll(checked);
    // These two have other names in keras.ops, and no function of their own.
    left.removeAll(Set.of("Abs", "Divide"));
    assertTrue(left.isEmpty(), left.toString());
  }

  /** The outputs, and the gradients of the inputs. */
  private static List<Array> run(Model model, List<Array> inputs, int count) {
    Network network = Network.create(0);
    Pass pass = network.pass("train", Mode.TRAIN);
    Ops tf = network.tf();
    List<Operand<TFloat32>> places = new ArrayList<>();
    model
        .inputShapes()
        .forEach(shape -> places.add(tf.placeholder(TFloat32.class, Placeholder.shape(shape))));
    List<Operand<TFloat32>> fetches = new ArrayList<>();
    List<Operand<TFloat32>> sums = new ArrayList<>();
    for (Operand<TFloat32> output : model.build(pass, places)) {
      fetches.add(output);
      sums.add(weighted(tf, output));
    }
    Operand<TFloat32> sum = sums.size() == 1 ? sums.get(0) : tf.math.addN(sums);
    fetches.addAll(network.gradients(sum, places));
    assertEquals(count, fetches.size());
    List<Operand<TFloat32>> apart = fetches.stream().<Operand<TFloat32>>map(tf::identity).toList();
    try (NetworkSession session = network.start(SessionOptions.on(TestDevice.get()))) {
      List<Tensor> fed = inputs.stream().map(Tensors::of).toList();
      Session.Runner runner = session.session().runner();
      for (int i = 0; i < fed.size(); i++) {
        runner.feed(places.get(i), fed.get(i));
      }
      apart.forEach(runner::fetch);
      try (Result result = runner.run()) {
        return java.util.stream.IntStream.range(0, count)
            .mapToObj(i -> Tensors.array(result.get(i)))
            .toList();
      } finally {
        fed.forEach(Tensor::close);
      }
    }
  }

  /** A sum with the weights of {@code tools/golden/operations.py}. */
  private static Operand<TFloat32> weighted(Ops tf, Operand<TFloat32> output) {
    Operand<TFloat32> row = tf.reshape(output, tf.constant(new int[] {-1}));
    Operand<TFloat32> places =
        tf.dtypes.cast(
            tf.range(tf.constant(0), tf.size(tf.stopGradient(row)), tf.constant(1)),
            TFloat32.class);
    Operand<TFloat32> turned =
        tf.math.floorMod(tf.math.mul(places, tf.constant(7f)), tf.constant(11f));
    Operand<TFloat32> weights = tf.math.div(tf.math.sub(turned, tf.constant(5f)), tf.constant(4f));
    return tf.sum(tf.math.mul(row, tf.stopGradient(weights)), tf.constant(0));
  }
}
