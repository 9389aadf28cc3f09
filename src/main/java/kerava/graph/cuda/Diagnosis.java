package kerava.graph.cuda;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a machine has, and lacks, of what TensorFlow 2.18 needs on an NVIDIA GPU.
 *
 * @param gpuBuild whether TensorFlow's CUDA build is on the class path
 * @param driver NVIDIA's driver and its GPUs
 * @param libraries CUDA's libraries
 */
public record Diagnosis(boolean gpuBuild, Driver driver, List<LibraryState> libraries) {
  /** TensorFlow 2.18 is built with this; a driver compiles intermediate code of no newer one. */
  private static final Driver.CudaVersion BUILT_WITH = new Driver.CudaVersion(12, 5);

  /** Within a first part, CUDA's libraries work with older drivers. */
  private static final Driver.CudaVersion OLDEST = new Driver.CudaVersion(12, 0);

  private static final String GPU_BUILD =
      "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libtensorflow_cc.so.2";

  /** Looks at this machine. It opens the driver and the libraries, for the life of the process. */
  public static Diagnosis make() {
    boolean gpuBuild = Diagnosis.class.getResource(GPU_BUILD) != null;
    if (!supported()) {
      Driver none =
          new Driver(
              Optional.empty(),
              new Driver.CudaVersion(0, 0),
              Optional.empty(),
              List.of(),
              "looked for on Linux only");
      return new Diagnosis(gpuBuild, none, List.of());
    }
    SystemLibraries system = new SystemLibraries();
    List<Path> about = about();
    List<LibraryState> states =
        Arrays.stream(CudaLibrary.values())
            .map(library -> LibraryState.of(library, system, about))
            .toList();
    return new Diagnosis(gpuBuild, new DriverProbe(system).probe(), states);
  }

  private static boolean supported() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
        && System.getProperty("os.arch").equals("amd64");
  }

  /** Where CUDA's installers put its libraries. */
  private static List<Path> about() {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> toolkits =
        Files.newDirectoryStream(Path.of("/usr/local"), "cuda*")) {
      toolkits.forEach(toolkit -> folders.add(toolkit.resolve("lib64")));
    } catch (IOException e) {
      // No such folder: the others remain.
    }
    for (String folder : List.of("/opt/cuda/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib64")) {
      folders.add(Path.of(folder));
    }
    return folders.stream().filter(Files::isDirectory).sorted().toList();
  }

  /** What stands between TensorFlow and a GPU, a sentence each, the most basic first. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!supported()) {
      problems.add("TensorFlow has a CUDA build for Linux on x86_64 only.");
      return problems;
    }
    driverProblem().ifPresent(problems::add);
    if (!gpuBuild) {
      problems.add(
          "This is TensorFlow's CPU build: KERAVA_GPU=1 ./kerava starts the CUDA build (-Pgpu with"
              + " Maven, 0.5 GB).");
    }
    libraryProblem().ifPresent(problems::add);
    driver.gpus().forEach(gpu -> codeProblem(gpu).ifPresent(problems::add));
    return problems;
  }

  private Optional<String> driverProblem() {
    if (driver.library().isEmpty()) {
      return Optional.of(
          "NVIDIA's driver is missing: "
              + DriverProbe.LIBRARY
              + " ("
              + driver.problem()
              + "), so no GPU can be used. It comes with the system's packages, not with Kerava; in a"
              + " container, was that started with --gpus all?");
    }
    if (!driver.problem().isEmpty()) {
      return Optional.of(
          "NVIDIA's driver does not work: "
              + driver.problem()
              + ". Does nvidia-smi? docs/gpu.md#when-it-does-not-work explains the numbers.");
    }
    if (!driver.cuda().atLeast(OLDEST)) {
      return Optional.of(
          "NVIDIA's driver is too old: expected one for CUDA 12 (525 or newer), got one for CUDA "
              + driver.cuda()
              + ".");
    }
    if (driver.gpus().isEmpty()) {
      String visible = System.getenv("CUDA_VISIBLE_DEVICES");
      return Optional.of(
          "NVIDIA's driver shows no GPU"
              + (visible == null ? "." : "; CUDA_VISIBLE_DEVICES is \"" + visible + "\"."));
    }
    return Optional.empty();
  }

  private Optional<String> libraryProblem() {
    List<CudaLibrary> missing =
        libraries.stream().filter(state -> !state.found()).map(LibraryState::library).toList();
    // Those behind the ones that TensorFlow opens come along with them.
    List<CudaLibrary> first = missing.stream().filter(CudaLibrary::openedByTensorFlow).toList();
    List<CudaLibrary> named = first.isEmpty() ? missing : first;
    if (named.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "TensorFlow needs CUDA 12 and cuDNN 9, and does not find "
            + joined(named, CudaLibrary::soname, ", ")
            + "."
            + otherVersion()
            + " KERAVA_CUDA=maven beside KERAVA_GPU=1 brings them (-Pgpu,cuda, 2 GB); or install"
            + " NVIDIA's packages "
            + joined(named, CudaLibrary::systemPackage, " ")
            + "; or, where they are installed, name their folder in LD_LIBRARY_PATH.");
  }

  /** CUDA 13, say, which somebody who sees it installed takes for enough. */
  private String otherVersion() {
    return libraries.stream()
        .flatMap(state -> state.otherVersion().stream())
        .findFirst()
        .map(file -> " " + file + " is of another version, which can stay beside it.")
        .orElse("");
  }

  private static String joined(
      List<CudaLibrary> all, Function<CudaLibrary, String> part, String between) {
    return all.stream().map(part).distinct().collect(Collectors.joining(between));
  }

  private Optional<String> codeProblem(Gpu gpu) {
    String name = gpu.name() + ", compute capability " + gpu.capability() + ": ";
    return switch (gpu.code()) {
      case COMPILED -> Optional.empty();
      case NONE -> Optional.of(name + "expected at least 6.0, which TensorFlow has code for.");
      case AT_FIRST_USE ->
          driver.cuda().atLeast(BUILT_WITH)
              ? Optional.empty()
              : Optional.of(
                  name
                      + "expected a driver for CUDA "
                      + BUILT_WITH
                      + " (555 or newer), which compiles TensorFlow's code for it, got one for CUDA "
                      + driver.cuda()
                      + ".");
    };
  }
}
