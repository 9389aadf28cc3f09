package kerava.saving.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The numbered folders of the versions of a model, side by side in a base folder. */
public final class VersionNumbers {
  private VersionNumbers() {}

  /** The versions in a base folder, in no order. */
  public static List<Long> in(Path base) throws IOException {
    return numbers(base, Files::isDirectory);
  }

  /** Above all that stands there, also above what is no version and would be in the way. */
  public static long next(Path base) throws IOException {
    return numbers(base, child -> true).stream().mapToLong(Long::longValue).max().orElse(0) + 1;
  }

  private static List<Long> numbers(Path base, Predicate<Path> which) throws IOException {
    try (Stream<Path> children = Files.list(base)) {
      return children
          .filter(which)
          .map(child -> child.getFileName().toString())
          .filter(name -> name.matches("\\d{1,18}"))
          .map(Long::valueOf)
          .toList();
    }
  }
}
