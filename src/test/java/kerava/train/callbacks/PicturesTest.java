package kerava.train.callbacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import kerava.Input;
import kerava.Model;
import kerava.Prediction;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.data.ImageFolder;
import kerava.data.Images;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.images.ColorMode;
import kerava.images.Preprocessing;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import kerava.saving.KerasArchive;
import kerava.train.Fit;
import kerava.train.Predictor;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture means the same to a model by whatever way it comes. */
final class PicturesTest {
  private static final Preprocessing HOW = Preprocessing.of(12, 10);
  private static final Model MODEL =
      Sequential.of(
          Input.of(12, 10, 3), Flatten.of(), Dense.of(2).activation(ActivationFunction.SOFTMAX));

  @TempDir Path folder;
  private Path odd;
  private Path even;
  private StoredModel trained;
  private float[] expected;

  /** Trains on four pictures, and asks the trainer itself about two of them. */
  @BeforeEach
  void train() throws IOException {
    for (String name : List.of("cat/a", "cat/b", "dog/a", "dog/b")) {
      Files.createDirectories(folder.resolve(name).getParent());
      boolean sized = name.endsWith("b");
      paint(folder.resolve(name + ".png"), sized ? 12 : 37, sized ? 10 : 21, name.hashCode());
    }
    odd = folder.resolve("cat/a.png");
    even = folder.resolve("dog/b.png");
    TrainerOptions options = TrainerOptions.defaults().withSeed(3).withDevice(Device.cpu());
    kerava.CompileSettings settings =
        kerava.CompileSettings.of(SGD.of(0.1), SparseCategoricalCrossentropy.of());
    try (Trainer trainer = Trainer.compile(MODEL, settings, options)) {
      trainer.fit(ImageFolder.of(folder, HOW), Fit.epochs(2).batchSize(4));
      trained = StoredModel.of(trainer);
      expected = trainer.predict(ImageFolder.ofFiles(List.of(odd, even), HOW)).floats();
    }
    assertTrue(Math.abs(expected[0] - expected[2]) > 1e-3, "the pictures differ");
  }

  private static void paint(Path file, int height, int width, int seed) throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < height * width; i++) {
      image.setRGB(i % width, i / width, random.nextInt(0x1000000));
    }
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }

  private static float[] scores(List<Prediction> predictions) {
    float[] scores = new float[2 * predictions.size()];
    for (int i = 0; i < predictions.size(); i++) {
      for (kerava.ClassScore score : predictions.get(i).classes()) {
        scores[2 * i + List.of("cat", "dog").indexOf(score.name())] = score.score();
      }
    }
    return scores;
  }

  @Test
  void asAFileAPictureOrAnArray() throws IOException {
    Path archive = folder.resolve("model.keras");
    KerasArchive.write(trained, archive);
    StoredModel read = KerasArchive.read(archive);
    assertEquals(HOW, read.model().preprocessing());
    assertEquals(List.of("cat", "dog"), read.card().classNames());
    try (Predictor predictor = Predictor.of(read, Device.cpu())) {
      assertArrayEquals(expected, scores(predictor.classify(odd, even)), 1e-6f);
      assertArrayEquals(
          expected,
          scores(predictor.classify(ImageIO.read(odd.toFile()), ImageIO.read(even.toFile()))),
          1e-6f);
      assertArrayEquals(one(odd), predictor.predict(batch(Images.read(odd, HOW))).floats(), 1e-6f);
      Array bytes = Images.decode(even, ColorMode.RGB);
      assertArrayEquals(one(even), predictor.predict(batch(bytes)).floats(), 1e-6f);
    }
  }

  private float[] one(Path file) {
    int from = file.equals(odd) ? 0 : 2;
    return new float[] {expected[from], expected[from + 1]};
  }

  private static Array batch(Array image) {
    long[] shape = image.shape().prepend(1).asArray();
    return image.type() == Array.Type.UINT8
        ? Array.of(image.bytes(), shape)
        : Array.of(image.floats(), shape);
  }
}
