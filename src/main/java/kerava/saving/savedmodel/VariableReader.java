package kerava.saving.savedmodel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Weights;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;
import org.tensorflow.types.TFloat32;

/** Reads the values of the variables that the objects of a SavedModel list. */
public final class VariableReader {
  private final SavedModelFolder files;

  /** Reads the variables of one SavedModel. */
  public VariableReader(SavedModelFolder files) {
    this.files = files;
  }

  /** All float32 variables by name, in the order of the objects. */
  public Weights read() throws ModelFormatException {
    List<SavedObject> objects = files.meta().getObjectGraphDef().getNodesList();
    Checkpoint checkpoint = Checkpoint.open(files);
    Map<String, String> keys = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(objects.size(), checkpoint.size()); i++) {
      SavedVariable variable = objects.get(i).getVariable();
      if (objects.get(i).hasVariable() && variable.getDtype() == DataType.DT_FLOAT) {
        Optional<String> key = checkpoint.key(i);
        key.ifPresent(found -> keys.put(variable.getName(), found));
      }
    }
    Map<String, Array> values = checkpoint.values(List.copyOf(keys.values()), TFloat32.class);
    Map<String, Array> named = new LinkedHashMap<>();
    keys.forEach((name, key) -> named.put(name, values.get(key)));
    return Weights.of(named);
  }
}
