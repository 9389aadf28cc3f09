package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.StoredModel;
import kerava.data.Npy;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.preprocessing.OutputMode;
import kerava.layers.preprocessing.StringLookup;
import kerava.layers.preprocessing.TextVectorization;
import kerava.saving.ExportOptions;
import kerava.saving.KerasArchive;
import kerava.saving.SavedModels;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of texts on the command line, from each format and for a server. */
final class TextModelsTest {
  private static final String[] TEXTS = {"the cat", "a dog, the", "", "über"};

  @TempDir Path folder;

  private static Model model() {
    Node text = Input.named("text", DType.STRING, 1);
    return Model.of(
        text,
        TextVectorization.of()
            .outputMode(OutputMode.COUNT)
            .adapt("the cat, the dog", "a cat")
            .apply(text));
  }

  private static Run run(Object... words) {
    Run run = Run.of(words);
    assertEquals(0, run.code(), run.err());
    return run;
  }

  @Test
  void predictsLinesOfTextAndArraysOfThem() throws IOException {
    Path archive = folder.resolve("m.keras");
    KerasArchive.write(StoredModel.of(model(), Weights.none()), archive);
    Path lines = Files.writeString(folder.resolve("texts.txt"), String.join("\n", TEXTS));
    Path array = folder.resolve("texts.npy");
    Npy.write(array, Array.of(TEXTS, 4, 1));
    String expected = "0 1 1 0 0\n0 1 0 1 1\n0 0 0 0 0\n1 0 0 0 0\n";
    assertEquals(expected, run("predict", archive, lines).out());
    assertEquals(expected, run("predict", archive, array).out());
    assertEquals(expected, run("predict", archive, "--input", "text=" + lines).out());
    Path served = folder.resolve("served");
    run("convert", archive, served);
    assertEquals(expected, run("predict", served, lines).out());
    Path out = folder.resolve("out.npy");
    run("predict", served, array, "--output", out);
    assertEquals(Array.of(new long[] {0, 1, 1, 0, 0}, 1, 5), row(Npy.read(out)));
    String inspected = run("inspect", archive).out();
    assertTrue(inspected.contains("TextVectorization"), inspected);
    assertTrue(run("inspect", served).out().contains("string"), inspected);
    String page = Files.readString(served.resolve("SERVING.md"));
    assertTrue(page.contains("\"instances\": [[\"\"]*1]"), page);
    assertTrue(page.contains("tf.make_tensor_proto([[\"\"]*1], tf.string)"), page);
  }

  private static Array row(Array all) {
    return Array.of(java.util.Arrays.copyOf(all.longs(), 5), 1, 5);
  }

  @Test
  void oneTextIsOneLineForThoseThatTakeNone() throws IOException {
    Path archive = folder.resolve("m.keras");
    Node in = Input.of(3);
    KerasArchive.write(
        StoredModel.of(Model.of(in, kerava.layers.Flatten.of().apply(in)), Weights.none()),
        archive);
    Path lines = Files.writeString(folder.resolve("texts.txt"), "1 2 3");
    Run refused = Run.of("predict", archive, lines);
    assertEquals(1, refused.code());
    assertTrue(
        refused.err().contains("expected an .npy file for the input of float32, got lines of text"),
        refused.err());
    KerasArchive.write(StoredModel.of(model(), Weights.none()), archive);
    Files.write(lines, new byte[] {'a', (byte) 0xff});
    Run other = Run.of("predict", archive, lines);
    assertEquals(1, other.code());
    assertTrue(
        other.err().contains("expected lines of text in UTF-8, got other bytes."), other.err());
  }

  /** A server runs samples when it loads a model; they are of the vocabulary where they must be. */
  @Test
  void lookupsThatTakeOnlyTheirTermsAreServed() throws IOException {
    Node in = Input.named("word", DType.STRING, 2);
    StringLookup only = StringLookup.of(List.of("red", "blue")).numOovIndices(0);
    Model model = Model.of(in, only.apply(in));
    Path version = SavedModels.export(model, Weights.none(), folder.resolve("only"));
    assertTrue(Files.exists(version));
    ExportOptions samples =
        ExportOptions.defaults()
            .samples(Array.of(new String[] {"blue", "red", "red", "red"}, 2, 2));
    assertTrue(
        Files.exists(SavedModels.export(model, Weights.none(), folder.resolve("some"), samples)));
    try (Predictor predictor = Predictor.of(model, Weights.none(), Device.cpu())) {
      assertArrayEquals(
          new long[] {1, 0},
          predictor.predict(Array.of(new String[] {"blue", "red"}, 1, 2)).longs());
    }
  }
}
