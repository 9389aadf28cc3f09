package kerava.saving.savedmodel;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.saving.format.FileNames;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * One way to call a SavedModel, with the values of its variables as constants of its graph.
 *
 * @param signature what it takes and gives, its inputs in the order in which Python calls it
 * @param graph the operations; the inputs are placeholders in it
 */
public record FrozenSignature(Signature signature, GraphDef graph) {
  /** What was read, for as long as there is memory. */
  private static final Map<Key, SoftReference<FrozenSignature>> READ = new ConcurrentHashMap<>();

  /** A file that is changed is read again. */
  private record Key(Path file, long size, long time, String signature) {}

  /**
   * Reads a signature, once.
   *
   * @param path the folder of a SavedModel, or of its versions, of which the highest is taken
   * @throws ModelFormatException if there is none, it is damaged, or it does more than compute
   * @throws IllegalArgumentException if it has no such signature
   * @throws IOException if it cannot be read
   */
  public static FrozenSignature read(Path path, String name) throws IOException {
    SavedModelFolder files = SavedModelFolder.open(path);
    Path file = files.folder().resolve(FileNames.SAVED_MODEL).toRealPath();
    Key key = new Key(file, Files.size(file), Files.getLastModifiedTime(file).toMillis(), name);
    SoftReference<FrozenSignature> known = READ.get(key);
    FrozenSignature signature = known == null ? null : known.get();
    if (signature == null) {
      signature = freeze(files, name);
      READ.put(key, new SoftReference<>(signature));
    }
    return signature;
  }

  /** The names of the signatures of a SavedModel, sorted. */
  public static List<String> names(Path path) throws IOException {
    return SavedModelInfo.read(path).signatures().all().stream().map(Signature::name).toList();
  }

  private static FrozenSignature freeze(SavedModelFolder files, String name) throws IOException {
    try (SavedModelSession session = SavedModelSession.open(files.folder(), false)) {
      Signature signature = ordered(session.info(), name);
      Map<String, NodeDef> nodes = new LinkedHashMap<>();
      files.meta().getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
      Set<String> reached = reached(nodes, signature);
      String prefix = "imported_%08x_".formatted(Arrays.hashCode(files.meta().toByteArray()));
      FrozenGraph frozen = new FrozenGraph(files.meta().getGraphDef().getLibrary(), prefix);
      List<NodeDef> kept =
          nodes.values().stream().filter(n -> reached.contains(n.getName())).toList();
      Map<String, Array> values = new HashMap<>();
      for (NodeDef node : kept) {
        if (node.getOp().equals("VarHandleOp")) {
          values.put(node.getName(), session.value(node.getName()));
        }
      }
      return new FrozenSignature(signature, frozen.of(kept, values));
    } catch (UnsupportedOperationException e) {
      throw new ModelFormatException(
          files.folder().toString(),
          "weights that are only read",
          String.valueOf(e.getMessage()),
          "Kerava takes a SavedModel into a graph as it predicts, without tables and state.");
    }
  }

  private static Signature ordered(SavedModelInfo info, String name) {
    Signature signature = info.signatures().get(name);
    Map<String, SignatureTensor> inputs = new LinkedHashMap<>();
    List<String> order =
        info.inputOrder(name).orElseGet(() -> byNumber(signature.inputs().keySet()));
    order.forEach(input -> inputs.put(input, SignatureCheck.value(signature.inputs(), input)));
    Map<String, SignatureTensor> outputs = new LinkedHashMap<>();
    byNumber(signature.outputs().keySet())
        .forEach(each -> outputs.put(each, SignatureCheck.value(signature.outputs(), each)));
    return new Signature(name, inputs, outputs);
  }

  /** Names in their order, but output_10 behind output_2. */
  private static List<String> byNumber(Set<String> names) {
    return names.stream()
        .sorted(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** The nodes that the outputs follow from, up to the inputs. */
  private static Set<String> reached(Map<String, NodeDef> nodes, Signature signature) {
    Set<String> ends = new HashSet<>();
    signature.inputs().values().forEach(input -> ends.add(node(input.tensor())));
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    signature.outputs().values().forEach(output -> open.add(node(output.tensor())));
    while (!open.isEmpty()) {
      String name = open.remove();
      NodeDef node = nodes.get(name);
      if (reached.add(name) && !ends.contains(name) && node != null) {
        node.getInputList().forEach(input -> open.add(node(input)));
      }
    }
    return reached;
  }

  private static String node(String tensor) {
    String plain = tensor.startsWith("^") ? tensor.substring(1) : tensor;
    int colon = plain.indexOf(':');
    return colon < 0 ? plain : plain.substring(0, colon);
  }
}
