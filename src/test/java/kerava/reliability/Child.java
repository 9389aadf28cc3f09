package kerava.reliability;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Java process of the same classes.
 *
 * @param process it
 * @param out what it prints
 */
record Child(Process process, BufferedReader out) {
  /** How to start one. */
  static final class Start {
    private final List<String> options =
        new ArrayList<>(
            List.of(
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Djava.awt.headless=true",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:cds*=off"));
    private final Class<?> main;
    private final List<String> args;
    private Map<String, String> environment = Map.of();
    private Optional<Path> errors = Optional.empty();

    private Start(Class<?> main, List<String> args) {
      this.main = main;
      this.args = args;
    }

    /** More options of Java's. */
    Start java(String... more) {
      options.addAll(List.of(more));
      return this;
    }

    Start environment(Map<String, String> variables) {
      environment = variables;
      return this;
    }

    /** Where what it complains about is kept; else it is dropped. */
    Start errors(Path file) {
      errors = Optional.of(file);
      return this;
    }

    /** Writes an archive of its classes when it ends; Java has none where some lie in folders. */
    Start sharing(Path archive) {
      boolean jars =
          Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
              .noneMatch(entry -> Files.isDirectory(Path.of(entry)));
      if (jars) {
        options.add("-XX:ArchiveClassesAtExit=" + archive);
      }
      return this;
    }

    /**
     * Reads classes from an archive that an earlier process wrote, so that starting takes half the
     * time; one that is not there is passed over.
     */
    Start shared(Path archive) {
      if (Files.exists(archive)) {
        options.add("-XX:SharedArchiveFile=" + archive);
      }
      return this;
    }

    Child now() throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(options);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
      command.addAll(args);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectError(
                  errors.map(f -> Redirect.appendTo(f.toFile())).orElse(Redirect.DISCARD));
      builder.environment().putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "3");
      builder.environment().putAll(environment);
      Process process = builder.start();
      // Nothing of it stays where this one is stopped.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Child(process, process.inputReader());
    }
  }

  static Start of(Class<?> main, Object... args) {
    return new Start(main, Arrays.stream(args).map(String::valueOf).toList());
  }

  /** All lines that are left, until it ends. */
  List<String> rest() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line; (line = out.readLine()) != null; ) {
      lines.add(line);
    }
    return lines;
  }

  /** Kills it as a machine that runs out of memory does. */
  void kill() {
    process.toHandle().destroyForcibly();
  }
}
