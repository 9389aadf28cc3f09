package kerava.saving.savedmodel.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kerava.config.Listed;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * Nodes that refer to each other by name: those of the graph, or those of one of its functions.
 *
 * @param function the function's declaration; the default one, without a name, for the graph
 * @param nodes by name, in the file's order
 * @param arguments the number of each argument of the function by its name
 */
record Subgraph(OpDef function, Map<String, NodeDef> nodes, Map<String, Integer> arguments) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.][A-Za-z0-9_.\\\\/>-]*");
  private static final int LETTERS = 60;

  static Subgraph of(GraphDef graph) throws GraphException {
    return of(OpDef.getDefaultInstance(), graph.getNodeList());
  }

  static Subgraph of(FunctionDef function) throws GraphException {
    return of(function.getSignature(), function.getNodeDefList());
  }

  private static Subgraph of(OpDef function, List<NodeDef> nodes) throws GraphException {
    Map<String, Integer> arguments = new LinkedHashMap<>();
    for (OpDef.ArgDef argument : function.getInputArgList()) {
      arguments.put(argument.getName(), arguments.size());
    }
    Subgraph subgraph = new Subgraph(function, new LinkedHashMap<>(), arguments);
    if (arguments.size() < function.getInputArgCount()) {
      throw GraphException.damaged(
          subgraph.place(), "arguments of different names", "one name twice");
    }
    for (NodeDef node : nodes) {
      if (!NAME.matcher(node.getName()).matches()) {
        throw GraphException.damaged(
            subgraph.where(node), "a name of letters, digits, _, ., \\, /, > and -", "another");
      }
      boolean taken = subgraph.nodes.put(node.getName(), node) != null;
      if (taken || arguments.containsKey(node.getName())) {
        throw GraphException.damaged(subgraph.where(node), "one node of that name", "two");
      }
    }
    return subgraph;
  }

  boolean isFunction() {
    return !function.getName().isEmpty();
  }

  /** It in a message. */
  String place() {
    return isFunction() ? "function \"" + cut(function.getName()) + "\"" : "graph";
  }

  /** A node in a message; the function itself, where the node has no name. */
  String where(NodeDef node) {
    if (node.getName().isEmpty()) {
      return place();
    }
    String at = "node \"" + cut(node.getName()) + "\"";
    return isFunction() ? place() + " " + at : at;
  }

  private static String cut(String name) {
    return Listed.cut(name, LETTERS);
  }

  /** The inputs of a node that carry values. */
  static List<String> data(NodeDef node) {
    return node.getInputList().stream().filter(input -> !input.startsWith("^")).toList();
  }

  /** The names of the nodes, or arguments, that a node waits for. */
  static List<String> sources(NodeDef node) {
    List<String> names = new ArrayList<>();
    for (String input : node.getInputList()) {
      names.add(source(input));
    }
    return names;
  }

  /** The name of the node, or argument, that an input comes from. */
  static String source(String input) {
    int from = input.startsWith("^") ? 1 : 0;
    int colon = input.indexOf(':');
    return colon < 0 ? input.substring(from) : input.substring(from, Math.max(from, colon));
  }
}
