package kerava.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import kerava.data.Npy;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.interop.KerasFixtures;
import kerava.saving.LoadOptions;
import kerava.saving.LoadedModel;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** SavedModels that do more than compute, or end the process that runs them. */
final class StrangersModelTest {
  @TempDir private Path folder;
  private Path inputs;

  @BeforeEach
  void inputs() throws IOException {
    inputs = folder.resolve("x.npy");
    Npy.write(inputs, Array.of(new float[2 * 32 * 32 * 3], 2, 32, 32, 3));
  }

  private static Path reported(String name) throws URISyntaxException {
    URL url = StrangersModelTest.class.getResource("/reported/reliability/" + name);
    return Path.of(Objects.requireNonNull(url, name).toURI());
  }

  private Path changed(Path model, Consumer<MetaGraphDef.Builder> change) throws IOException {
    Path copy = folder.resolve("model");
    PathUtils.copyDirectory(model, copy);
    Path file = copy.resolve("saved_model.pb");
    SavedModel.Builder read = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(read.getMetaGraphsBuilder(0));
    Files.delete(file);
    Files.write(file, read.build().toByteArray());
    return copy;
  }

  /** The reported model, which writes a file when it is loaded, here into the test's folder. */
  private Path writing(Path into) throws IOException, URISyntaxException {
    return changed(
        reported("savedmodel-init/sm"),
        model -> {
          GraphDef.Builder graph = model.getGraphDefBuilder();
          for (NodeDef.Builder node : graph.getNodeBuilderList()) {
            if (node.getName().equals("WriteFile/filename")) {
              AttrValue value = node.getAttrOrThrow("value");
              node.putAttr(
                  "value",
                  value.toBuilder()
                      .setTensor(
                          value.getTensor().toBuilder()
                              .setStringVal(0, ByteString.copyFromUtf8(into.toString())))
                      .build());
            }
          }
        });
  }

  @Test
  void nothingRunsUntilItIsTrusted() throws Exception {
    Path written = folder.resolve("written.txt");
    Path model = writing(written);
    Run inspected = Run.of("inspect", model);
    assertEquals(0, inspected.code(), inspected.err());
    assertTrue(inspected.out().contains("  in   x: float32 [-1, 32, 32, 3]"), inspected.out());
    assertTrue(inspected.out().contains("without --trust"), inspected.out());
    Run refused = Run.of("predict", model, inputs);
    assertEquals(1, refused.code());
    assertTrue(
        refused.err().contains("expected an operation that only computes, got WriteFile"),
        refused.err());
    assertFalse(Files.exists(written));
    Run trusted = Run.of("predict", "--trust", model, inputs);
    assertEquals(0, trusted.code(), trusted.err());
    assertEquals("hello", Files.readString(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native-abort-1", "native-abort-2"})
  void whatEndedTheProcessIsASentence(String name) throws Exception {
    for (String command : new String[] {"inspect", "predict"}) {
      Run run =
          command.equals("inspect")
              ? Run.of(command, reported(name + "/sm"))
              : Run.of(command, "--trust", reported(name + "/sm"), inputs);
      assertEquals(1, run.code());
      assertTrue(run.err().contains("Is it damaged?"), run.err());
      assertTrue(run.err().length() < 300, run.err());
    }
  }

  @Test
  void assetsAreTheModelsOwn() throws IOException {
    Path model = changed(KerasFixtures.file("tf_tables"), whole -> {});
    try (LoadedModel loaded = LoadedModel.open(model)) {
      byte[][] words = {"b".getBytes(UTF_8), "nobody".getBytes(UTF_8)};
      long[] numbers = loaded.call("serving_default", List.of(words)).get("i").longs();
      assertArrayEquals(new long[] {1, 3}, numbers);
    }
    Path asset = model.resolve("assets/vocab.txt");
    Path elsewhere = Files.move(asset, folder.resolve("elsewhere.txt"));
    Files.createSymbolicLink(asset, elsewhere);
    IOException refusal = assertThrows(ModelFormatException.class, () -> LoadedModel.open(model));
    assertTrue(refusal.getMessage().contains("a link to "), refusal.getMessage());
    LoadedModel.open(model, LoadOptions.trusted()).close();
  }

  /** TensorFlow has an operation that ends the process. */
  private Path aborting() throws IOException {
    return changed(
        KerasFixtures.file("tf_module"),
        model -> {
          model
              .getGraphDefBuilder()
              .addNode(
                  NodeDef.newBuilder()
                      .setName("abort")
                      .setOp("Abort")
                      .putAttr(
                          "error_msg",
                          AttrValue.newBuilder().setS(ByteString.copyFromUtf8("end")).build()));
          model.putSignatureDef(
              "__saved_model_init_op",
              SignatureDef.newBuilder()
                  .putOutputs(
                      "__saved_model_init_op", TensorInfo.newBuilder().setName("abort").build())
                  .build());
        });
  }

  @Test
  void aCrashInAProcessOfItsOwnIsASentence() throws IOException {
    Run run = Run.of("predict", "--trust", "--isolate", aborting(), inputs);
    assertEquals(1, run.code(), run.err());
    assertTrue(run.err().contains("got its process ended by signal 6"), run.err());
  }

  @Test
  void aProcessOfItsOwnGivesTheSameAnswerWithinItsLimits() throws Exception {
    Path model = writing(folder.resolve("written.txt"));
    Run here = Run.of("predict", "--trust", model, inputs);
    Run there = Run.of("predict", "--trust", "--isolate", model, inputs);
    assertEquals(here.out(), there.out());
    assertEquals(0, there.code(), there.err());
    Run refused = Run.of("predict", "--isolate", model, inputs);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("got WriteFile"), refused.err());
    Run small = Run.of("predict", "--trust", "--isolate", "--isolate-memory", 20, model, inputs);
    assertEquals(1, small.code());
    assertTrue(small.err().contains("at most 20 MiB of memory, got more"), small.err());
  }
}
