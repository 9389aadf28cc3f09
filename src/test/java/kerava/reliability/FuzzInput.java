package kerava.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.file.PathUtils;

/** Some files, by their names below a folder. */
record FuzzInput(TreeMap<String, byte[]> files) {
  static FuzzInput of(String name, byte[] content) {
    return new FuzzInput(new TreeMap<>(Map.of(name, content)));
  }

  static FuzzInput read(Path folder) throws IOException {
    return new FuzzInput(new TreeMap<>(Trees.visible(folder)));
  }

  FuzzInput with(String name, byte[] content) {
    TreeMap<String, byte[]> changed = new TreeMap<>(files);
    changed.put(name, content);
    return new FuzzInput(changed);
  }

  /** Writes them into a folder in which nothing else lies then. */
  void write(Path folder) throws IOException {
    if (Files.exists(folder)) {
      PathUtils.cleanDirectory(folder);
    }
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  long size() {
    return files.values().stream().mapToLong(content -> content.length).sum();
  }

  /** A name for it. */
  String id() {
    int hash = 0;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      hash = 31 * hash + file.getKey().hashCode() + 17 * Arrays.hashCode(file.getValue());
    }
    return "%08x".formatted(hash);
  }
}
