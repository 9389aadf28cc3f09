package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kerava.ClassScore;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.WeightSpec;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import kerava.images.Scaling;
import kerava.interop.Near;
import kerava.layers.ActivationFunction;
import kerava.layers.BatchNormalization;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Dropout;
import kerava.layers.Flatten;
import kerava.saving.export.GraphFile;
import kerava.saving.export.RequestSamples;
import kerava.saving.export.TfExamples;
import kerava.saving.export.Warmup;
import kerava.saving.format.FileNames;
import kerava.saving.savedmodel.Checkpoint;
import kerava.saving.savedmodel.SavedModelFolder;
import kerava.saving.savedmodel.StringTensors;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** What TensorFlow Serving asks of an export, as far as it shows without the server. */
final class ServingChecklistTest {
  private static final Pattern TRAINING =
      Pattern.compile(
          "(?i).*(random|dropout|apply|grad|backprop|summary|assign|pyfunc|multinomial).*");

  /** Dropout and moving averages are what training has and serving must not have. */
  private static final Model MODEL =
      Sequential.of(
          Input.of(8, 8, 3),
          Conv2D.of(4, 3),
          BatchNormalization.of(),
          Flatten.of(),
          Dropout.of(0.5),
          Dense.of(5).activation(ActivationFunction.SOFTMAX));

  private static final Weights WEIGHTS = SeedModel.weights(MODEL, 5);

  @TempDir static Path base;
  private static Path version;
  private static MetaGraphDef meta;

  @BeforeAll
  static void export() throws IOException {
    version = SavedModels.export(MODEL, WEIGHTS, base);
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
            .filter(ServingChecklistTest::isTraining)
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
    assertTrue(training.getNodeDefList().stream().anyMatch(ServingChecklistTest::isTraining));
  }

  private static boolean isTraining(NodeDef node) {
    return TRAINING.matcher(node.getOp()).matches();
  }

  /** What a signature's outputs follow from. */
  private static List<NodeDef> needed(SignatureDef signature) {
    Map<String, NodeDef> nodes = new HashMap<>();
    meta.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    Deque<String> names = new ArrayDeque<>();
    signature.getOutputsMap().values().forEach(info -> names.add(GraphFile.owner(info.getName())));
    Set<String> seen = new HashSet<>();
    while (!names.isEmpty()) {
      String name = names.remove();
      if (seen.add(name)) {
        nodes.get(name).getInputList().forEach(input -> names.add(GraphFile.owner(input)));
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
        assertTrue(seen.contains(GraphFile.owner(input)), node.getName() + " before " + input);
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

  @Test
  void theFilesHoldNoBallast() throws IOException {
    long numbers = 4 * MODEL.weights().stream().mapToLong(ServingChecklistTest::size).sum();
    Path variables = version.resolve("variables");
    long data = Files.size(variables.resolve("variables.data-00000-of-00001"));
    // Beside the weights only the list of objects, with a few bytes for lengths and checksums.
    Checkpoint checkpoint = Checkpoint.open(SavedModelFolder.open(version));
    long objects = 16;
    for (int i = 0; i < checkpoint.size(); i++) {
      objects += checkpoint.object(i).getSerializedSize() + 4;
    }
    assertTrue(data <= numbers + objects, data + " bytes, " + numbers + " of weights");
    Model large = SeedModel.model();
    Path folder = SavedModels.export(large, SeedModel.weights(large, 1), base.resolve("large"));
    long most = 4 * large.weights().stream().mapToLong(ServingChecklistTest::size).sum();
    long graph = Files.size(folder.resolve(FileNames.SAVED_MODEL));
    long all = PathUtils.countDirectory(folder).getByteCounter().get();
    long warmup = Files.size(folder.resolve(Warmup.FILE));
    assertTrue(all - warmup <= most * 1.1 + graph, all + " bytes, " + most + " of weights");
    assertTrue(graph < most, graph + " bytes of graph");
  }

  private static long size(WeightSpec spec) {
    return spec.shape().size();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 32})
  void aBatchIsWorthItsParts(int size) throws IOException {
    byte[] pixels = new byte[32 * 192];
    new Random(3).nextBytes(pixels);
    try (LoadedModel model = LoadedModel.open(version)) {
      float[] whole =
          model.call(RequestSamples.floats(Array.of(pixels, 32, 8, 8, 3), Scaling.UNIT)).floats();
      float[] classified = scores(model, pixels);
      for (int first = 0; first < 32; first += size) {
        int last = Math.min(32, first + size);
        byte[] part = Arrays.copyOfRange(pixels, first * 192, last * 192);
        Array images = RequestSamples.floats(Array.of(part, last - first, 8, 8, 3), Scaling.UNIT);
        assertPart(whole, first, model.call(images).floats());
        assertPart(classified, first, scores(model, part));
      }
    }
  }

  private static void assertPart(float[] whole, int first, float[] part) {
    assertArrayEquals(Arrays.copyOfRange(whole, 5 * first, 5 * first + part.length), part, 1e-6f);
  }

  private static float[] scores(LoadedModel model, byte[] pixels) {
    List<byte[]> samples = RequestSamples.bytes(Array.of(pixels, pixels.length / 192, 192));
    try (Tensor strings = StringTensors.tensor(samples);
        ModelOutputs outputs = model.run("classify_bytes", Map.of("image_bytes", strings))) {
      return outputs.array("scores").floats();
    }
  }

  @Test
  void aWrongShapeIsRefusedByTheNameOfTheInput() {
    // As the server does: without a look at the signature.
    try (SavedModelBundle bundle = SavedModelBundle.load(version.toString(), "serve");
        Tensor small = Tensors.of(Array.of(new float[48], 1, 4, 4, 3))) {
      SignatureDef signature = meta.getSignatureDefOrThrow("serving_default");
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  bundle
                      .session()
                      .runner()
                      .feed(signature.getInputsOrThrow("input_layer").getName(), small)
                      .fetch(signature.getOutputsOrThrow("output_0").getName())
                      .run()
                      .close());
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("input_layer"), message);
      assertTrue(message.contains("[?,8,8,3]"), message);
    }
  }

  @Test
  void anExampleWithoutTheFeatureIsRefusedByItsName() throws IOException {
    try (LoadedModel model = LoadedModel.open(version);
        Tensor empty = StringTensors.tensor(List.of(new byte[0]))) {
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> model.run("classify_examples", Map.of("inputs", empty)));
      assertTrue(String.valueOf(e.getMessage()).contains("image_bytes"), e.getMessage());
    }
  }

  @Test
  void examplesSayWhatFloatsSay() throws IOException {
    Model model = Sequential.of(Input.of(4), Dense.of(3).activation(ActivationFunction.SOFTMAX));
    Path folder = base.resolve("examples");
    SavedModels.export(model, SeedModel.weights(model, 2), folder);
    Array x = Array.of(new float[] {1, -2, 3, -4, .5f, .25f, 0, 1}, 2, 4);
    try (LoadedModel loaded = LoadedModel.open(folder);
        Tensor examples = StringTensors.tensor(TfExamples.of(model, List.of(x)));
        ModelOutputs outputs = loaded.run("classify_examples", Map.of("inputs", examples))) {
      List<ClassScore> expected = loaded.classify(x).stream().flatMap(List::stream).toList();
      assertEquals(expected.stream().map(ClassScore::name).toList(), outputs.texts("classes"));
      float[] scores = outputs.array("scores").floats();
      for (int i = 0; i < scores.length; i++) {
        assertEquals(expected.get(i).score(), scores[i], 1e-6);
      }
    }
  }

  @Test
  void aDamagedGraphIsRefused(@TempDir Path folder) throws IOException {
    PathUtils.copyDirectory(version, folder);
    Path file = folder.resolve(FileNames.SAVED_MODEL);
    byte[] whole = Files.readAllBytes(file);
    long seed = System.nanoTime();
    System.out.println("aDamagedGraphIsRefused: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      IOException e = assertThrows(ModelFormatException.class, () -> LoadedModel.open(folder));
      assertTrue(e.getMessage().contains(FileNames.SAVED_MODEL), e.getMessage());
      assertThrows(ModelFormatException.class, () -> SavedModels.read(folder));
    }
  }

  @Test
  void aDamagedFingerprintChangesNoAnswer(@TempDir Path folder) throws IOException {
    PathUtils.copyDirectory(version, folder);
    Path file = folder.resolve(FileNames.FINGERPRINT);
    byte[] whole = Files.readAllBytes(file);
    Array x = Array.of(new float[192], 1, 8, 8, 3);
    Array expected = SeedModel.predict(MODEL, WEIGHTS, x);
    for (int i = 0; i < whole.length; i += 7) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 16;
      Files.write(file, damaged);
      try (LoadedModel model = LoadedModel.open(folder)) {
        Near.assertNear(expected, model.call(x), 1e-6);
      } catch (ModelFormatException e) {
        assertTrue(e.getMessage().contains(FileNames.FINGERPRINT), e.getMessage());
      }
    }
  }
}
