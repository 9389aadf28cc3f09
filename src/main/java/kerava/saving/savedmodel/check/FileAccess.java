package kerava.saving.savedmodel.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerava.config.Listed;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;

/**
 * Refuses operations that do more than compute. Those of the model's own saver stay, which restore
 * its variables when it is loaded, and save them when nobody wants it; and those that fill tables
 * from the model's own assets.
 */
final class FileAccess {
  private static final List<String> INITIALIZERS = List.of("saved_model_main_op", "legacy_init_op");
  private static final int LETTERS = 60;

  private final MetaGraphDef meta;
  private final Subgraph graph;
  private final Map<String, Subgraph> functions;
  private final CallGraph calls;
  private final Part running;
  private final Part restoring;
  private final Part saving;

  /**
   * What one purpose of the graph uses.
   *
   * @param nodes the names of nodes of the graph
   * @param functions the names of functions
   */
  private record Part(Set<String> nodes, Set<String> functions) {
    boolean has(Subgraph subgraph, NodeDef node) {
      return subgraph.isFunction()
          ? functions.contains(subgraph.function().getName())
          : nodes.contains(node.getName());
    }
  }

  FileAccess(MetaGraphDef meta, Subgraph graph, Map<String, Subgraph> functions, CallGraph calls) {
    this.meta = meta;
    this.graph = graph;
    this.functions = functions;
    this.calls = calls;
    running = part(starts());
    restoring = part(List.of(meta.getSaverDef().getRestoreOpName()));
    saving = part(List.of(meta.getSaverDef().getSaveTensorName()));
  }

  /** What a signature or an initializer runs of the graph. */
  private List<String> starts() {
    List<String> starts = new ArrayList<>();
    for (SignatureDef signature : meta.getSignatureDefMap().values()) {
      signature.getOutputsMap().values().forEach(info -> GraphCheck.collect(info, starts));
    }
    for (String name : INITIALIZERS) {
      if (meta.containsCollectionDef(name)) {
        starts.addAll(meta.getCollectionDefOrThrow(name).getNodeList().getValueList());
      }
    }
    return starts;
  }

  private Part part(Collection<String> starts) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    starts.forEach(start -> open.add(Subgraph.source(start)));
    while (!open.isEmpty()) {
      String name = open.remove();
      NodeDef node = graph.nodes().get(name);
      if (node != null && reached.add(name)) {
        open.addAll(Subgraph.sources(node));
      }
    }
    return new Part(
        reached, calls.reached(reached.stream().map(name -> graph.nodes().get(name)).toList()));
  }

  void require() throws GraphException {
    requireKnown(graph);
    for (Subgraph subgraph : functions.values()) {
      requireKnown(subgraph);
    }
    FilePathFlow trace = new FilePathFlow(graph, functions, calls, assets(), filename());
    trace.require(
        graph.nodes().values().stream()
            .filter(node -> running.has(graph, node) || restoring.has(graph, node))
            .toList());
  }

  private void requireKnown(Subgraph subgraph) throws GraphException {
    for (NodeDef node : subgraph.nodes().values()) {
      String op = node.getOp();
      if (functions.containsKey(op) || OpRegistry.computes(op) || isTable(op)) {
        continue;
      }
      boolean saver =
          saving.has(subgraph, node)
              && !running.has(subgraph, node)
              && (OpRegistry.RESTORING.contains(op)
                  || (OpRegistry.SAVING.contains(op) && !restoring.has(subgraph, node)));
      boolean restorer =
          OpRegistry.RESTORING.contains(op)
              && restoring.has(subgraph, node)
              && !running.has(subgraph, node);
      if (!saver && !restorer) {
        throw GraphException.untrusted(
            subgraph.where(node), "an operation that only computes", Listed.cut(op, LETTERS));
      }
    }
  }

  private static boolean isTable(String op) {
    return OpRegistry.TABLES.contains(op);
  }

  private String filename() {
    return Subgraph.source(meta.getSaverDef().getFilenameTensorName());
  }

  /** The nodes that hold the paths of the model's own files; the loader writes them anew. */
  private Set<String> assets() throws GraphException {
    Set<String> nodes = new HashSet<>();
    for (AssetFileDef asset : meta.getAssetFileDefList()) {
      String name = asset.getFilename();
      boolean within =
          !name.isEmpty()
              && !name.startsWith("/")
              && name.indexOf('\\') < 0
              && name.indexOf(':') < 0
              && List.of(name.split("/", -1)).stream()
                  .noneMatch(part -> part.isEmpty() || part.equals(".."));
      if (!within) {
        throw GraphException.untrusted(
            "asset",
            "the name of a file in the folder assets",
            "\"" + Listed.cut(name, LETTERS) + "\"");
      }
      nodes.add(Subgraph.source(asset.getTensorInfo().getName()));
    }
    return nodes;
  }
}
