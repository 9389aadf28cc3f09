package kerava.saving.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.graph.Network;
import kerava.graph.Variable;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Signature;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NodeDef;

/**
 * Parts of a network as functions, which take the network's variables as their last arguments.
 *
 * <p>Python calls functions, not the graph around them, and differentiates them.
 */
final class FunctionLibrary {
  private final Network network;
  private final List<Variable> variables;
  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();

  /** The place of each node in the network, in which it comes after its inputs. */
  private final Map<String, Integer> order = new HashMap<>();

  FunctionLibrary(Network network, List<Variable> variables) {
    this.network = network;
    this.variables = variables;
    network.graph().operations().forEachRemaining(op -> order.put(op.name(), order.size()));
  }

  /** Adds what leads from some places of the network to others. */
  void add(String name, Collection<ExportTensor> inputs, Collection<ExportTensor> outputs) {
    functions.put(name, ordered(name, cut(variables, inputs, outputs)));
  }

  /**
   * Adds a computation for training. Its counter of steps, from which random numbers follow, is
   * replaced by a random number: a function that is called from Python has no training run around
   * it that would count.
   */
  void addTraining(String name, Collection<ExportTensor> inputs, Collection<ExportTensor> outputs) {
    List<Variable> all = new ArrayList<>(variables);
    all.add(network.iteration());
    FunctionDef function = RandomCounter.replace(cut(all, inputs, outputs));
    functions.put(name, ordered(name, function));
  }

  private FunctionDef cut(
      List<Variable> handles, Collection<ExportTensor> inputs, Collection<ExportTensor> outputs) {
    Signature.Builder signature = Signature.builder("function");
    inputs.forEach(tensor -> signature.input("input " + tensor.tensor(), tensor.operand()));
    handles.forEach(variable -> signature.input("variable " + variable, variable.handle()));
    outputs.forEach(tensor -> signature.output("output " + tensor.tensor(), tensor.operand()));
    try (ConcreteFunction function = ConcreteFunction.create(signature.build(), network.graph())) {
      return function.getFunctionDef();
    }
  }

  // TensorFlow Java 1.1.0 gives the nodes in the order of a hash table, another in every run.
  private FunctionDef ordered(String name, FunctionDef function) {
    List<NodeDef> nodes = new ArrayList<>(PortableNodes.of(function.getNodeDefList()));
    nodes.sort(Comparator.comparingInt(node -> order.getOrDefault(node.getName(), -1)));
    FunctionDef.Builder builder = function.toBuilder().clearNodeDef().addAllNodeDef(nodes);
    builder.getSignatureBuilder().setName(name);
    return builder.build();
  }

  /** These functions and those that they call. */
  FunctionDefLibrary with(FunctionDefLibrary called) {
    return called.toBuilder().addAllFunction(functions.values()).build();
  }
}
