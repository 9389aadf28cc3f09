package kerava.saving.export;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kerava.KeepsState;
import kerava.Model;
import kerava.NamedLayer;
import kerava.WeightSpec;
import kerava.config.Visible;
import kerava.graph.Cast;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.Pass;
import kerava.graph.TensorValue;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TType;

/**
 * A model built afresh for export: once for inference, once for training from Python, and once for
 * each further way in.
 *
 * @param network the graph
 * @param weights the model's weights
 * @param inference the computation of predictions
 * @param training the same with dropout and batch statistics; it updates moving averages
 * @param classifying signatures that give the best classes
 */
record ExportGraph(
    Network network,
    List<WeightSpec> weights,
    Endpoint inference,
    Endpoint training,
    List<Endpoint> classifying) {

  /** Builds a model into an empty network. */
  static ExportGraph build(Network network, Model model, ExportSettings settings) {
    if (KeepsState.in(model)) {
      throw new IllegalArgumentException(
          Visible.of(
              "SavedModels: expected a model whose layers keep no states from batch to batch, got"
                  + " \""
                  + model.name()
                  + "\". Requests of several clients would mix; set stateful to false."));
    }
    Endpoint inference = inference(network, model);
    Endpoint training = training(network, model);
    List<Endpoint> classifying = Classification.add(network, model, settings, inference);
    return new ExportGraph(network, model.weights(), inference, training, classifying);
  }

  /** The model's variables, in the model's order. */
  List<Variable> variables() {
    List<Variable> all = network.variables();
    return weights.stream()
        .map(
            weight ->
                all.stream().filter(v -> v.name().equals(weight.name())).findFirst().orElseThrow())
        .toList();
  }

  /** The signatures. */
  List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(inference);
    endpoints.add(inference.named("serve"));
    endpoints.addAll(classifying);
    return endpoints;
  }

  private static Endpoint inference(Network network, Model model) {
    ModelInputs inputs = ModelInputs.add(network.tf(), "serving_default", model);
    List<TensorValue> outputs = model.call(network.pass("infer", Mode.INFER), inputs.checked());
    Ops tf = network.tf().withSubScope("outputs");
    return new Endpoint(
        "serving_default", Endpoint.PREDICT, inputs.tensors(), named(tf, model, outputs));
  }

  private static Endpoint training(Network network, Model model) {
    ModelInputs inputs = ModelInputs.add(network.tf(), "training", model);
    Pass pass = network.pass("train", Mode.TRAIN);
    List<TensorValue> outputs = model.call(pass, inputs.checked());
    Ops tf = network.tf().withSubScope("trained").withControlDependencies(pass.updates());
    return new Endpoint("training", Endpoint.PREDICT, inputs.tensors(), named(tf, model, outputs));
  }

  private static SortedMap<String, ExportTensor> named(
      Ops tf, Model model, List<TensorValue> outputs) {
    SortedMap<String, ExportTensor> byName = new TreeMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      String name = model.outputNames().get(i);
      Operand<? extends TType> widened = Cast.widened(tf, outputs.get(i).operand());
      Operand<?> output = tf.withName(Names.legal(name)).identity(widened);
      byName.put(name, new ExportTensor(output, model.outputShapes().get(i)));
    }
    return byName;
  }

  /**
   * A model's inputs as placeholders.
   *
   * @param tensors the placeholders, by the names of the model's inputs
   * @param checked the same values, once their shapes have been looked at; in the model's order
   */
  private record ModelInputs(SortedMap<String, ExportTensor> tensors, List<TensorValue> checked) {
    static ModelInputs add(Ops tf, String name, Model model) {
      SortedMap<String, ExportTensor> tensors = new TreeMap<>();
      List<TensorValue> checked = new ArrayList<>();
      for (int i = 0; i < model.inputs().size(); i++) {
        NamedLayer.Origin input = model.inputs().get(i);
        Shape shape = model.inputShapes().get(i);
        Operand<? extends TType> place =
            tf.withName(Names.legal(name + "_" + input.layer()))
                .placeholder(
                    model.inputSpecs().get(i).type().tensorType(), Placeholder.shape(shape));
        tensors.put(input.layer(), new ExportTensor(place, shape));
        // TensorFlow Serving compares no shapes; without this a kernel would fail somewhere inside.
        checked.add(
            TensorValue.of(tf.withName(Names.legal(name + "_shape")).ensureShape(place, shape)));
      }
      return new ModelInputs(tensors, List.copyOf(checked));
    }
  }

  /** Names of operations. */
  private static final class Names {
    static String legal(String name) {
      return name.replaceAll("[^A-Za-z0-9_.\\-]", "_").replaceFirst("^[^A-Za-z0-9.]", "out_");
    }
  }
}
