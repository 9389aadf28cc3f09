package kerava.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import kerava.config.Nearest;
import kerava.config.Visible;

/**
 * The numbers of a network on the host: an ordered, immutable map from {@code layer/weight} to
 * array.
 *
 * <p>This is the only form in which weights travel between training, archives, SavedModels and
 * checkpoints.
 */
public final class Weights {
  private static final Weights NONE = new Weights(Map.of());

  private final Map<String, Array> arrays;

  private Weights(Map<String, Array> arrays) {
    this.arrays = Collections.unmodifiableMap(arrays);
  }

  /** No weights at all. */
  public static Weights none() {
    return NONE;
  }

  /** Weights by name, in the map's order. */
  public static Weights of(Map<String, Array> arrays) {
    return new Weights(new LinkedHashMap<>(arrays));
  }

  /** The names, in order. */
  public Set<String> names() {
    return arrays.keySet();
  }

  /** The arrays, in order. */
  public List<Array> arrays() {
    return List.copyOf(arrays.values());
  }

  /** Whether there is a weight of that name. */
  public boolean contains(String name) {
    return arrays.containsKey(name);
  }

  /**
   * The numbers of one weight.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Array get(String name) {
    Array array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "Weights: expected "
                  + Nearest.oneOf(name, arrays.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return array;
  }

  /** The weights whose names pass a test, in the same order. */
  public Weights where(Predicate<String> test) {
    Map<String, Array> chosen = new LinkedHashMap<>(arrays);
    chosen.keySet().removeIf(test.negate());
    return new Weights(chosen);
  }

  /** These weights and others, which replace those of the same name. */
  public Weights with(Weights others) {
    Map<String, Array> all = new LinkedHashMap<>(arrays);
    all.putAll(others.arrays);
    return new Weights(all);
  }

  /** How many weights there are. */
  public int size() {
    return arrays.size();
  }

  /** Equal if the names, their order and every number are, bit for bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Weights that
        && List.copyOf(names()).equals(List.copyOf(that.names()))
        && arrays.equals(that.arrays);
  }

  @Override
  public int hashCode() {
    return arrays.hashCode();
  }

  @Override
  public String toString() {
    return "Weights" + arrays;
  }
}
