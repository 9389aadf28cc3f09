package kerava.graph.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class DiagnosisTest {
  private static final Path FILE = Path.of("/somewhere");
  private static final Gpu A100 = new Gpu(0, "A100", 40L << 30, 8, 0);
  private static final Gpu H100 = new Gpu(0, "H100", 80L << 30, 9, 0);

  private static Diagnosis diagnosis(boolean gpuBuild, Driver driver, String... missing) {
    List<LibraryState> states = new ArrayList<>();
    for (CudaLibrary library : CudaLibrary.values()) {
      boolean found = !List.of(missing).contains(library.soname());
      Optional<Path> path = found ? Optional.of(FILE) : Optional.empty();
      states.add(
          new LibraryState(library, path, false, found ? "" : "not found", Optional.empty()));
    }
    return new Diagnosis(gpuBuild, driver, states);
  }

  private static Driver driver(int cuda, Gpu... gpus) {
    return new Driver(
        Optional.of("1.2"), Driver.CudaVersion.of(cuda), Optional.of(FILE), List.of(gpus), "");
  }

  @Test
  void findsNothingWrongWhereAllIsThere() {
    assertEquals(List.of(), diagnosis(true, driver(12020, A100)).problems());
    assertEquals(List.of(), diagnosis(true, driver(12050, H100)).problems());
    assertEquals(List.of(), diagnosis(true, driver(13000, H100)).problems());
  }

  @Test
  void namesTheDriverTheBuildAndEachLibraryInThisOrder() {
    Driver none =
        new Driver(
            Optional.empty(), Driver.CudaVersion.of(0), Optional.empty(), List.of(), "not found");
    List<String> problems =
        diagnosis(false, none, "libcudnn.so.9", "libcublas.so.12", "libcublasLt.so.12").problems();
    assertEquals(3, problems.size(), problems.toString());
    assertTrue(
        problems.get(0).startsWith("NVIDIA's driver is missing: libcuda.so.1 (not found), so"),
        problems.get(0));
    assertTrue(problems.get(1).startsWith("This is TensorFlow's CPU build"), problems.get(1));
    assertEquals(
        "TensorFlow needs CUDA 12 and cuDNN 9, and does not find libcublasLt.so.12,"
            + " libcublas.so.12, libcudnn.so.9. KERAVA_CUDA=maven beside KERAVA_GPU=1 brings them"
            + " (-Pgpu,cuda, 2 GB); or install NVIDIA's packages libcublas-12-6 libcudnn9-cuda-12;"
            + " or, where they are installed, name their folder in LD_LIBRARY_PATH.",
        problems.get(2));
  }

  @Test
  void saysThatCuda13IsNotEnough(@TempDir Path folder) throws IOException {
    for (String name : List.of("libcudart.so.13", "libcublas.so.13", "libcudnn.so.9")) {
      Files.createFile(folder.resolve(name));
    }
    SystemLibraries system = new SystemLibraries();
    List<LibraryState> states =
        java.util.stream.Stream.of(CudaLibrary.CUDART, CudaLibrary.CUFFT, CudaLibrary.CUDNN)
            .map(library -> LibraryState.of(library, system, List.of(folder)))
            .toList();
    assumeTrue(states.stream().noneMatch(LibraryState::found), "CUDA 12 is installed here");
    assertEquals(
        "not found; there is " + folder.resolve("libcudart.so.13") + ", another version",
        states.get(0).problem());
    assertEquals("not found", states.get(1).problem());
    assertEquals(
        "not found; it is in " + folder + ", which LD_LIBRARY_PATH does not name",
        states.get(2).problem());
    String problem = new Diagnosis(true, driver(13000, H100), states).problems().get(0);
    assertTrue(
        problem.startsWith(
            "TensorFlow needs CUDA 12 and cuDNN 9, and does not find libcudart.so.12,"
                + " libcufft.so.11, libcudnn.so.9. "
                + folder.resolve("libcudart.so.13")
                + " is of another version, which can stay beside it. KERAVA_CUDA=maven"),
        problem);
  }

  @Test
  void namesTheLibrariesBehindOthersWhereThoseAreThere() {
    String problem = diagnosis(true, driver(12050, A100), "libcudnn_ops.so.9").problems().get(0);
    assertTrue(problem.contains("does not find libcudnn_ops.so.9. "), problem);
  }

  @Test
  void saysWhatIsWrongWithTheDriver() {
    assertEquals(
        "NVIDIA's driver is too old: expected one for CUDA 12 (525 or newer), got one for CUDA"
            + " 11.8.",
        diagnosis(true, driver(11080, A100)).problems().get(0));
    assertTrue(
        diagnosis(true, driver(12050))
            .problems()
            .get(0)
            .startsWith("NVIDIA's driver shows no GPU"));
    Driver mute =
        new Driver(
            Optional.of("1"),
            Driver.CudaVersion.of(12050),
            Optional.of(FILE),
            List.of(),
            "cuInit: mismatch (803)");
    assertEquals(
        "NVIDIA's driver does not work: cuInit: mismatch (803). Does nvidia-smi?"
            + " docs/gpu.md#when-it-does-not-work explains the numbers.",
        diagnosis(true, mute).problems().get(0));
  }

  @Test
  void refusesADriverThatCannotCompileTheCode() {
    assertEquals(
        "H100, compute capability 9.0: expected a driver for CUDA 12.5 (555 or newer), which"
            + " compiles TensorFlow's code for it, got one for CUDA 12.2.",
        diagnosis(true, driver(12020, H100)).problems().get(0));
    assertEquals(
        "K80, compute capability 3.7: expected at least 6.0, which TensorFlow has code for.",
        diagnosis(true, driver(12050, new Gpu(0, "K80", 1, 3, 7))).problems().get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 2, NONE",
    "6, 0, COMPILED",
    "6, 1, COMPILED",
    "7, 0, COMPILED",
    "7, 5, COMPILED",
    "8, 0, COMPILED",
    "8, 6, COMPILED",
    "8, 9, COMPILED",
    "9, 0, AT_FIRST_USE",
    "10, 0, AT_FIRST_USE",
    "12, 0, AT_FIRST_USE"
  })
  void knowsWhoseCodeIsCompiled(int major, int minor, Gpu.Code code) {
    assertEquals(code, new Gpu(0, "some", 1, major, minor).code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023"
            + " | 535.104.05",
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release Build  (a@b)"
            + " | 550.54.14",
      })
  void readsTheKernelModulesVersion(String text, String version) {
    assertEquals(Optional.of(version), DriverProbe.parseVersion(text));
  }

  @Test
  void libraryStandsAfterThoseThatItNeeds() {
    List<String> names = Arrays.stream(CudaLibrary.values()).map(CudaLibrary::soname).toList();
    assertTrue(names.indexOf("libcublasLt.so.12") < names.indexOf("libcublas.so.12"));
    assertTrue(names.indexOf("libnvJitLink.so.12") < names.indexOf("libcusparse.so.12"));
    assertTrue(names.indexOf("libcusparse.so.12") < names.indexOf("libcusolver.so.11"));
    assertEquals(names.size() - 1, names.indexOf("libcudnn.so.9"));
  }

  @Test
  void mavensCopyIsNotInTheDefaultBuild() {
    assertFalse(MavenCuda.present());
    assertFalse(MavenCuda.packed());
    assertTrue(MavenCuda.load().isEmpty());
  }
}
