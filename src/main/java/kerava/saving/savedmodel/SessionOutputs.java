package kerava.saving.savedmodel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import kerava.config.Nearest;
import kerava.config.Visible;
import kerava.graph.Array;
import kerava.graph.Tensors;
import org.tensorflow.Result;
import org.tensorflow.Tensor;

/** What one run of a {@link SavedModelSession} gave, as tensors; to be closed. */
public final class SessionOutputs implements AutoCloseable {
  private final Result result;
  private final SortedMap<String, Integer> places;

  /**
   * The outputs of a run.
   *
   * @param places the number of each output in the result, by its name
   */
  SessionOutputs(Result result, Map<String, Integer> places) {
    this.result = result;
    this.places = new TreeMap<>(places);
  }

  /** The names of the outputs, sorted. */
  public Set<String> names() {
    return Collections.unmodifiableSet(places.keySet());
  }

  /**
   * An output, of any type; it lives until this is closed.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Tensor tensor(String name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "ModelOutputs: expected "
                  + Nearest.oneOf(name, places.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return result.get(place);
  }

  /** Copies of some outputs' numbers, by name. */
  Map<String, Array> arrays(Set<String> names) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    names.forEach(name -> arrays.put(name, Tensors.array(tensor(name))));
    return arrays;
  }

  @Override
  public void close() {
    result.close();
  }
}
