package kerava;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How the inputs or the outputs of a model are arranged: one alone, several in a list, or each
 * under a key, in any depth.
 *
 * <p>Keras hands a model's outputs over in this arrangement. In a row they stand in the order of
 * the items; those under keys are sorted by key.
 *
 * @see <a href="https://keras.io/guides/functional_api/">Keras: models with several inputs and
 *     outputs</a>
 */
public sealed interface Structure {
  /** For each the keys and places that lead to it, outermost first. */
  List<List<String>> paths();

  /** Whether any of them has a key. */
  boolean hasKeys();

  /** One tensor alone. */
  record One() implements Structure {
    @Override
    public List<List<String>> paths() {
      return List.of(List.of());
    }

    @Override
    public boolean hasKeys() {
      return false;
    }
  }

  /**
   * Several in a list.
   *
   * @param items how each is arranged in itself
   */
  record Items(List<Structure> items) implements Structure {
    /** Keeps the items as they are now. */
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public List<List<String>> paths() {
      Map<String, Structure> numbered = new LinkedHashMap<>();
      items.forEach(item -> numbered.put(String.valueOf(numbered.size()), item));
      return Structure.paths(numbered);
    }

    @Override
    public boolean hasKeys() {
      return items.stream().anyMatch(Structure::hasKeys);
    }
  }

  /**
   * Each under a key.
   *
   * @param items by key, sorted: how each is arranged in itself
   */
  record Keyed(SortedMap<String, Structure> items) implements Structure {
    /** Keeps the items as they are now, sorted as Python does. */
    public Keyed {
      items = Collections.unmodifiableSortedMap(sorted(items));
    }

    @Override
    public List<List<String>> paths() {
      return Structure.paths(items);
    }

    @Override
    public boolean hasKeys() {
      return true;
    }
  }

  /** A list of several, or one alone. */
  static Structure of(int size) {
    return size == 1 ? new One() : new Items(Collections.nCopies(size, new One()));
  }

  /** One under each key. */
  static Structure keyed(Iterable<String> keys) {
    SortedMap<String, Structure> items = new TreeMap<>();
    keys.forEach(key -> items.put(key, new One()));
    return new Keyed(items);
  }

  /** A map whose keys stand in the order in which Python sorts text: by code points. */
  static <T> SortedMap<String, T> sorted(Map<String, T> values) {
    Comparator<String> order =
        Comparator.comparing(key -> key.codePoints().toArray(), Arrays::compare);
    SortedMap<String, T> sorted = new TreeMap<>(order);
    sorted.putAll(values);
    return sorted;
  }

  /** How many there are. */
  default int size() {
    return paths().size();
  }

  /**
   * A name for each: its key, for one in a list under a key "key_0", and where there are no keys a
   * word with its number, as Keras' exports have it: "output_0".
   *
   * @param word what those without a key are called
   */
  default List<String> names(String word) {
    List<String> joined = paths().stream().map(path -> String.join("_", path)).toList();
    return hasKeys() && new HashSet<>(joined).size() == joined.size()
        ? joined
        : IntStream.range(0, joined.size()).mapToObj(i -> word + "_" + i).toList();
  }

  private static List<List<String>> paths(Map<String, Structure> items) {
    List<List<String>> paths = new ArrayList<>();
    items.forEach(
        (key, item) -> {
          for (List<String> path : item.paths()) {
            List<String> longer = new ArrayList<>(List.of(key));
            longer.addAll(path);
            paths.add(List.copyOf(longer));
          }
        });
    return List.copyOf(paths);
  }
}
