package kerava.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What lies below a folder. */
final class Trees {
  private Trees() {}

  /** All files with their bytes, but not what is hidden: drafts, locks. */
  static SortedMap<String, byte[]> visible(Path folder) throws IOException {
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (Path file : all(folder)) {
      String name = folder.relativize(file).toString();
      if (Files.isRegularFile(file) && !hidden(name)) {
        files.put(name, Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** Whether two trees hold the same files. */
  static boolean equal(Map<String, byte[]> one, Map<String, byte[]> other) {
    return one.keySet().equals(other.keySet()) && holds(one, other);
  }

  /** Whether a tree holds all files of another, with the same bytes. */
  static boolean holds(Map<String, byte[]> tree, Map<String, byte[]> part) {
    return part.entrySet().stream()
        .allMatch(e -> java.util.Arrays.equals(e.getValue(), tree.get(e.getKey())));
  }

  /** The names of everything, hidden or not, with {@code #} for numbers. */
  static Set<String> names(Path folder) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (Path path : all(folder)) {
      String name = folder.relativize(path).toString();
      names.add(
          name.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "#")
              .replaceAll("\\d+", "#"));
    }
    return names;
  }

  /** What lies beside what may lie there; of a folder its own name only. */
  static Set<String> besides(Path folder, Set<String> usual) throws IOException {
    Set<String> left = names(folder);
    left.removeAll(usual);
    TreeSet<String> all = new TreeSet<>(left);
    left.removeIf(name -> name.contains("/") && all.contains(name.replaceFirst("/[^/]*$", "")));
    return left;
  }

  private static boolean hidden(String name) {
    return name.startsWith(".") || name.contains("/.");
  }

  private static Iterable<Path> all(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return java.util.List.of();
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(path -> !path.equals(folder)).toList();
    }
  }
}
