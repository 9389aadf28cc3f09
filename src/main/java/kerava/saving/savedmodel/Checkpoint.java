package kerava.saving.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Graphs;
import kerava.graph.Tensors;
import kerava.saving.format.FileNames;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** The values beside a SavedModel, and the Python objects that they belong to. */
public final class Checkpoint {
  private static final String VALUE = "VARIABLE_VALUE";

  private final Path index;
  private final String prefix;
  private final TrackableObjectGraph objects;

  private Checkpoint(Path index, String prefix, TrackableObjectGraph objects) {
    this.index = index;
    this.prefix = prefix;
    this.objects = objects;
  }

  /** Opens the values of a SavedModel. */
  public static Checkpoint open(SavedModelFolder files) throws ModelFormatException {
    Path variables = files.folder().resolve(FileNames.VARIABLES);
    Path index = variables.resolve(FileNames.VARIABLES_INDEX);
    String prefix = variables.resolve(FileNames.VARIABLES).toString();
    try (Graph graph = Graphs.empty()) {
      Operand<?> bytes = restore(Ops.create(graph), prefix, TensorBundle.OBJECTS, TString.class);
      try (Session session = Graphs.onHost(graph);
          Result result = session.runner().fetch(bytes).run()) {
        byte[] content = ((TString) result.get(0)).asBytes().getObject();
        return new Checkpoint(index, prefix, TrackableObjectGraph.parseFrom(content));
      }
    } catch (RuntimeException | InvalidProtocolBufferException e) {
      throw new ModelFormatException(index, "expected the variables of the model", e);
    }
  }

  /** How many objects there are; they are numbered as those of the SavedModel are. */
  public int size() {
    return objects.getNodesCount();
  }

  /** An object by its number. */
  public TrackableObject object(int number) throws ModelFormatException {
    if (number < 0 || number >= size()) {
      throw refuse("an object below number " + size(), String.valueOf(number));
    }
    return objects.getNodes(number);
  }

  /** The number of the first child of an object that fits. */
  public OptionalInt child(int parent, Predicate<TrackableObject.ObjectReference> wanted)
      throws ModelFormatException {
    return object(parent).getChildrenList().stream()
        .filter(wanted)
        .mapToInt(TrackableObject.ObjectReference::getNodeId)
        .findFirst();
  }

  /** The number of the child of an object that has a name. */
  public OptionalInt child(int parent, String name) throws ModelFormatException {
    return child(parent, reference -> reference.getLocalName().equals(name));
  }

  /** The key of an object's value, if it is a variable. */
  public Optional<String> key(int number) throws ModelFormatException {
    return object(number).getAttributesList().stream()
        .filter(attribute -> attribute.getName().equals(VALUE))
        .map(TrackableObject.SerializedTensor::getCheckpointKey)
        .findFirst();
  }

  /** The values under some keys, all of one type. */
  public Map<String, Array> values(List<String> keys, Class<? extends TType> type)
      throws ModelFormatException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    if (keys.isEmpty()) {
      return arrays;
    }
    try (Graph graph = Graphs.empty()) {
      Ops tf = Ops.create(graph);
      List<Operand<?>> values = new ArrayList<>();
      keys.forEach(key -> values.add(restore(tf, prefix, key, type)));
      try (Session session = Graphs.onHost(graph)) {
        Session.Runner runner = session.runner();
        values.forEach(runner::fetch);
        try (Result result = runner.run()) {
          for (int i = 0; i < keys.size(); i++) {
            arrays.put(keys.get(i), Tensors.array(result.get(i)));
          }
        }
      }
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw new ModelFormatException(index, "expected the variables of the model", e);
    }
    return arrays;
  }

  private static Operand<?> restore(
      Ops tf, String prefix, String key, Class<? extends TType> type) {
    try (TString names = TString.vectorOf(key);
        TString slices = TString.tensorOf(Shape.of(1), DataBuffers.ofObjects(""))) {
      return tf.train
          .restore(tf.constant(prefix), tf.constantOf(names), tf.constantOf(slices), List.of(type))
          .tensors()
          .get(0);
    }
  }

  /** A refusal of the index. */
  public ModelFormatException refuse(String expected, String found) {
    return new ModelFormatException(index.toString(), expected, found);
  }
}
