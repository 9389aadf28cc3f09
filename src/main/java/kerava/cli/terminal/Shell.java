package kerava.cli.terminal;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kerava.config.Quoted;

/** Commands as a shell of Unix takes them. */
public final class Shell {
  /** Where the launcher says which file it is. */
  private static final String LAUNCHER = "kerava.launcher";

  private static final int WARNS_OF_NATIVE_CODE = 24;

  private Shell() {}

  /** One word, in quotes where the shell would make something else of it. */
  static String word(Object value) {
    return Quoted.shell(String.valueOf(value));
  }

  /** A whole command. */
  public static String command(Collection<?> words) {
    return words.stream().map(Shell::word).collect(Collectors.joining(" "));
  }

  /**
   * The words that start this program again, from any folder.
   *
   * @param main its main class
   */
  public static List<String> program(Class<?> main) {
    String launcher = System.getProperty(LAUNCHER);
    return launcher == null ? java(main) : List.of(launcher);
  }

  private static List<String> java(Class<?> main) {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
            .collect(Collectors.joining(File.pathSeparator));
    return Stream.of(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"),
            Runtime.version().feature() < WARNS_OF_NATIVE_CODE
                ? List.<String>of()
                : List.of(
                    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"),
            List.of("-cp", classPath, main.getName()))
        .flatMap(List::stream)
        .toList();
  }
}
