package kerava.saving.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.layers.BatchNormalization;
import kerava.layers.Dense;
import kerava.saving.ExportOptions;
import kerava.saving.SavedModels;
import kerava.saving.SeedModel;
import kerava.saving.format.FileNames;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.VariableDef;

/** The objects and functions that Python finds in an export, as its file lists them. */
final class ExportedObjectsTest {
  private static final Model MODEL =
      Sequential.of(
          Input.named("in", 2), BatchNormalization.of().named("b"), Dense.of(3).named("d"));
  private static final List<String> WEIGHTS =
      List.of("b/gamma", "b/beta", "b/moving_mean", "b/moving_variance", "d/kernel", "d/bias");

  @TempDir static Path base;
  private static MetaGraphDef meta = MetaGraphDef.getDefaultInstance();
  private static SavedObjectGraph objects = SavedObjectGraph.getDefaultInstance();

  @BeforeAll
  static void export() throws IOException {
    Path version =
        SavedModels.export(
            MODEL,
            SeedModel.weights(MODEL, 1),
            base,
            ExportOptions.defaults().classNames(List.of("x", "y", "z")));
    byte[] file = Files.readAllBytes(version.resolve(FileNames.SAVED_MODEL));
    meta = SavedModel.parseFrom(file).getMetaGraphs(0);
    objects = meta.getObjectGraphDef();
  }

  private static Map<String, SavedObject> children(SavedObject parent) {
    Map<String, SavedObject> children = new TreeMap<>();
    parent
        .getChildrenList()
        .forEach(child -> children.put(child.getLocalName(), objects.getNodes(child.getNodeId())));
    return children;
  }

  private static SavedObject child(String name) {
    SavedObject child = children(objects.getNodes(0)).get(name);
    return child == null ? SavedObject.getDefaultInstance() : child;
  }

  private static List<String> variables(String list) {
    return children(child(list)).values().stream()
        .map(object -> object.getVariable().getName())
        .toList();
  }

  @Test
  void variablesAreListedByWhetherTheyAreTrained() {
    assertEquals(WEIGHTS, variables("variables"));
    assertEquals(
        List.of("b/gamma", "b/beta", "d/kernel", "d/bias"), variables("trainable_variables"));
    assertEquals(
        List.of("b/moving_mean", "b/moving_variance"), variables("non_trainable_variables"));
    SavedObject kernel =
        children(child("variables")).values().stream()
            .filter(object -> object.getVariable().getName().equals("d/kernel"))
            .findFirst()
            .orElseThrow();
    assertEquals(2, kernel.getVariable().getShape().getDim(0).getSize());
    assertEquals(3, kernel.getVariable().getShape().getDim(1).getSize());
    assertTrue(kernel.getVariable().getTrainable());
  }

  @Test
  void theModelCanBeCalledAndHasItsClasses() {
    assertEquals(
        List.of("call_inference", "call_training"),
        child("__call__").getFunction().getConcreteFunctionsList().stream().sorted().toList());
    assertEquals(List.of("serve"), child("serve").getFunction().getConcreteFunctionsList());
    assertEquals(0, child("class_names").getAsset().getAssetFileDefIndex());
    assertTrue(child("class_names").hasAsset());
    assertEquals(FileNames.CLASS_NAMES, meta.getAssetFileDef(0).getFilename());
    assertEquals(meta.getSignatureDefMap().keySet(), children(child("signatures")).keySet());
    for (SavedObject signature : children(child("signatures")).values()) {
      assertEquals(1, signature.getBareConcreteFunction().getAllowedPositionalArguments());
      assertEquals(1, signature.getBareConcreteFunction().getArgumentKeywordsCount());
    }
  }

  @Test
  void theParametersOfACallHaveTheirDefaults() {
    Map<String, StructuredValue> spec = new TreeMap<>();
    child("__call__")
        .getFunction()
        .getFunctionSpec()
        .getFullargspec()
        .getNamedTupleValue()
        .getValuesList()
        .forEach(pair -> spec.put(pair.getKey(), pair.getValue()));
    assertEquals(
        List.of("inputs", "training"),
        spec.get("args").getListValue().getValuesList().stream()
            .map(StructuredValue::getStringValue)
            .toList());
    StructuredValue training = spec.get("defaults").getTupleValue().getValues(0);
    assertTrue(training.hasBoolValue() && !training.getBoolValue());
    assertTrue(spec.get("varargs").hasNoneValue());
    assertEquals(0, spec.get("kwonlyargs").getListValue().getValuesCount());
    assertTrue(spec.get("annotations").hasDictValue());
  }

  @Test
  void everyFunctionTakesItsInputsAndThenTheVariables() {
    Map<String, FunctionDef> library = new TreeMap<>();
    meta.getGraphDef()
        .getLibrary()
        .getFunctionList()
        .forEach(function -> library.put(function.getSignature().getName(), function));
    for (Map.Entry<String, SavedConcreteFunction> entry :
        objects.getConcreteFunctionsMap().entrySet()) {
      FunctionDef function = library.get(entry.getKey());
      List<String> bound = new ArrayList<>();
      entry
          .getValue()
          .getBoundInputsList()
          .forEach(node -> bound.add(objects.getNodes(node).getVariable().getName()));
      assertEquals(WEIGHTS, bound, entry.getKey());
      assertEquals(1 + WEIGHTS.size(), function.getSignature().getInputArgCount(), entry.getKey());
      boolean classes = entry.getKey().startsWith("signature_classify");
      assertEquals(classes ? 2 : 1, function.getSignature().getOutputArgCount(), entry.getKey());
      assertEquals(function.getSignature().getOutputArgCount(), function.getRetCount());
    }
    StructuredValue call =
        objects.getConcreteFunctionsOrThrow("call_training").getCanonicalizedInputSignature();
    List<StructuredValue> arguments =
        call.getTupleValue().getValues(0).getTupleValue().getValuesList();
    assertEquals("in", arguments.get(0).getTensorSpecValue().getName());
    assertTrue(arguments.get(1).getBoolValue());
    assertEquals(2, arguments.size());
  }

  private static Map<String, NodeDef> nodes() {
    Map<String, NodeDef> nodes = new TreeMap<>();
    meta.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    return nodes;
  }

  @Test
  void theSaverRestoresEveryVariable() {
    Map<String, NodeDef> nodes = nodes();
    NodeDef restored = nodes.get(meta.getSaverDef().getRestoreOpName());
    assertEquals(WEIGHTS.size(), restored.getInputCount());
    for (int i = 0; i < WEIGHTS.size(); i++) {
      NodeDef assign = nodes.get(restored.getInput(i).substring(1));
      assertEquals("AssignVariableOp", assign.getOp());
      assertEquals(i == 0 ? "save/RestoreV2" : "save/RestoreV2:" + i, assign.getInput(1));
      assertEquals("VarHandleOp", nodes.get(assign.getInput(0)).getOp());
    }
    NodeDef save = nodes.get("save/SaveV2");
    assertEquals(3 + WEIGHTS.size(), save.getInputCount());
    assertEquals(WEIGHTS.size(), save.getAttrOrThrow("dtypes").getList().getTypeCount());
    assertEquals(
        WEIGHTS.size(),
        nodes.get("save/RestoreV2").getAttrOrThrow("dtypes").getList().getTypeCount());
    assertEquals(
        WEIGHTS.stream().map(weight -> weight + "/.ATTRIBUTES/VARIABLE_VALUE").toList(),
        nodes.get(save.getInput(1)).getAttrOrThrow("value").getTensor().getStringValList().stream()
            .map(text -> text.toStringUtf8())
            .toList());
  }

  @Test
  void graphsWithoutObjectsHaveTheirCollections() throws IOException {
    List<VariableDef> all = new ArrayList<>();
    for (var bytes : meta.getCollectionDefOrThrow("variables").getBytesList().getValueList()) {
      all.add(VariableDef.parseFrom(bytes));
    }
    assertEquals(WEIGHTS.size(), all.size());
    assertEquals(
        4, meta.getCollectionDefOrThrow("trainable_variables").getBytesList().getValueCount());
    VariableDef mean = all.get(2);
    assertFalse(mean.getTrainable());
    assertTrue(mean.getIsResource());
    Map<String, NodeDef> nodes = nodes();
    assertTrue(nodes.containsKey(mean.getSnapshotName().replace(":0", "")));
    assertEquals("save/AssignVariableOp_2", mean.getInitializerName());
    assertEquals(List.of("serve"), meta.getMetaInfoDef().getTagsList());
    assertTrue(meta.getMetaInfoDef().getStrippedDefaultAttrs());
    assertTrue(meta.getMetaInfoDef().getStrippedOpList().getOpCount() > 5);
  }
}
