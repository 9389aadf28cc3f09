package kerava.saving.savedmodel.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.config.Listed;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * Reads the graph of a SavedModel before TensorFlow does.
 *
 * <p>{@link #structure} refuses what would end the process in TensorFlow's native code, {@link
 * #operations} what does more than compute. Neither runs anything.
 *
 * @see <a href="https://github.com/tensorflow/tensorflow/blob/master/SECURITY.md">TensorFlow:
 *     models are programs</a>
 */
public final class GraphCheck {
  private static final int LETTERS = 60;

  /** The signature that names what is run when a model is loaded, which may give nothing. */
  private static final String INITIALIZER = "__saved_model_init_op";

  private final MetaGraphDef meta;
  private final Subgraph graph;
  private final Map<String, Subgraph> functions = new LinkedHashMap<>();
  private final CallGraph calls;

  private GraphCheck(MetaGraphDef meta) throws GraphException {
    this.meta = meta;
    GraphDef def = meta.getGraphDef();
    for (FunctionDef function : def.getLibrary().getFunctionList()) {
      Subgraph subgraph = Subgraph.of(function);
      if (!subgraph.isFunction()) {
        throw GraphException.damaged("function", "a name", "none");
      }
      if (functions.put(function.getSignature().getName(), subgraph) != null) {
        throw GraphException.damaged(subgraph.place(), "one function of that name", "two");
      }
    }
    graph = Subgraph.of(def);
    calls = new CallGraph(functions);
  }

  /**
   * Refuses a graph that TensorFlow could not build, or would end the process over.
   *
   * @param constants how many bytes its constants may take in memory, all together
   * @return the check, which goes on with {@link #operations}
   * @throws GraphException with the place in the graph
   */
  public static GraphCheck structure(MetaGraphDef meta, long constants) throws GraphException {
    GraphCheck check = new GraphCheck(meta);
    ShapeCheck shapes = new ShapeCheck(constants);
    check.require(check.graph, shapes);
    for (FunctionDef function : meta.getGraphDef().getLibrary().getFunctionList()) {
      Subgraph subgraph = check.functions.get(function.getSignature().getName());
      if (subgraph != null) {
        requireReturns(check.require(subgraph, shapes), subgraph, function);
        for (AttrValue value : function.getAttrMap().values()) {
          shapes.require(subgraph.place(), value);
        }
      }
    }
    check.calls.require(check.graph);
    check.requireEnds();
    return check;
  }

  /**
   * Refuses a graph with operations that do more than compute, such as those that touch files.
   *
   * @throws GraphException with the operation's name
   */
  public void operations() throws GraphException {
    new FileAccess(meta, graph, functions, calls).require();
  }

  private Edges require(Subgraph subgraph, ShapeCheck shapes) throws GraphException {
    Map<String, TypedNode> typed = new HashMap<>();
    FunctionSignatures called = new FunctionSignatures(functions);
    for (NodeDef node : subgraph.nodes().values()) {
      for (AttrValue value : node.getAttrMap().values()) {
        shapes.require(subgraph.where(node), value);
      }
      ShapeCheck.requireType(subgraph.where(node), node);
      TypedNode known = new TypedNode(subgraph, node, operation(subgraph, node));
      known.requireAttributes();
      called.require(known);
      typed.put(node.getName(), known);
    }
    Edges edges = new Edges(subgraph, typed);
    edges.require();
    return edges;
  }

  private OpDef operation(Subgraph subgraph, NodeDef node) throws GraphException {
    Subgraph function = functions.get(node.getOp());
    if (function != null) {
      return function.function();
    }
    Optional<OpDef> operation = OpRegistry.find(node.getOp());
    // What begins like this, TensorFlow puts into graphs itself.
    if (operation.isEmpty() || node.getOp().startsWith("_")) {
      throw GraphException.unknown(
          subgraph.where(node),
          "an operation of TensorFlow's own",
          "\"" + Listed.cut(node.getOp(), LETTERS) + "\"");
    }
    return operation.get();
  }

  /** What a function gives back comes from one of its nodes or arguments, and is of its type. */
  private static void requireReturns(Edges edges, Subgraph subgraph, FunctionDef function)
      throws GraphException {
    for (OpDef.ArgDef output : subgraph.function().getOutputArgList()) {
      String from = function.getRetOrDefault(output.getName(), "");
      if (!edges.type(NodeDef.getDefaultInstance(), from).fit(FunctionSignatures.type(output))) {
        throw GraphException.damaged(
            subgraph.place() + " output \"" + Listed.cut(output.getName(), LETTERS) + "\"",
            "a tensor of its type",
            "\"" + Listed.cut(from, LETTERS) + "\"");
      }
    }
    for (String node : function.getControlRetMap().values()) {
      if (!subgraph.nodes().containsKey(node)) {
        throw GraphException.damaged(
            subgraph.place(), "nodes to wait for", "\"" + Listed.cut(node, LETTERS) + "\"");
      }
    }
  }

  /** What signatures, the saver and assets name is there. */
  private void requireEnds() throws GraphException {
    for (Map.Entry<String, SignatureDef> signature : meta.getSignatureDefMap().entrySet()) {
      String where = "signature \"" + Listed.cut(signature.getKey(), LETTERS) + "\"";
      boolean runs = signature.getKey().equals(INITIALIZER);
      for (String name : tensors(signature.getValue())) {
        if (runs) {
          requireNode(where, name);
        } else {
          requireTensor(where, name);
        }
      }
    }
    SaverDef saver = meta.getSaverDef();
    for (String name :
        List.of(
            saver.getFilenameTensorName(), saver.getSaveTensorName(), saver.getRestoreOpName())) {
      if (!name.isEmpty()) {
        requireNode("saver", name);
      }
    }
    for (AssetFileDef asset : meta.getAssetFileDefList()) {
      requireTensor("asset", asset.getTensorInfo().getName());
    }
  }

  private static List<String> tensors(SignatureDef signature) {
    List<String> names = new ArrayList<>();
    signature.getInputsMap().values().forEach(info -> collect(info, names));
    signature.getOutputsMap().values().forEach(info -> collect(info, names));
    return names;
  }

  /** The tensors that one input or output of a signature consists of. */
  static void collect(TensorInfo info, List<String> names) {
    switch (info.getEncodingCase()) {
      case NAME -> names.add(info.getName());
      case COO_SPARSE -> {
        names.add(info.getCooSparse().getValuesTensorName());
        names.add(info.getCooSparse().getIndicesTensorName());
        names.add(info.getCooSparse().getDenseShapeTensorName());
      }
      case COMPOSITE_TENSOR ->
          info.getCompositeTensor().getComponentsList().forEach(part -> collect(part, names));
      default -> {
        // One without a tensor is for those who ask.
      }
    }
  }

  /** A node that is run, or an output of one. */
  private void requireNode(String where, String name) throws GraphException {
    if (name.indexOf(':') >= 0 || !graph.nodes().containsKey(name)) {
      requireTensor(where, name);
    }
  }

  private void requireTensor(String where, String name) throws GraphException {
    NodeDef node = graph.nodes().get(Subgraph.source(name));
    if (node == null || !isOutput(node, name)) {
      throw GraphException.damaged(
          where, "an output of the graph", "\"" + Listed.cut(name, LETTERS) + "\"");
    }
  }

  /** Without a number, a name means the first output. */
  private boolean isOutput(NodeDef node, String name) throws GraphException {
    int colon = name.indexOf(':');
    String number = colon < 0 ? "0" : name.substring(colon + 1);
    return number.matches("\\d{1,6}")
        && new TypedNode(graph, node, operation(graph, node)).outputs().size()
            > Integer.parseInt(number);
  }
}
