package kerava.saving;

import static kerava.interop.KerasFixtures.file;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kerava.data.Npy;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.interop.Near;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Tensor;
import org.tensorflow.types.TInt64;

/** SavedModels of all origins, run from Java. */
final class LoadedModelTest {
  private static final String KERAS_3 = "keras3_seed_export";

  /** The images that the golden numbers were made with. */
  static Array images() {
    float[] values = new float[2 * 32 * 32 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7 % 29 - 14) / 29f;
    }
    return Array.of(values, 2, 32, 32, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {KERAS_3, "keras2_seed_savedmodel"})
  void runsWhatKerasWrote(String name) throws IOException {
    try (LoadedModel model = LoadedModel.open(file(name))) {
      Near.assertNear(Npy.read(file(name + ".npy")), model.call(images()), 1e-5);
      assertEquals(List.of(), model.classNames());
    }
  }

  @Test
  void listsSignatures() throws IOException {
    try (LoadedModel model = LoadedModel.open(file(KERAS_3))) {
      assertEquals(
          List.of("serve", "serving_default"),
          model.signatures().stream().map(ModelSignature::name).toList());
      ModelSignature.Value input = model.signature("serve").inputs().get("keras_tensor");
      assertEquals("float32", input.type());
      assertEquals("[-1, 32, 32, 3]", input.shape().toString());
      assertEquals(List.of("output_0"), List.copyOf(model.signature("serve").outputs().keySet()));
    }
  }

  @Test
  void runsModulesBySignature() throws IOException {
    try (LoadedModel model = LoadedModel.open(file("tf_module"))) {
      Map<String, Array> sum =
          model.call(
              "sum",
              Map.of("a", Array.of(new long[] {1, 2}, 2), "b", Array.of(new long[] {10, 20}, 2)));
      assertArrayEquals(new long[] {11, 22}, sum.get("sum").longs());
      Array x = Array.of(new float[] {1, 1, 1}, 1, 3);
      assertArrayEquals(
          new float[] {1, 2, 3}, model.call("scale", Map.of("x", x)).get("scaled").floats());
    }
  }

  @Test
  void runsGraphsOfTensorFlow1() throws IOException {
    try (LoadedModel model = LoadedModel.open(file("tf1"))) {
      Array y = model.call(Array.of(new float[] {1, 1, 2, 0}, 2, 2));
      assertArrayEquals(new float[] {5, 4}, y.floats());
    }
  }

  @Test
  void takesTensors() throws IOException {
    try (LoadedModel model = LoadedModel.open(file("tf_module"));
        Tensor a = TInt64.vectorOf(1, 2);
        ModelOutputs outputs = model.run("sum", Map.of("a", (TInt64) a, "b", (TInt64) a))) {
      assertArrayEquals(new long[] {2, 4}, outputs.array("sum").longs());
      assertRefusal("expected one of [sum], got \"total\"", () -> outputs.tensor("total"));
      assertRefusal("sum: expected texts, got int64", () -> outputs.texts("sum"));
    }
  }

  @Test
  void refusesWrongCalls() throws IOException {
    try (LoadedModel model = LoadedModel.open(file("tf_module"))) {
      Array floats = Array.of(new float[3], 1, 3);
      Array longs = Array.of(new long[1], 1);
      assertRefusal(
          "expected one of the signatures scale, sum, got \"product\"",
          () -> model.call("product", Map.of()));
      assertRefusal(
          "\"sum\": expected the inputs a, b, got a", () -> model.call("sum", Map.of("a", longs)));
      assertRefusal(
          "\"sum\" input \"b\": expected int64 [-1], got float32 [1, 3]",
          () -> model.call("sum", Map.of("a", longs, "b", floats)));
      assertRefusal(
          "\"scale\" input \"x\": expected float32 [-1, 3], got float32 [3, 1]",
          () -> model.call("scale", Map.of("x", Array.of(new float[3], 3, 1))));
      assertRefusal("got \"serving_default\"", () -> model.call(floats));
    }
    try (LoadedModel model = LoadedModel.open(file(KERAS_3))) {
      assertRefusal("[-1, 32, 32, 3]", () -> model.call(Array.of(new float[12], 1, 2, 2, 3)));
      assertRefusal("got \"classify\"", () -> model.classify(images()));
    }
  }

  private static void assertRefusal(String words, Callable<?> call) {
    Exception e = assertThrows(IllegalArgumentException.class, call::call);
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }

  @Test
  void isUsedFromManyThreads() throws Exception {
    try (LoadedModel model = LoadedModel.open(file(KERAS_3))) {
      Array expected = model.call(images());
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<Array>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          answers.add(threads.submit(() -> model.call(images())));
        }
        for (Future<Array> answer : answers) {
          Near.assertNear(expected, answer.get(), 1e-6);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void closingWaitsForCallsAndEndsThem() throws Exception {
    LoadedModel model = LoadedModel.open(file(KERAS_3));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        counts.add(threads.submit(() -> callUntilClosed(model)));
      }
      Thread.sleep(200);
      model.close();
      for (Future<Integer> count : counts) {
        assertTrue(count.get() >= 0);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThrows(IllegalStateException.class, () -> model.call(images()));
    model.close();
  }

  private static int callUntilClosed(LoadedModel model) {
    for (int calls = 0; ; calls++) {
      try {
        model.call(images());
      } catch (IllegalStateException e) {
        return calls;
      }
    }
  }

  @Test
  void takesTheHighestVersion(@TempDir Path base) throws IOException {
    for (String version : List.of("2", "10", ".export-1", "old")) {
      PathUtils.copyDirectory(file("tf1"), base.resolve(version));
    }
    try (LoadedModel model = LoadedModel.open(base)) {
      assertEquals(base.resolve("10"), model.folder());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "saved_model.pb, 100, saved_model.pb",
    "variables/variables.index, 0, variables.index",
    "variables/variables.index, 40, variables",
    "variables/variables.data-00000-of-00001, 0, variables.data-00000-of-00001",
    "variables/variables.data-00000-of-00001, 4000, variables",
    "saved_model.pb, -1, saved_model.pb",
    "variables/variables.index, -1, variables.index",
    "variables/variables.data-00000-of-00001, -1, variables.data-00000-of-00001",
  })
  void refusesCutFiles(String name, int length, String named, @TempDir Path folder)
      throws IOException {
    PathUtils.copyDirectory(file("keras3_seed_export"), folder);
    Path damaged = folder.resolve(name);
    byte[] bytes = Files.readAllBytes(damaged);
    Files.delete(damaged);
    if (length >= 0) {
      Files.write(damaged, java.util.Arrays.copyOf(bytes, length));
    }
    IOException e = assertThrows(ModelFormatException.class, () -> LoadedModel.open(folder));
    assertTrue(e.getMessage().contains(named), e.getMessage());
    assertTrue(e.getMessage().contains("expected"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"variables.index", "variables.data-00000-of-00001"})
  void refusesFlippedBits(String name, @TempDir Path folder) throws IOException {
    PathUtils.copyDirectory(file("keras3_seed_export"), folder);
    Path damaged = folder.resolve("variables").resolve(name);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 4;
    Files.write(damaged, bytes);
    IOException e = assertThrows(ModelFormatException.class, () -> LoadedModel.open(folder));
    assertTrue(e.getMessage().contains("variables"), e.getMessage());
  }

  @Test
  void refusesWhatIsNoModel(@TempDir Path folder) throws IOException {
    assertThrows(ModelFormatException.class, () -> LoadedModel.open(folder));
    assertThrows(ModelFormatException.class, () -> LoadedModel.open(folder.resolve("none")));
    Path text = Files.writeString(folder.resolve("text"), "text");
    assertThrows(ModelFormatException.class, () -> LoadedModel.open(text));
    Files.writeString(folder.resolve("saved_model.pb"), "no protocol buffer");
    assertThrows(ModelFormatException.class, () -> LoadedModel.open(folder));
    Files.write(folder.resolve("saved_model.pb"), new byte[0]);
    assertThrows(ModelFormatException.class, () -> LoadedModel.open(folder));
  }
}
