package kerava.saving.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerava.Model;
import kerava.graph.NativeTensorFlow;
import kerava.graph.Variable;
import kerava.saving.format.FileNames;
import kerava.saving.savedmodel.Signature;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;

/**
 * What stands in {@code saved_model.pb}, and the objects that the checkpoint beside it lists.
 *
 * @param model the file
 * @param objects the checkpoint's objects
 */
record SavedModelProto(SavedModel model, TrackableObjectGraph objects) {
  /** Who wrote it, where the format wants the version of the graph. */
  static final String WRITER = "Kerava";

  private static final String SERVE = "serve";
  private static final String ASSET = "class_names_file";

  /** Where C++, TensorFlow Serving and Java look for what is run when the graph is loaded. */
  private static final String MAIN_OP = "saved_model_main_op";

  static SavedModelProto of(ExportGraph export, Model model, ExportSettings settings) {
    List<Variable> variables = export.variables();
    List<TableExport> tables = TableExport.all(export.network().tables().all());
    FunctionLibrary library = new FunctionLibrary(export.network(), variables);
    ObjectGraph objects = new ObjectGraph(export.weights(), tables);
    new Methods(model, library, objects).add(export);
    boolean named = !settings.classNames().isEmpty();
    if (named) {
      objects.asset("class_names", 0);
    }
    Assets assets = Assets.of(named, tables);
    for (TableExport table : tables) {
      library.add(table.functions());
      objects.table(table, assets.index(table));
    }
    List<ExportTensor> outputs = new ArrayList<>();
    export.endpoints().forEach(endpoint -> outputs.addAll(endpoint.outputs().values()));
    List<ExportTensor> kept = new ArrayList<>(outputs);
    export.endpoints().forEach(endpoint -> kept.addAll(endpoint.inputs().values()));
    GraphDef.Builder graph = ServingGraph.of(export.network(), kept, variables).graph();
    graph.setLibrary(library.with(graph.getLibrary()));
    if (named) {
      graph.addNode(SaverNodes.texts(ASSET, List.of(FileNames.CLASS_NAMES)));
    }
    tables.forEach(table -> graph.addAllNode(table.nodes()));
    MetaGraphDef.Builder meta =
        MetaGraphDef.newBuilder()
            .setObjectGraphDef(objects.build())
            .setSaverDef(SaverNodes.definition())
            .putCollectionDef("variables", collection(export, variables, false))
            .putCollectionDef("trainable_variables", collection(export, variables, true));
    if (!tables.isEmpty()) {
      graph.addNode(TableExport.initializer(tables));
      meta.putCollectionDef(MAIN_OP, nodes(TableExport.INITIALIZER));
    }
    meta.addAllAssetFileDef(assets.files());
    DefaultAttributes.strip(graph);
    meta.setGraphDef(graph).setMetaInfoDef(info(graph));
    export.endpoints().forEach(point -> meta.putSignatureDef(point.name(), point.signature()));
    SavedModel file =
        SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta).build();
    return new SavedModelProto(file, objects.checkpoint());
  }

  /** The files of a SavedModel in their order: the names of classes, then those of tables. */
  private record Assets(List<AssetFileDef> files) {
    static Assets of(boolean named, List<TableExport> tables) {
      List<AssetFileDef> files = new ArrayList<>();
      if (named) {
        files.add(
            AssetFileDef.newBuilder()
                .setFilename(FileNames.CLASS_NAMES)
                .setTensorInfo(TensorInfo.newBuilder().setName(ASSET + ":0"))
                .build());
      }
      tables.stream().filter(TableExport::hasFile).forEach(table -> files.add(table.asset()));
      return new Assets(files);
    }

    int index(TableExport table) {
      return table.hasFile() ? files.indexOf(table.asset()) : -1;
    }
  }

  private static CollectionDef nodes(String name) {
    return CollectionDef.newBuilder()
        .setNodeList(CollectionDef.NodeList.newBuilder().addValue(name))
        .build();
  }

  private static CollectionDef collection(
      ExportGraph export, List<Variable> variables, boolean onlyTrained) {
    return SaverNodes.collection(variables, export.weights(), onlyTrained);
  }

  private static MetaGraphDef.MetaInfoDef info(GraphDef.Builder graph) {
    return MetaGraphDef.MetaInfoDef.newBuilder()
        .addTags(SERVE)
        .setMetaGraphVersion(WRITER)
        .setTensorflowVersion(NativeTensorFlow.version())
        .setStrippedDefaultAttrs(true)
        .setStrippedOpList(DefaultAttributes.used(graph))
        .build();
  }

  /** The ways to call the model. */
  List<Signature> signatures() {
    return new TreeMap<>(model.getMetaGraphs(0).getSignatureDefMap())
        .entrySet().stream().map(entry -> Signature.of(entry.getKey(), entry.getValue())).toList();
  }

  /** Gives the objects their functions. */
  private record Methods(Model model, FunctionLibrary library, ObjectGraph objects) {
    void add(ExportGraph export) {
      Endpoint infer = export.inference();
      Endpoint train = export.training();
      library.add("call_inference", inputs(infer), outputs(infer));
      library.addTraining("call_training", inputs(train), outputs(train));
      library.add("serve", inputs(infer), outputs(infer));
      Map<String, ObjectGraph.Signature> traces = new LinkedHashMap<>();
      traces.put("call_inference", call(infer, FunctionSpecs.bool(false)));
      traces.put("call_training", call(train, FunctionSpecs.bool(true)));
      objects.method(
          "__call__",
          FunctionSpecs.function(List.of("inputs", "training"), List.of(FunctionSpecs.bool(false))),
          traces);
      objects.method(
          SERVE, FunctionSpecs.function(List.of("inputs"), List.of()), Map.of(SERVE, call(infer)));
      export.endpoints().forEach(this::signature);
    }

    private void signature(Endpoint endpoint) {
      String function = "signature_" + endpoint.name();
      library.add(function, endpoint.inputs().values(), endpoint.outputs().values());
      objects.signature(
          endpoint.name(),
          function,
          endpoint.inputs().keySet(),
          new ObjectGraph.Signature(
              FunctionSpecs.call(List.of(), specs(endpoint.inputs())),
              FunctionSpecs.dict(specs(endpoint.outputs()))));
    }

    private static Map<String, StructuredValue> specs(Map<String, ExportTensor> tensors) {
      Map<String, StructuredValue> specs = new TreeMap<>();
      tensors.forEach((name, tensor) -> specs.put(name, FunctionSpecs.tensor(name, tensor)));
      return specs;
    }

    private List<ExportTensor> inputs(Endpoint endpoint) {
      return model.inputs().stream().map(in -> endpoint.input(in.layer())).toList();
    }

    private List<ExportTensor> outputs(Endpoint endpoint) {
      return model.outputNames().stream().map(endpoint::output).toList();
    }

    private ObjectGraph.Signature call(Endpoint endpoint, StructuredValue... more) {
      StructuredValue inputs =
          FunctionSpecs.arranged(model.inputStructure(), model.inputNames(), endpoint.inputs());
      StructuredValue outputs =
          FunctionSpecs.arranged(model.outputStructure(), model.outputNames(), endpoint.outputs());
      List<StructuredValue> args = new ArrayList<>(List.of(inputs));
      args.addAll(List.of(more));
      return new ObjectGraph.Signature(FunctionSpecs.call(args, Map.of()), outputs);
    }
  }
}
