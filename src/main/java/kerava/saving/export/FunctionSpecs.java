package kerava.saving.export;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kerava.Structure;
import kerava.saving.savedmodel.Protos;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.FunctionSpec;
import org.tensorflow.proto.Struct.DictValue;
import org.tensorflow.proto.Struct.ListValue;
import org.tensorflow.proto.Struct.NamedTupleValue;
import org.tensorflow.proto.Struct.NoneValue;
import org.tensorflow.proto.Struct.PairValue;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.Struct.TensorSpecProto;
import org.tensorflow.proto.Struct.TupleValue;
import org.tensorflow.proto.TensorShapeProto;

/** The Python values in which a SavedModel describes how its functions are called. */
final class FunctionSpecs {
  private FunctionSpecs() {}

  static StructuredValue tensor(String name, ExportTensor tensor) {
    return StructuredValue.newBuilder()
        .setTensorSpecValue(
            TensorSpecProto.newBuilder()
                .setName(name)
                .setDtype(tensor.type())
                .setShape(Protos.shape(tensor.shape())))
        .build();
  }

  /** One value of a type. */
  static StructuredValue scalar(DataType type) {
    return StructuredValue.newBuilder()
        .setTensorSpecValue(
            TensorSpecProto.newBuilder()
                .setDtype(type)
                .setShape(TensorShapeProto.getDefaultInstance()))
        .build();
  }

  static StructuredValue bool(boolean value) {
    return StructuredValue.newBuilder().setBoolValue(value).build();
  }

  static StructuredValue none() {
    return StructuredValue.newBuilder().setNoneValue(NoneValue.getDefaultInstance()).build();
  }

  static StructuredValue tuple(List<StructuredValue> values) {
    return StructuredValue.newBuilder()
        .setTupleValue(TupleValue.newBuilder().addAllValues(values))
        .build();
  }

  static StructuredValue list(List<StructuredValue> values) {
    return StructuredValue.newBuilder()
        .setListValue(ListValue.newBuilder().addAllValues(values))
        .build();
  }

  static StructuredValue dict(Map<String, StructuredValue> values) {
    return StructuredValue.newBuilder()
        .setDictValue(DictValue.newBuilder().putAllFields(values))
        .build();
  }

  /** Tensors as a model's inputs or outputs are arranged, by their names in the model's order. */
  static StructuredValue arranged(
      Structure structure, List<String> names, Map<String, ExportTensor> byName) {
    Iterator<StructuredValue> tensors =
        names.stream()
            .map(name -> tensor(name, Objects.requireNonNull(byName.get(name))))
            .iterator();
    return arranged(structure, tensors);
  }

  private static StructuredValue arranged(Structure structure, Iterator<StructuredValue> tensors) {
    if (structure instanceof Structure.Items list) {
      return list(list.items().stream().map(item -> arranged(item, tensors)).toList());
    }
    if (structure instanceof Structure.Keyed keyed) {
      Map<String, StructuredValue> items = new LinkedHashMap<>();
      keyed.items().forEach((key, item) -> items.put(key, arranged(item, tensors)));
      return dict(items);
    }
    return tensors.next();
  }

  /** What a call is made with: positional arguments and keyword arguments. */
  static StructuredValue call(List<StructuredValue> args, Map<String, StructuredValue> keywords) {
    return tuple(List.of(tuple(args), dict(keywords)));
  }

  /** A Python function's parameters; the last ones have the defaults. */
  static FunctionSpec function(List<String> parameters, List<StructuredValue> defaults) {
    NamedTupleValue.Builder spec =
        NamedTupleValue.newBuilder()
            .setName("FullArgSpec")
            .addValues(pair("args", texts(parameters)))
            .addValues(pair("varargs", none()))
            .addValues(pair("varkw", none()))
            .addValues(pair("defaults", defaults.isEmpty() ? none() : tuple(defaults)))
            .addValues(pair("kwonlyargs", list(List.of())))
            .addValues(pair("kwonlydefaults", none()))
            .addValues(pair("annotations", dict(Map.of())));
    return FunctionSpec.newBuilder()
        .setFullargspec(StructuredValue.newBuilder().setNamedTupleValue(spec))
        .setInputSignature(none())
        .build();
  }

  private static StructuredValue texts(List<String> texts) {
    return list(
        texts.stream()
            .map(text -> StructuredValue.newBuilder().setStringValue(text).build())
            .toList());
  }

  private static PairValue pair(String key, StructuredValue value) {
    return PairValue.newBuilder().setKey(key).setValue(value).build();
  }
}
