package kerava.cli;

import static kerava.interop.KerasFixtures.file;
import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.cli.inference.InferenceBatchSize;
import kerava.data.Npy;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.saving.KerasArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** Predictions of models with several inputs and outputs, and for images. */
final class PredictCommandTest extends Predictions {
  private static final Path TWO_OUTPUTS = file("two_outputs_dict");

  private Path own(Path model) {
    Path own = folder.resolve("own");
    succeeds("convert", model, own);
    return own;
  }

  private Path inputs(String format) {
    return format.equals("own") ? own(TWO_INPUTS.resolve("m.keras")) : TWO_INPUTS.resolve(format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.keras", "m.h5", "export", "own"})
  void takesSeveralInputsInTheModelsOrderOrByName(String format) throws IOException {
    Path model = inputs(format);
    Path num = TWO_INPUTS.resolve("x0.npy");
    Path cat = TWO_INPUTS.resolve("x1.npy");
    Path answer = folder.resolve("answer.npy");
    Array right = Npy.read(TWO_INPUTS.resolve("y.npy"));
    succeeds("predict", model, num, cat, "--output", answer);
    assertNear(right, Npy.read(answer), 1e-5);
    Run named =
        succeeds(
            "predict", model, "--input", "cat=" + cat, "--input=num=" + num, "--output", answer);
    assertNear(right, Npy.read(answer), 1e-5);
    assertEquals("Written: " + answer + "\n", named.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.keras", "m.h5", "own"})
  void writesEachOutputUnderItsName(String format) throws IOException {
    Path model =
        format.equals("own") ? own(TWO_OUTPUTS.resolve("m.keras")) : TWO_OUTPUTS.resolve(format);
    Path out = folder.resolve("not/there/yet");
    Run run = succeeds("predict", model, TWO_OUTPUTS.resolve("x.npy"), "--output", out);
    assertNear(Npy.read(TWO_OUTPUTS.resolve("y0.npy")), Npy.read(out.resolve("label.npy")), 1e-5);
    assertNear(Npy.read(TWO_OUTPUTS.resolve("y1.npy")), Npy.read(out.resolve("box.npy")), 1e-5);
    assertEquals(List.of("box.npy", "label.npy"), names(out));
    assertEquals(List.of("yet"), names(out.getParent()));
    assertEquals(
        "Written: " + out.resolve("box.npy") + ", " + out.resolve("label.npy") + "\n", run.out());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void printsEachOutputUnderItsName() throws IOException {
    Run run = succeeds("predict", TWO_OUTPUTS.resolve("m.keras"), TWO_OUTPUTS.resolve("x.npy"));
    List<String> lines = run.out().lines().toList();
    assertEquals(List.of("box:", "label:"), List.of(lines.get(0), lines.get(3)));
    assertEquals(6, lines.size());
    assertArrayEquals(
        Npy.read(TWO_OUTPUTS.resolve("y1.npy")).floats(), row(lines.get(1), lines.get(2)), 1e-5f);
    assertArrayEquals(
        Npy.read(TWO_OUTPUTS.resolve("y0.npy")).floats(), row(lines.get(4), lines.get(5)), 1e-5f);
  }

  private static float[] row(String... lines) {
    List<String> words = List.of(String.join(" ", lines).split(" "));
    float[] numbers = new float[words.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.parseFloat(words.get(i));
    }
    return numbers;
  }

  @Test
  void wholeNumbersAreTheSameNumbersToAModelOfFloats() throws IOException {
    Map<String, Array> forms = new LinkedHashMap<>();
    forms.put("bytes", Array.of(new byte[] {1, (byte) 200, 3, 4}, 1, 4));
    forms.put("ints", Array.of(new int[] {1, 200, 3, 4}, 1, 4));
    forms.put("longs", Array.of(new long[] {1, 200, 3, 4}, 1, 4));
    Path cat = npy("cat", Array.of(new float[3], 1, 3));
    Path floats = npy("floats", Array.of(new float[] {1, 200, 3, 4}, 1, 4));
    for (String format : List.of("m.keras", "export")) {
      Path model = TWO_INPUTS.resolve(format);
      String expected = succeeds("predict", model, floats, cat).out();
      for (Map.Entry<String, Array> form : forms.entrySet()) {
        Path num = npy(form.getKey(), form.getValue());
        assertEquals(expected, succeeds("predict", model, num, cat).out(), form.getKey());
      }
    }
  }

  @Test
  void readsAndAsksAboutImagesInParts() {
    assertEquals(1, InferenceBatchSize.of(Shape.of(4096, 4096, 3)));
    assertEquals(250, InferenceBatchSize.of(Shape.of(32, 32, 3)));
    assertEquals(1, InferenceBatchSize.of(Shape.of(20_000, 20_000, 3)));
    Path image = file("many_images").resolve("x.png");
    Run run = succeeds("predict", file("many_images").resolve("side4096.keras"), image, image);
    List<String> lines = run.out().lines().toList();
    assertEquals(3, lines.size());
    assertTrue(lines.get(1).startsWith(image + ": class "), run.out());
    assertEquals(lines.get(1), lines.get(2));
  }

  @Test
  void printsEveryOutputForAnImage() throws IOException {
    Node image = Input.of(4, 4, 3);
    Node flat = image.then(Flatten.of());
    Model model =
        Model.of(
            Map.of("image", image),
            Map.of("sum", flat.then(Dense.of(1)), "none", flat.then(Dense.of(2))));
    Map<String, Array> weights = new LinkedHashMap<>();
    for (WeightSpec spec : model.weights()) {
      float[] values = new float[(int) spec.shape().size()];
      if (spec.shape().size() == 48) {
        java.util.Arrays.fill(values, 1);
      }
      weights.put(spec.name(), Array.of(values, spec.shape().asArray()));
    }
    Path archive = folder.resolve("m.keras");
    KerasArchive.write(StoredModel.of(model, Weights.of(weights)), archive);
    Path picture = folder.resolve("white.png");
    BufferedImage white = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    white.createGraphics().fillRect(0, 0, 4, 4);
    assertTrue(ImageIO.write(white, "png", picture.toFile()));
    assertEquals(
        "Pixels: 4x4 rgb, stretch, bilinear; pixels divided by 255\n"
            + picture
            + "\n  none: 0.0 0.0\n  sum: 48.0\n",
        succeeds("predict", archive, picture).out());
  }

  @Test
  void namesThatFilesCannotHaveArePrintedOnly() throws IOException {
    Path x = npy("x", Array.of(new float[] {1, 2}, 1, 2));
    for (List<String> names :
        List.of(List.of("a/b", "c"), List.of("a\\b", "c"), List.of("..", "c"), List.of("A", "a"))) {
      Node input = Input.of(2);
      Map<String, Node> outputs = Map.of(names.get(0), input, names.get(1), input);
      Path archive = folder.resolve("m.keras");
      KerasArchive.write(
          StoredModel.of(Model.of(Map.of("x", input), outputs), Weights.none()), archive);
      assertTrue(succeeds("predict", archive, x).out().contains(names.get(0) + ":\n1.0 2.0\n"));
      fails(
          "--output: expected names of outputs that",
          "predict",
          archive,
          x,
          "--output",
          folder.resolve("out"));
      assertFalse(Files.exists(folder.resolve("out")));
    }
  }

  @Test
  void writesNothingWhereAnOutputCannotBeWritten() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out/label.npy/x")).getParent().getParent();
    fails(
        "--output: expected the name of a file, got the folder " + out.resolve("label.npy"),
        "predict",
        TWO_OUTPUTS.resolve("m.keras"),
        TWO_OUTPUTS.resolve("x.npy"),
        "--output",
        out);
    assertEquals(List.of("label.npy"), names(out));
    assertFalse(Files.exists(out.resolve("box.npy")));
  }
}
