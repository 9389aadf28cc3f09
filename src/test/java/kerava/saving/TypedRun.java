package kerava.saving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerava.Model;
import kerava.TestDevice;
import kerava.WeightSpec;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.SessionOptions;
import kerava.graph.TensorValue;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import kerava.optimizers.step.Gradient;
import kerava.train.graph.WeightGradients;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/** One call of a {@link TypedModel}, with the gradients of a weighted sum of its outputs. */
final class TypedRun {
  private final TypedModel given;
  private final Model model;
  private final Network network = Network.create(1);
  private final Ops tf = network.tf();
  private final Pass pass;
  private final List<Operand<? extends TType>> places = new ArrayList<>();
  private final List<TensorValue> outputs;
  private final Map<String, Operand<? extends TType>> fetches = new TreeMap<>();

  TypedRun(TypedModel given, Model model) {
    this.given = given;
    this.model = model;
    this.pass = network.pass("test", given.mode());
    model
        .inputSpecs()
        .forEach(
            spec ->
                places.add(
                    tf.placeholder(spec.type().tensorType(), Placeholder.shape(spec.shape()))));
    this.outputs = model.call(pass, places.stream().map(TensorValue::of).toList());
    for (int i = 0; i < outputs.size(); i++) {
      String number = " " + i;
      fetches.put("output" + number, outputs.get(i).operand());
      outputs.get(i).mask().ifPresent(mask -> fetches.put("mask" + number, mask));
    }
    differentiate();
  }

  /** The types of the outputs. */
  List<String> types() {
    return outputs.stream().map(x -> DType.of(x.operand().type()).toString()).toList();
  }

  private void differentiate() {
    List<Operand<TFloat32>> terms = new ArrayList<>(pass.penalties());
    outputs.stream()
        .filter(output -> DType.of(output.operand().type()).floating())
        .forEach(output -> terms.add(weighted(floats(output.operand()))));
    for (WeightSpec spec : model.weights()) {
      spec.regularizer().ifPresent(each -> terms.add(each.penalty(tf, read(spec))));
    }
    if (!terms.isEmpty()) {
      gradients(terms.size() == 1 ? terms.get(0) : tf.math.addN(terms));
    }
  }

  private Operand<TFloat32> read(WeightSpec spec) {
    return pass.read(pass.define(spec.name(), spec.shape(), spec.initializer()));
  }

  /** Those that Keras has, with respect to weights, and to inputs that are floats. */
  private void gradients(Operand<TFloat32> total) {
    Map<String, Array> wanted = given.results();
    List<WeightSpec> trained =
        model.trainableWeights().stream()
            .filter(spec -> wanted.containsKey("weight_gradients " + spec.name()))
            .toList();
    List<Gradient> weights = new WeightGradients(network, List.of(pass)).of(total, trained);
    for (int i = 0; i < trained.size(); i++) {
      fetches.put("weight_gradients " + trained.get(i).name(), weights.get(i).whole(tf));
    }
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    for (Operand<? extends TType> place : places) {
      if (place.type().equals(TFloat32.class)) {
        inputs.add(place.asOutput().expect(TFloat32.class));
      }
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (wanted.containsKey("gradient " + i)) {
        fetches.put("gradient " + i, network.gradients(total, List.of(inputs.get(i))).get(0));
      }
    }
  }

  private Operand<TFloat32> floats(Operand<? extends TType> operand) {
    @SuppressWarnings("unchecked") // texts are not asked for
    Operand<? extends TNumber> numbers = (Operand<? extends TNumber>) operand;
    return numbers.type().equals(TFloat32.class)
        ? numbers.asOutput().expect(TFloat32.class)
        : tf.dtypes.cast(numbers, TFloat32.class);
  }

  /** A sum with the weights of {@code tools/golden/attention.py}. */
  private Operand<TFloat32> weighted(Operand<TFloat32> output) {
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

  /** All that came out, by what it is; truths as numbers. */
  Map<String, Array> results() {
    Map<String, Operand<? extends TType>> apart = new TreeMap<>();
    fetches.forEach(
        (what, operand) ->
            apart.put(
                what,
                operand.type().equals(TString.class)
                    ? tf.identity(operand)
                    : tf.identity(floats(operand))));
    network.iteration();
    List<Tensor> fed = given.inputs();
    try (NetworkSession session = network.start(SessionOptions.on(TestDevice.get()))) {
      session.initialize();
      session.write(given.weights());
      Map<String, Array> results = new TreeMap<>(run(session, apart, fed));
      results.putAll(changed(session));
      return results;
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private Map<String, Array> run(
      NetworkSession session, Map<String, Operand<? extends TType>> wanted, List<Tensor> fed) {
    Session.Runner runner = session.session().runner();
    for (int i = 0; i < fed.size(); i++) {
      runner.feed(places.get(i), fed.get(i));
    }
    wanted.values().forEach(runner::fetch);
    pass.updates().forEach(runner::addTarget);
    Map<String, Array> arrays = new HashMap<>();
    try (Result result = runner.run()) {
      int next = 0;
      for (String what : wanted.keySet()) {
        arrays.put(what, Tensors.array(result.get(next++)));
      }
    }
    return arrays;
  }

  /** The weights that the call itself changed. */
  private Map<String, Array> changed(NetworkSession session) {
    Map<String, Array> changed = new HashMap<>();
    if (!given.weights().names().isEmpty()) {
      Weights after = session.read(List.copyOf(given.weights().names()));
      for (String name : given.weights().names()) {
        if (!after.get(name).equals(given.weights().get(name))) {
          changed.put("weights_after " + name, after.get(name));
        }
      }
    }
    return changed;
  }
}
