package kerava.layers.operations;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All operations, by the names of their classes. */
final class Operations {
  private static final Map<String, Definition> ALL = new TreeMap<>();

  static {
    Stream.of(Arithmetic.ALL, Functions.ALL, Reductions.ALL, Activations.ALL, Shapes.ALL)
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

  /** The three whose names are most like another. */
  static List<String> near(String name) {
    return ALL.keySet().stream()
        .sorted(Comparator.comparingInt(known -> distance(known, name)))
        .limit(3)
        .toList();
  }

  /** How many letters must change to make one name of another. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
