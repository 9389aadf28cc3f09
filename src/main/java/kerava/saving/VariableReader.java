package kerava.saving;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.graph.Array;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** Reads the values of the variables that the objects of a SavedModel list. */
final class VariableReader {
  private static final String VALUE = "VARIABLE_VALUE";

  private final SavedModelFolder files;

  VariableReader(SavedModelFolder files) {
    this.files = files;
  }

  /** All float32 variables by name, in the order of the objects. */
  Weights read() throws ModelFormatException {
    Path index = files.folder().resolve("variables").resolve("variables.index");
    try {
      List<SavedObject> objects = files.meta().getObjectGraphDef().getNodesList();
      TrackableObjectGraph checkpoint = checkpoint();
      Map<String, String> keys = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(objects.size(), checkpoint.getNodesCount()); i++) {
        SavedVariable variable = objects.get(i).getVariable();
        if (objects.get(i).hasVariable() && variable.getDtype() == DataType.DT_FLOAT) {
          checkpoint.getNodes(i).getAttributesList().stream()
              .filter(attribute -> attribute.getName().equals(VALUE))
              .forEach(found -> keys.put(variable.getName(), found.getCheckpointKey()));
        }
      }
      return values(keys);
    } catch (RuntimeException | InvalidProtocolBufferException e) {
      throw new ModelFormatException(index, "expected the variables of the model", e);
    }
  }

  private TrackableObjectGraph checkpoint() throws InvalidProtocolBufferException {
    try (Graph graph = new Graph()) {
      Operand<?> bytes = restore(Ops.create(graph), List.of(TensorBundle.OBJECTS), TString.class);
      try (Session session = new Session(graph);
          Result result = session.runner().fetch(bytes).run()) {
        return TrackableObjectGraph.parseFrom(((TString) result.get(0)).asBytes().getObject());
      }
    }
  }

  private Weights values(Map<String, String> keys) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      List<String> names = List.copyOf(keys.keySet());
      List<Operand<?>> values = new ArrayList<>();
      keys.values().forEach(key -> values.add(restore(tf, List.of(key), TFloat32.class)));
      try (Session session = new Session(graph)) {
        Session.Runner runner = session.runner();
        values.forEach(runner::fetch);
        try (Result result = runner.run()) {
          for (int i = 0; i < names.size(); i++) {
            arrays.put(names.get(i), Tensors.array(result.get(i)));
          }
        }
      }
    }
    return Weights.of(arrays);
  }

  private Operand<?> restore(Ops tf, List<String> keys, Class<? extends TType> type) {
    String prefix = files.folder().resolve("variables").resolve("variables").toString();
    try (TString names = TString.vectorOf(keys.toArray(String[]::new));
        TString slices = TString.tensorOf(Shape.of(1), empty())) {
      return tf.train
          .restore(tf.constant(prefix), tf.constantOf(names), tf.constantOf(slices), List.of(type))
          .tensors()
          .get(0);
    }
  }

  private static org.tensorflow.ndarray.buffer.DataBuffer<String> empty() {
    return org.tensorflow.ndarray.buffer.DataBuffers.ofObjects("");
  }
}
