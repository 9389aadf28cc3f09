package kerava.saving.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import kerava.WeightSpec;
import kerava.saving.savedmodel.Protos;
import kerava.saving.savedmodel.TensorBundle;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.FunctionSpec;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedAsset;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedBareConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedResource;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedUserObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.proto.VersionDef;

/**
 * The Python object that a SavedModel becomes when it is loaded: its variables, its functions, its
 * signatures.
 */
final class ObjectGraph {
  private static final int ROOT = 0;

  private final List<SavedObject.Builder> nodes = new ArrayList<>();
  private final SavedObjectGraph.Builder graph = SavedObjectGraph.newBuilder();
  private final List<WeightSpec> weights;
  private final int firstVariable;
  private final List<TableExport> tables;
  private final int firstTable;
  private int signatures = -1;

  ObjectGraph(List<WeightSpec> weights, List<TableExport> tables) {
    this.weights = weights;
    this.tables = tables;
    nodes.add(userObject("_generic_user_object"));
    int all = attach(ROOT, "variables", list());
    int trained = attach(ROOT, "trainable_variables", list());
    int others = attach(ROOT, "non_trainable_variables", list());
    firstVariable = nodes.size();
    weights.forEach(weight -> nodes.add(variable(weight)));
    firstTable = nodes.size();
    for (TableExport table : tables) {
      nodes.add(SavedObject.newBuilder().setResource(SavedResource.getDefaultInstance()));
      refer(ROOT, "table_" + table.number(), firstTable + table.number());
    }
    collect(all, weight -> true);
    collect(trained, WeightSpec::trainable);
    collect(others, weight -> !weight.trainable());
  }

  private static SavedObject.Builder userObject(String identifier) {
    // Without versions Python revives lists and maps as opaque objects.
    VersionDef version = VersionDef.newBuilder().setProducer(1).setMinConsumer(1).build();
    return SavedObject.newBuilder()
        .setUserObject(SavedUserObject.newBuilder().setIdentifier(identifier).setVersion(version));
  }

  private static SavedObject.Builder list() {
    return userObject("trackable_list_wrapper");
  }

  private static SavedObject.Builder variable(WeightSpec weight) {
    return SavedObject.newBuilder()
        .setVariable(
            SavedVariable.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setShape(Protos.shape(weight.shape()))
                .setTrainable(weight.trainable())
                .setName(weight.name()));
  }

  private void collect(int list, Predicate<WeightSpec> wanted) {
    int next = 0;
    for (int i = 0; i < weights.size(); i++) {
      if (wanted.test(weights.get(i))) {
        refer(list, String.valueOf(next++), firstVariable + i);
      }
    }
  }

  private int attach(int parent, String name, SavedObject.Builder child) {
    nodes.add(child);
    refer(parent, name, nodes.size() - 1);
    return nodes.size() - 1;
  }

  private void refer(int parent, String name, int child) {
    nodes
        .get(parent)
        .addChildren(
            TrackableObject.ObjectReference.newBuilder().setLocalName(name).setNodeId(child));
  }

  /**
   * Gives the object a method.
   *
   * @param name what it is called
   * @param spec its parameters
   * @param traces the functions of the library that stand behind it, with how each is called
   */
  void method(String name, FunctionSpec spec, Map<String, Signature> traces) {
    traces.forEach(this::declare);
    SavedFunction.Builder function =
        SavedFunction.newBuilder().addAllConcreteFunctions(traces.keySet()).setFunctionSpec(spec);
    attach(ROOT, name, SavedObject.newBuilder().setFunction(function));
  }

  /** How a function of the library is called, in Python's values. */
  record Signature(StructuredValue input, StructuredValue output) {}

  /** Gives the object a signature, behind which a function of the library stands. */
  void signature(String name, String function, Collection<String> inputs, Signature call) {
    declare(function, call);
    if (signatures < 0) {
      signatures = attach(ROOT, "signatures", userObject("signature_map"));
    }
    SavedBareConcreteFunction.Builder bare =
        SavedBareConcreteFunction.newBuilder()
            .setConcreteFunctionName(function)
            .addAllArgumentKeywords(inputs)
            .setAllowedPositionalArguments(inputs.size() == 1 ? 1 : 0);
    attach(signatures, name, SavedObject.newBuilder().setBareConcreteFunction(bare));
  }

  /** Gives the object a file, by its index among the files of the SavedModel. */
  void asset(String name, int index) {
    asset(ROOT, name, index);
  }

  private int asset(int owner, String name, int index) {
    return attach(
        owner,
        name,
        SavedObject.newBuilder().setAsset(SavedAsset.newBuilder().setAssetFileDefIndex(index)));
  }

  /**
   * Gives a table its functions.
   *
   * @param asset the index of its file among those of the SavedModel; anything if it has none
   */
  void table(TableExport table, int asset) {
    int node = firstTable + table.number();
    List<Integer> filled = new ArrayList<>(List.of(node));
    if (table.hasFile()) {
      filled.add(asset(node, "file", asset));
    }
    StructuredValue handle = FunctionSpecs.scalar(DataType.DT_RESOURCE);
    StructuredValue done = FunctionSpecs.scalar(DataType.DT_INT32);
    function(node, "_create_resource", table.create(), handle, List.of());
    function(node, "_initialize", table.initialize(), done, filled);
    function(node, "_destroy_resource", table.destroy(), done, List.of());
  }

  private void function(
      int owner, String name, String function, StructuredValue output, List<Integer> bound) {
    declare(function, new Signature(FunctionSpecs.call(List.of(), Map.of()), output), bound);
    attach(
        owner,
        name,
        SavedObject.newBuilder()
            .setFunction(
                SavedFunction.newBuilder()
                    .addConcreteFunctions(function)
                    .setFunctionSpec(FunctionSpecs.function(List.of(), List.of()))));
  }

  private void declare(String function, Signature signature) {
    declare(
        function,
        signature,
        IntStream.range(firstVariable, firstTable + tables.size()).boxed().toList());
  }

  private void declare(String function, Signature signature, List<Integer> bound) {
    graph.putConcreteFunctions(
        function,
        SavedConcreteFunction.newBuilder()
            .setCanonicalizedInputSignature(signature.input())
            .setOutputSignature(signature.output())
            .addAllBoundInputs(bound)
            .build());
  }

  SavedObjectGraph build() {
    SavedObjectGraph.Builder result = graph.clone();
    nodes.forEach(node -> result.addNodes(node.build()));
    return result.build();
  }

  /** The same objects as the checkpoint lists them, with the keys of the variables. */
  TrackableObjectGraph checkpoint() {
    TrackableObjectGraph.Builder result = TrackableObjectGraph.newBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      TrackableObject.Builder object =
          TrackableObject.newBuilder().addAllChildren(nodes.get(i).getChildrenList());
      int weight = i - firstVariable;
      if (weight >= 0 && weight < weights.size()) {
        object.addAttributes(attribute(weights.get(weight).name()));
        object.getHasCheckpointValuesBuilder().setValue(true);
      }
      result.addNodes(object);
    }
    return result.build();
  }

  private static TrackableObject.SerializedTensor attribute(String weight) {
    return TrackableObject.SerializedTensor.newBuilder()
        .setName("VARIABLE_VALUE")
        .setFullName(weight)
        .setCheckpointKey(TensorBundle.key(weight))
        .build();
  }
}
