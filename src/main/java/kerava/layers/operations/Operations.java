package kerava.layers.operations;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All operations, by the names of their classes. */
final class Operations {
  private static final Map<String, Definition> ALL = new TreeMap<>();

  static {
    Stream.of(
            Arithmetic.ALL,
            Comparisons.ALL,
            Elementwise.ALL,
            Reductions.ALL,
            Activations.ALL,
            Shapes.ALL,
            Gathers.ALL,
            Joins.ALL,
            Sorting.ALL,
            Matrices.ALL,
            Diagonals.ALL,
            Normalizations.ALL,
            Convolutions.ALL,
            Images.ALL)
        .flatMap(List::stream)
        .forEach(definition -> ALL.put(definition.name(), definition));
  }

  private Operations() {}

  static Optional<Definition> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** The names of all of them, sorted. */
  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }
}
