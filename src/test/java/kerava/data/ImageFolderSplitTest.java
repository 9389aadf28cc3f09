package kerava.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kerava.files.DatasetException;
import kerava.graph.Array;
import kerava.images.Preprocessing;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Folders of images as splits: those that subfolders say, and those that are drawn. */
final class ImageFolderSplitTest extends ImageFolderFixture {
  @Test
  void evaluatesOnTheTestPartElseOnTheOneForValidation() throws IOException {
    paint("val/cats/a.png", 1);
    assertEquals(
        1, ImageFolder.loadTest(folder, Preprocessing.of(1, 2), OnDamaged.STOP).test().size());
    paint("test/cats/a.png", 1);
    paint("test/cats/b.png", 1);
    assertEquals(
        2, ImageFolder.loadTest(folder, Preprocessing.of(1, 2), OnDamaged.STOP).test().size());
    assertTrue(
        assertThrows(DatasetException.class, () -> ImageFolder.load(folder, Preprocessing.of(1, 2)))
            .getMessage()
            .contains("expected images to train on, got images from val and test in"));
  }

  @Test
  void takesTrainAndTestIfBothAreThere() throws IOException {
    paint("train/cats/a.png", 1);
    paint("train/dogs/a.png", 2);
    paint("train/dogs/b.png", 3);
    paint("test/cats/c.png", 4);
    paint("test/dogs/c.png", 5);
    Split split = ImageFolder.load(folder, Preprocessing.of(4, 4));
    assertEquals(3, split.train().size());
    assertEquals(2, split.test().size());
    assertEquals(Shape.of(4, 4, 3), split.test().inputShape());
    assertEquals("images from train and test in " + folder, split.source());
  }

  @Test
  void refusesTrainAndTestOfDifferentClasses() throws IOException {
    paint("train/cats/a.png", 1);
    paint("test/dogs/a.png", 1);
    DatasetException e =
        assertThrows(
            DatasetException.class, () -> ImageFolder.load(folder, Preprocessing.of(4, 4)));
    assertEquals(
        "test: expected the classes of train, got other ones: without cats, with dogs.",
        e.getMessage());
  }

  @Test
  void splitsEachClassAndSharesNoImage() throws IOException {
    for (int i = 0; i < 10; i++) {
      paint("cats/" + i + ".png", i);
      paint("dogs/" + i + ".png", i);
    }
    Split split = ImageFolder.load(folder, Preprocessing.of(4, 4));
    assertEquals("images from " + folder + ", parted with seed 1", split.source());
    assertEquals(Array.of(new int[] {0, 0, 1, 1}, 4), split.test().labels());
    Set<Path> all = new HashSet<>(files(split.train()));
    all.addAll(files(split.test()));
    assertEquals(16, split.train().size());
    assertEquals(20, all.size());
  }

  @Test
  void splitsAlikeWithTheSameSeed() throws IOException {
    for (int i = 0; i < 20; i++) {
      paint("cats/" + i + ".png", i);
    }
    ImageFolder images = ImageFolder.of(folder);
    List<Path> first = files(images.split(0.5, 7).test());
    assertEquals(first, files(images.split(0.5, 7).test()));
    assertNotEquals(first, files(images.split(0.5, 8).test()));
  }

  @Test
  void leavesAnImageOfEachClassToTrainOn() throws IOException {
    paint("cats/a.png", 1);
    paint("dogs/a.png", 1);
    paint("dogs/b.png", 1);
    Split split = ImageFolder.of(folder).split(0.9, 1);
    assertEquals(Array.of(new int[] {0, 1}, 2), split.train().labels());
    assertEquals(Array.of(new int[] {1}, 1), split.test().labels());
  }

  @Test
  void refusesSplitsThatAreNone() throws IOException {
    paint("cats/a.png", 1);
    ImageFolder images = ImageFolder.of(folder);
    for (double part : new double[] {0, 1, -0.5, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> images.split(part, 1));
    }
    assertEquals(
        "ImageFolder: expected enough images to leave some to test on, got 1 of 1 classes.",
        assertThrows(IllegalArgumentException.class, () -> images.split(0.5, 1)).getMessage());
  }

  private static List<Path> files(Dataset dataset) {
    return assertInstanceOf(ImageFolder.class, dataset).files();
  }
}
