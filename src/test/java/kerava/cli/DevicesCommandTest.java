package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import kerava.graph.Devices;
import kerava.graph.cuda.FakeCuda;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class DevicesCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void saysWhatIsMissingOnThisMachine() {
    assumeTrue(Devices.gpuCount() == 0);
    Run run = Run.of("devices");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("TensorFlow computes on:\n  /device:CPU:0"), run.out());
    assertTrue(run.out().contains("NVIDIA driver: "), run.out());
    assertTrue(run.out().contains("libcudnn.so.9"), run.out());
    assertTrue(run.out().contains("No GPU is seen:\n"), run.out());
  }

  @Test
  void exitCodeSaysWhetherAGpuCanBeUsed() {
    assumeTrue(Devices.gpuCount() == 0);
    assertEquals(0, Run.of("devices", "--require", "cpu").code());
    Run run = Run.of("devices", "--require", "gpu");
    assertEquals(1, run.code());
    assertTrue(
        run.err().startsWith("kerava: devices: expected TensorFlow to see gpu:0, got none. "),
        run.err());
    assertEquals(1, run.err().lines().count());
  }

  @Test
  void jsonTellsTheSame() throws Exception {
    JsonNode root = JSON.readTree(Run.of("devices", "--json").out());
    assertEquals("2.18.0", root.get("tensorflow").asText());
    assertEquals("/device:CPU:0", root.get("devices").get(0).get("name").asText());
    assertEquals(16, root.get("libraries").size());
    assertEquals(Devices.gpuCount() > 0, root.get("gpu_usable").asBoolean());
  }

  @Test
  void describesTheGpusOfTheDriver(@TempDir Path folder) throws Exception {
    FakeCuda fake = FakeCuda.in(folder).driver().allLibraries();
    FakeCuda.Answer answer =
        fake.kerava(
            Map.of("FAKE_COUNT", "2", "FAKE_CUDA", "12050", "CUDA_CACHE_MAXSIZE", "4294967296"),
            "devices",
            "--json");
    JsonNode root = JSON.readTree(answer.out());
    assertEquals("12.5", root.at("/driver/cuda").asText(), answer.err());
    assertEquals(folder.resolve("libcuda.so.1").toString(), root.at("/driver/path").asText());
    assertEquals("Fake H100", root.at("/gpus/0/name").asText());
    assertEquals(2L << 30, root.at("/gpus/0/memory_bytes").asLong());
    assertEquals("9.0", root.at("/gpus/0/compute_capability").asText());
    assertEquals("at_first_use", root.at("/gpus/0/code").asText());
    assertEquals("compiled", root.at("/gpus/1/code").asText());
    for (JsonNode library : root.get("libraries")) {
      assertTrue(library.get("found").asBoolean(), library.toString());
      assertEquals(
          folder.resolve(library.get("name").asText()), Path.of(library.get("path").asText()));
    }
    // The tests run with TensorFlow's CPU build, and that is all that is missing.
    assertEquals(1, root.get("problems").size(), answer.out());
    assertFalse(root.get("gpu_usable").asBoolean());
  }

  @Test
  void tellsWhatALibraryNeedsInItsTurn(@TempDir Path folder) throws Exception {
    FakeCuda fake =
        FakeCuda.in(folder)
            .driver()
            .allLibraries()
            .library("libcusparse.so.12", "libnvJitLink.so.12");
    java.nio.file.Files.delete(folder.resolve("libnvJitLink.so.12"));
    String out = fake.kerava(Map.of("FAKE_INIT", "100"), "devices").out();
    assertTrue(out.contains("cuInit: no CUDA-capable device is detected (100)"), out);
    assertTrue(
        out.lines()
            .anyMatch(
                line ->
                    line.startsWith("  libcusparse.so.12 ")
                        && line.contains("missing  libnvJitLink.so.12: cannot open shared object")
                        && line.endsWith("package libcusparse-12-6")),
        out);
    assertTrue(out.contains("NVIDIA's packages libcusparse-12-6; or"), out);
  }
}
