package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.Node;
import kerava.TestDevice;
import kerava.WeightSpec;
import kerava.graph.Array;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A model of one layer, called once in a graph of its own; its batch size is not known there.
 *
 * @param model the model
 * @param inputs what the layer is called with
 * @param values its weights by name; those that are missing have their first values
 * @param upstream what the output is weighted with before it is summed and differentiated
 * @param draws what is given in place of random numbers, by the names of these in the layer's scope
 */
record LayerRun(
    Model model,
    List<Array> inputs,
    Map<String, Array> values,
    Optional<Array> upstream,
    Map<String, Array> draws) {
  private static final String STEP = "checked";

  /**
   * What came out.
   *
   * @param graphShape the output's shape in the graph
   * @param output the numbers
   * @param gradients of each input, then of each trained weight
   * @param weightsAfter the weights when the layer's updates had run
   * @param penalty what the layer added to the loss
   */
  record Outcome(
      Shape graphShape,
      Array output,
      List<Array> gradients,
      Map<String, Array> weightsAfter,
      List<Array> penalty) {}

  /** Puts the layer behind inputs like these arrays. */
  static LayerRun of(Layer layer, List<Array> inputs) {
    Node[] nodes =
        inputs.stream()
            .map(array -> Arrays.stream(array.shape().asArray()).skip(1).toArray())
            .map(Input::of)
            .toArray(Node[]::new);
    Model model = Model.of(List.of(nodes), List.of(layer.named(STEP).apply(nodes)));
    return new LayerRun(model, inputs, Map.of(), Optional.empty(), Map.of());
  }

  LayerRun weights(Map<String, Array> others) {
    return new LayerRun(model, inputs, others, upstream, draws);
  }

  LayerRun differentiated(Array weighting) {
    return new LayerRun(model, inputs, values, Optional.of(weighting), draws);
  }

  LayerRun drawing(Map<String, Array> numbers) {
    return new LayerRun(model, inputs, values, upstream, numbers);
  }

  /** The names of the weights, without the step's. */
  List<String> weightNames() {
    return model.weights().stream().map(WeightSpec::name).map(LayerRun::local).toList();
  }

  private static String local(String name) {
    return name.substring(STEP.length() + 1);
  }

  Outcome run(Mode mode) {
    return run(mode, 0);
  }

  /**
   * The same at a later step.
   *
   * @param step how many steps are said to have run before
   */
  Outcome run(Mode mode, int step) {
    Network network = Network.create(1);
    Pass pass = network.pass("test", mode);
    List<Operand<TFloat32>> operands = new ArrayList<>();
    for (Shape shape : model.inputShapes()) {
      operands.add(network.tf().placeholder(TFloat32.class, Placeholder.shape(shape)));
    }
    List<Operand<TFloat32>> fetches = new ArrayList<>();
    Operand<TFloat32> output = model.build(pass, operands).get(0);
    fetches.add(output);
    upstream.ifPresent(
        weighting ->
            fetches.addAll(
                network.gradients(sum(network.tf(), output, weighting), sources(pass, operands))));
    fetches.addAll(pass.penalties());
    // TensorFlow Java refuses to fetch one operand twice, and some of these may be the same.
    List<Operand<TFloat32>> apart =
        fetches.stream().<Operand<TFloat32>>map(network.tf()::identity).toList();
    network.iteration();
    try (NetworkSession session = network.start(SessionOptions.on(TestDevice.get()))) {
      session.initialize();
      Map<String, Array> named = new HashMap<>();
      values.forEach((name, array) -> named.put(STEP + "/" + name, array));
      named.put(Network.ITERATION, Array.of(new long[] {step}));
      session.write(Weights.of(named));
      List<Array> arrays = fetch(session, new Call(pass, operands, apart));
      int gradients = fetches.size() - pass.penalties().size();
      return new Outcome(
          output.shape(),
          arrays.get(0),
          arrays.subList(1, gradients),
          weightsAfter(session),
          arrays.subList(gradients, arrays.size()));
    }
  }

  private record Call(
      Pass pass, List<Operand<TFloat32>> operands, List<Operand<TFloat32>> fetches) {}

  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> output, Array weighting) {
    Operand<TFloat32> weights =
        tf.reshape(tf.constant(weighting.floats()), tf.constant(weighting.shape().asArray()));
    Operand<TFloat32> row = tf.reshape(tf.math.mul(output, weights), tf.constant(new int[] {-1}));
    return tf.sum(row, tf.constant(0));
  }

  private List<Operand<TFloat32>> sources(Pass pass, List<Operand<TFloat32>> operands) {
    Map<String, Operand<TFloat32>> reads = new HashMap<>();
    pass.reads().forEach((variable, read) -> reads.put(variable.name(), read));
    List<Operand<TFloat32>> sources = new ArrayList<>(operands);
    model.trainableWeights().forEach(spec -> sources.add(reads.get(spec.name())));
    return sources;
  }

  private List<Array> fetch(NetworkSession session, Call call) {
    Map<Operand<?>, Array> given = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      given.put(call.operands().get(i), inputs.get(i));
    }
    draws.forEach((name, array) -> given.put(draw(session.network(), name), array));
    List<Tensor> fed = new ArrayList<>();
    Session.Runner runner = session.session().runner();
    given.forEach(
        (operand, array) -> {
          Tensor tensor = Tensors.of(array);
          fed.add(tensor);
          runner.feed(operand, tensor);
        });
    call.fetches().forEach(runner::fetch);
    call.pass().updates().forEach(runner::addTarget);
    List<Array> arrays = new ArrayList<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < call.fetches().size(); i++) {
        arrays.add(Tensors.array(result.get(i)));
      }
    } finally {
      fed.forEach(Tensor::close);
    }
    return arrays;
  }

  /**
   * A draw of the layer.
   *
   * @param name in the layer's scope: {@code factor}, {@code random_hue/factor}
   */
  static Output<?> draw(Network network, String name) {
    List<Output<?>> found = new ArrayList<>();
    for (Iterator<GraphOperation> all = network.graph().operations(); all.hasNext(); ) {
      GraphOperation operation = all.next();
      if (operation.name().endsWith("/" + STEP + "/" + name)) {
        found.add(operation.output(0));
      }
    }
    assertEquals(1, found.size(), "draws of the name " + name);
    return found.get(0);
  }

  private Map<String, Array> weightsAfter(NetworkSession session) {
    List<String> names = model.weights().stream().map(WeightSpec::name).toList();
    Weights weights = session.read(names);
    Map<String, Array> after = new LinkedHashMap<>();
    names.forEach(name -> after.put(local(name), weights.get(name)));
    return after;
  }
}
