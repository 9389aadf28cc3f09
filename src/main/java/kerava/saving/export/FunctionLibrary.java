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
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NodeDef;

/**
 * Parts of a network as functions, which take the network's variables and tables as their last
 * arguments.
 *
 * <p>Python calls functions, not the graph around them, and differentiates them.
 */
final class FunctionLibrary {
  private final Network network;
  private final List<Operand<?>> resources = new ArrayList<>();
  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();

  /** The place of each node in the network, in which it comes after its inputs. */
  private final Map<String, Integer> order = new HashMap<>();

  FunctionLibrary(Network network, List<Variable> variables) {
    this.network = network;
    variables.forEach(variable -> resources.add(variable.handle()));
    network.tables().all().forEach(table -> resources.add(table.handle()));
    network.graph().operations().forEachRemaining(op -> order.put(op.name(), order.size()));
  }

  /** Adds what leads from some places of the network to others. */
  void add(String name, Collection<ExportTensor> inputs, Collection<ExportTensor> outputs) {
    functions.put(name, ordered(name, cut(resources, inputs, outputs)));
  }

  /**
   * Adds a computation for training. Its counter of steps, from which random numbers follow, is
   * replaced by a random number: a function that is called from Python has no training run around
   * it that would count.
   */
  void addTraining(String name, Collection<ExportTensor> inputs, Collection<ExportTensor> outputs) {
    List<Operand<?>> all = new ArrayList<>(resources);
    all.add(network.iteration().handle());
    FunctionDef function = RandomCounter.replace(cut(all, inputs, outputs));
    functions.put(name, ordered(name, function));
  }

  private FunctionDef cut(
      List<Operand<?>> handles, Collection<ExportTensor> inputs, Collection<ExportTensor> outputs) {
    Signature.Builder signature = Signature.builder("function");
    inputs.forEach(tensor -> signature.input("input " + tensor.tensor(), tensor.operand()));
    handles.forEach(handle -> signature.input("resource " + handle.op().name(), handle));
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

  /** Adds functions that are no parts of the network. */
  void add(List<FunctionDef> others) {
    others.forEach(function -> functions.put(function.getSignature().getName(), function));
  }

  /** These functions and those that they call. */
  FunctionDefLibrary with(FunctionDefLibrary called) {
    return called.toBuilder().addAllFunction(functions.values()).build();
  }
}
