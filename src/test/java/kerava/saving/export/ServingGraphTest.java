package kerava.saving.export;

import static kerava.saving.export.ServedModel.MODEL;
import static kerava.saving.export.ServedModel.WEIGHTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kerava.saving.SavedModels;
import kerava.saving.format.FileNames;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** The graph and the signatures of an export, as TensorFlow Serving wants them. */
final class ServingGraphTest {
  private static final Pattern TRAINING =
      Pattern.compile(
          "(?i).*(random|dropout|apply|grad|backprop|summary|assign|pyfunc|multinomial).*");

  @TempDir static Path base;
  private static MetaGraphDef meta;

  @BeforeAll
  static void export() throws IOException {
    Path version = SavedModels.export(MODEL, WEIGHTS, base);
    SavedModel file =
        SavedModel.parseFrom(Files.readAllBytes(version.resolve(FileNames.SAVED_MODEL)));
    assertEquals(1, file.getMetaGraphsCount());
    meta = file.getMetaGraphs(0);
  }

  @Test
  void theGraphIsClosed() {
    meta.getSignatureDefMap()
        .forEach(
            (name, signature) -> {
              List<NodeDef> needed = needed(signature);
              Set<String> places =
                  needed.stream()
                      .filter(node -> node.getOp().startsWith("Placeholder"))
                      .map(node -> node.getName() + ":0")
                      .collect(Collectors.toSet());
              Set<String> inputs =
                  signature.getInputsMap().values().stream()
                      .map(TensorInfo::getName)
                      .collect(Collectors.toSet());
              assertEquals(inputs, places, name);
              needed.forEach(node -> assertFalse(isTraining(node), name + ": " + node));
            });
    long unused =
        meta.getGraphDef().getNodeList().stream()
            .filter(node -> !node.getName().startsWith("save/"))
            .filter(ServingGraphTest::isTraining)
            .count();
    assertEquals(0, unused);
  }

  @Test
  void theTrainingTraceWouldBeNoticed() {
    FunctionDef training =
        meta.getGraphDef().getLibrary().getFunctionList().stream()
            .filter(function -> function.getSignature().getName().equals("call_training"))
            .findFirst()
            .orElseThrow();
    assertTrue(training.getNodeDefList().stream().anyMatch(ServingGraphTest::isTraining));
  }

  private static boolean isTraining(NodeDef node) {
    return TRAINING.matcher(node.getOp()).matches();
  }

  /** What a signature's outputs follow from. */
  private static List<NodeDef> needed(SignatureDef signature) {
    Map<String, NodeDef> nodes = new HashMap<>();
    meta.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    Deque<String> names = new ArrayDeque<>();
    signature
        .getOutputsMap()
        .values()
        .forEach(info -> names.add(ServingGraph.owner(info.getName())));
    Set<String> seen = new HashSet<>();
    while (!names.isEmpty()) {
      String name = names.remove();
      if (seen.add(name)) {
        nodes.get(name).getInputList().forEach(input -> names.add(ServingGraph.owner(input)));
      }
    }
    return seen.stream().map(nodes::get).toList();
  }

  @Test
  void attributesWithDefaultsAreStripped() {
    assertTrue(meta.getMetaInfoDef().getStrippedDefaultAttrs());
    Map<String, OpDef> operations = new HashMap<>();
    meta.getMetaInfoDef()
        .getStrippedOpList()
        .getOpList()
        .forEach(op -> operations.put(op.getName(), op));
    int optional = 0;
    for (NodeDef node : nodes()) {
      for (OpDef.AttrDef attribute : operations.get(node.getOp()).getAttrList()) {
        if (attribute.hasDefaultValue()) {
          optional++;
          assertFalse(
              attribute.getDefaultValue().equals(node.getAttrMap().get(attribute.getName())),
              node + " " + attribute.getName());
        }
      }
    }
    assertTrue(optional > 10, optional + " attributes that could be stripped");
  }

  @Test
  void theListOfOperationsIsComplete() {
    List<String> listed =
        meta.getMetaInfoDef().getStrippedOpList().getOpList().stream().map(OpDef::getName).toList();
    Set<String> used = new TreeSet<>();
    nodes().forEach(node -> used.add(node.getOp()));
    assertEquals(List.copyOf(used), listed);
  }

  /** The nodes of the graph and of its functions. */
  private static List<NodeDef> nodes() {
    GraphDef graph = meta.getGraphDef();
    return Stream.concat(
            graph.getNodeList().stream(),
            graph.getLibrary().getFunctionList().stream()
                .flatMap(function -> function.getNodeDefList().stream()))
        .toList();
  }

  @Test
  void nodesComeAfterTheirInputs() {
    Set<String> seen = new HashSet<>();
    for (NodeDef node : meta.getGraphDef().getNodeList()) {
      for (String input : node.getInputList()) {
        assertTrue(seen.contains(ServingGraph.owner(input)), node.getName() + " before " + input);
      }
      assertTrue(seen.add(node.getName()), node.getName() + " stands there twice");
    }
  }

  @Test
  void signaturesAgreeWithTheGraph() {
    try (Graph graph = new Graph()) {
      graph.importGraphDef(meta.getGraphDef());
      meta.getSignatureDefMap()
          .forEach(
              (name, signature) -> {
                assertTrue(signature.getMethodName().matches("tensorflow/serving/.+"), name);
                signature.getInputsMap().forEach((alias, info) -> assertAgrees(graph, info));
                signature.getOutputsMap().forEach((alias, info) -> assertAgrees(graph, info));
                assertFalse(signature.containsInputs("b64"), name);
              });
    }
  }

  private static void assertAgrees(Graph graph, TensorInfo info) {
    String[] parts = info.getName().split(":", -1);
    Output<?> output = graph.operationOrThrow(parts[0]).output(Integer.parseInt(parts[1]));
    assertEquals(info.getDtype(), output.dataType(), info.getName());
    assertEquals(-1, info.getTensorShape().getDim(0).getSize(), info.getName());
    long[] promised =
        info.getTensorShape().getDimList().stream().mapToLong(dim -> dim.getSize()).toArray();
    assertTrue(
        output.shape().isUnknown()
            || output.shape().isCompatibleWith(org.tensorflow.ndarray.Shape.of(promised)),
        info.getName() + ": " + Arrays.toString(promised) + " is " + output.shape());
  }

  @Test
  void classifyIsAsTheServerDemands() {
    SignatureDef signature = meta.getSignatureDefOrThrow("classify_examples");
    assertEquals("tensorflow/serving/classify", signature.getMethodName());
    assertEquals(Set.of("inputs"), signature.getInputsMap().keySet());
    TensorInfo inputs = signature.getInputsOrThrow("inputs");
    assertEquals(org.tensorflow.proto.DataType.DT_STRING, inputs.getDtype());
    assertEquals(1, inputs.getTensorShape().getDimCount());
    TensorInfo classes = signature.getOutputsOrThrow("classes");
    TensorInfo scores = signature.getOutputsOrThrow("scores");
    assertEquals(Set.of("classes", "scores"), signature.getOutputsMap().keySet());
    assertEquals(org.tensorflow.proto.DataType.DT_STRING, classes.getDtype());
    assertEquals(org.tensorflow.proto.DataType.DT_FLOAT, scores.getDtype());
    assertEquals(2, classes.getTensorShape().getDimCount());
    assertEquals(classes.getTensorShape(), scores.getTensorShape());
  }
}
