package kerava.graph.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerava.cli.Main;

/**
 * A folder of libraries that stand in for NVIDIA's, compiled by the system's C compiler.
 *
 * @param folder where they are
 */
public record FakeCuda(Path folder) {
  /** What a process gave. */
  public record Answer(int code, String out, String err) {}

  /** An empty folder; the test is skipped where there is no C compiler, or no Linux. */
  public static FakeCuda in(Path folder) {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
    boolean compiler =
        List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
            .anyMatch(path -> Files.isExecutable(Path.of(path, "gcc")));
    assumeTrue(compiler, "needs gcc");
    return new FakeCuda(folder);
  }

  /** Adds the driver. */
  public FakeCuda driver() throws Exception {
    Path source = folder.resolve("libcuda.c");
    try (InputStream text = FakeCuda.class.getResourceAsStream("/cuda/libcuda.c")) {
      Files.write(source, text.readAllBytes());
    }
    compile(DriverProbe.LIBRARY, source, List.of());
    return this;
  }

  /** Adds an empty library. */
  public FakeCuda library(String soname, String... needed) throws Exception {
    Path source = Files.writeString(folder.resolve("empty.c"), "");
    List<String> options = new ArrayList<>();
    for (String other : needed) {
      options.add("-l:" + other);
    }
    compile(soname, source, options);
    return this;
  }

  /** Adds an empty library for each of CUDA's. */
  public FakeCuda allLibraries() throws Exception {
    for (CudaLibrary library : CudaLibrary.values()) {
      library(library.soname());
    }
    return this;
  }

  private void compile(String soname, Path source, List<String> options) throws Exception {
    List<String> words = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-Wl,--no-as-needed"));
    words.addAll(List.of("-Wl,-soname," + soname, "-L" + folder));
    words.addAll(List.of("-o", folder.resolve(soname).toString(), source.toString()));
    words.addAll(options);
    Answer answer = answer(new ProcessBuilder(words));
    assertEquals(0, answer.code(), answer.err());
  }

  /** Runs the command line in a process that finds these libraries. */
  public Answer kerava(Map<String, String> environment, String... arguments) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(words);
    process.environment().put("LD_LIBRARY_PATH", folder.toString());
    process.environment().putAll(environment);
    return answer(process);
  }

  private static Answer answer(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = Files.createTempFile("kerava", ".out");
    Path err = Files.createTempFile("kerava", ".err");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      int code = process.waitFor();
      return new Answer(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
