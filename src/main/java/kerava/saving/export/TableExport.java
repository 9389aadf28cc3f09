package kerava.saving.export;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerava.graph.Array;
import kerava.graph.Table;
import kerava.saving.savedmodel.Protos;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/**
 * A table as loaders of SavedModels find it: its file, the operations that fill it, and the
 * functions by which Python makes and fills it.
 *
 * @param table the table
 * @param number its place among all
 */
record TableExport(Table table, int number) {
  /** What fills all tables, by its name in the graph. */
  static final String INITIALIZER = "tables/initialize";

  // As TensorFlow's kernel counts what stands in a line.
  private static final long WHOLE_LINE = -2;
  private static final long LINE_NUMBER = -1;

  static List<TableExport> all(List<Table> tables) {
    return IntStream.range(0, tables.size())
        .mapToObj(i -> new TableExport(tables.get(i), i))
        .toList();
  }

  /** Whether its terms are in a file; else they are constants. */
  boolean hasFile() {
    return table.content().isLines();
  }

  /** The name of the file. */
  String file() {
    return "vocabulary_"
        + number
        + "_"
        + table.name().replaceAll("/table$", "").replaceAll("[^A-Za-z0-9_.-]", "_")
        + ".txt";
  }

  /** What stands in the file. */
  byte[] lines() {
    String text = String.join("\n", table.content().terms().texts()) + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  AssetFileDef asset() {
    return AssetFileDef.newBuilder()
        .setFilename(file())
        .setTensorInfo(TensorInfo.newBuilder().setName(name("file") + ":0"))
        .build();
  }

  private String name(String part) {
    return "tables/" + number + "/" + part;
  }

  /** The operations that fill the table when the graph is loaded. */
  List<NodeDef> nodes() {
    String handle = table.handle().op().name();
    List<NodeDef> nodes = new ArrayList<>();
    if (hasFile()) {
      nodes.add(constant(name("file"), text(file())));
      nodes.add(filled(name("initialize"), List.of(handle, name("file"))));
    } else {
      nodes.add(constant(name("keys"), tensor(table.content().keys())));
      nodes.add(constant(name("values"), tensor(table.content().values())));
      nodes.add(filled(name("initialize"), List.of(handle, name("keys"), name("values"))));
    }
    return nodes;
  }

  /** What waits until all tables are filled. */
  static NodeDef initializer(List<TableExport> tables) {
    NodeDef.Builder node = NodeDef.newBuilder().setName(INITIALIZER).setOp("NoOp");
    tables.forEach(table -> node.addInput("^" + table.name("initialize")));
    return node.build();
  }

  private NodeDef filled(String name, List<String> inputs) {
    NodeDef.Builder node = NodeDef.newBuilder().setName(name).addAllInput(inputs);
    boolean inverse = table.content().inverse();
    return hasFile()
        ? node.setOp("InitializeTableFromTextFileV2")
            .putAttr("key_index", number(inverse ? LINE_NUMBER : WHOLE_LINE))
            .putAttr("value_index", number(inverse ? WHOLE_LINE : LINE_NUMBER))
            .putAttr("offset", number(table.content().first()))
            .build()
        : node.setOp("InitializeTableV2")
            .putAttr("Tkey", type(key()))
            .putAttr("Tval", type(value()))
            .build();
  }

  String create() {
    return "table_" + number + "_create";
  }

  String initialize() {
    return "table_" + number + "_initialize";
  }

  String destroy() {
    return "table_" + number + "_destroy";
  }

  /** The functions by which Python makes, fills and frees the table. */
  List<FunctionDef> functions() {
    NodeDef made =
        NodeDef.newBuilder()
            .setName("table")
            .setOp("HashTableV2")
            .putAttr("key_dtype", type(key()))
            .putAttr("value_dtype", type(value()))
            .putAttr(
                "shared_name",
                AttrValue.newBuilder().setS(ByteString.copyFromUtf8(table.name())).build())
            .build();
    FunctionDef.Builder create =
        function(create(), DataType.DT_RESOURCE)
            .addNodeDef(made)
            .putRet("result", "table:table_handle:0");
    FunctionDef.Builder destroy =
        function(destroy(), DataType.DT_INT32)
            .addNodeDef(constant("done", done()))
            .putRet("result", "done:output:0");
    return List.of(create.build(), initializing(), destroy.build());
  }

  private FunctionDef initializing() {
    FunctionDef.Builder function = function(initialize(), DataType.DT_INT32);
    function.getSignatureBuilder().addInputArg(argument("table", DataType.DT_RESOURCE));
    if (hasFile()) {
      function.getSignatureBuilder().addInputArg(argument("file", DataType.DT_STRING));
      function.addNodeDef(filled("fill", List.of("table", "file")));
    } else {
      function.addNodeDef(constant("keys", tensor(table.content().keys())));
      function.addNodeDef(constant("values", tensor(table.content().values())));
      function.addNodeDef(filled("fill", List.of("table", "keys:output:0", "values:output:0")));
    }
    function.addNodeDef(constant("done", done()).toBuilder().addInput("^fill"));
    function.getSignatureBuilder().addControlOutput("fill");
    return function.putRet("result", "done:output:0").putControlRet("fill", "fill").build();
  }

  private static FunctionDef.Builder function(String name, DataType result) {
    OpDef.Builder signature =
        OpDef.newBuilder()
            .setName(name)
            .setIsStateful(true)
            .addOutputArg(argument("result", result));
    return FunctionDef.newBuilder().setSignature(signature);
  }

  private static OpDef.ArgDef argument(String name, DataType type) {
    return OpDef.ArgDef.newBuilder().setName(name).setType(type).build();
  }

  private DataType key() {
    return type(table.content().keys());
  }

  private DataType value() {
    return type(table.content().values());
  }

  private static DataType type(Array array) {
    return array.type() == Array.Type.STRING ? DataType.DT_STRING : DataType.DT_INT64;
  }

  private static TensorProto tensor(Array terms) {
    if (terms.type() == Array.Type.STRING) {
      return Protos.strings(
          List.of(terms.texts()).stream()
              .map(text -> text.getBytes(StandardCharsets.UTF_8))
              .toList());
    }
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_INT64);
    tensor.getTensorShapeBuilder().addDimBuilder().setSize(terms.size());
    for (long number : terms.longs()) {
      tensor.addInt64Val(number);
    }
    return tensor.build();
  }

  private static TensorProto text(String text) {
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_STRING)
        .setTensorShape(Protos.shape(org.tensorflow.ndarray.Shape.scalar()))
        .addStringVal(ByteString.copyFromUtf8(text))
        .build();
  }

  private static TensorProto done() {
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_INT32)
        .setTensorShape(Protos.shape(org.tensorflow.ndarray.Shape.scalar()))
        .addIntVal(1)
        .build();
  }

  private static NodeDef constant(String name, TensorProto value) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAllAttr(
            Map.of(
                "dtype",
                type(value.getDtype()),
                "value",
                AttrValue.newBuilder().setTensor(value).build()))
        .build();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static AttrValue number(long number) {
    return AttrValue.newBuilder().setI(number).build();
  }
}
