package kerava.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A Java process of its own: a crash in native code ends that one only, and its environment can
 * differ.
 *
 * @param log where its words go
 * @param environment variables that differ
 * @param gpu the number of the GPU whose memory is watched meanwhile, if one is
 */
record Child(Path log, Map<String, String> environment, OptionalInt gpu) {
  /** Where JavaCPP unpacks native libraries, if not where it usually does. */
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  /**
   * How it went.
   *
   * @param code the exit code
   * @param words what it printed
   * @param mebibytes the GPU's used memory, before and then twice a second; empty if it was not
   *     watched
   */
  record End(int code, String words, List<Long> mebibytes) {
    /** The last line that is not blank. */
    String lastLine() {
      return words.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("");
    }
  }

  End kerava(List<String> arguments) throws IOException, InterruptedException {
    return run("kerava.cli.Main", arguments);
  }

  End run(String main, List<String> arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    words.add("-Djava.awt.headless=true");
    words.add("-XX:+UseSerialGC");
    words.add("-XX:MaxRAMPercentage=50");
    String cache = System.getProperty(CACHE);
    if (cache != null) {
      words.add("-D" + CACHE + "=" + cache);
    }
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    words.addAll(arguments);
    Files.createDirectories(log.toAbsolutePath().getParent());
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.environment().putAll(environment);
    // What ./kerava starts Java with.
    builder.environment().putIfAbsent("TF_OVERRIDE_GLOBAL_THREADPOOL", "1");
    builder.environment().putIfAbsent("TF_XLA_FLAGS", "--tf_xla_cpu_global_jit");
    List<Long> memory = new ArrayList<>();
    note(memory);
    Process process = builder.start();
    while (!process.waitFor(500, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      note(memory);
    }
    return new End(process.exitValue(), Files.readString(log), memory);
  }

  private void note(List<Long> memory) throws InterruptedException {
    if (gpu.isPresent()) {
      usedMebibytes(gpu.getAsInt()).ifPresent(memory::add);
    }
  }

  /** What is used of a GPU, by whomever. */
  private static Optional<Long> usedMebibytes(int gpu) throws InterruptedException {
    try {
      Process tool =
          new ProcessBuilder(
                  "nvidia-smi",
                  "--id=" + gpu,
                  "--query-gpu=memory.used",
                  "--format=csv,noheader,nounits")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String words =
          new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return tool.waitFor() == 0
          ? words.lines().findFirst().map(String::strip).map(Long::valueOf)
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
