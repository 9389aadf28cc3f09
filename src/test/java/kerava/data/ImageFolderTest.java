package kerava.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kerava.files.DatasetException;
import kerava.graph.Array;
import kerava.images.Preprocessing;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

final class ImageFolderTest extends ImageFolderFixture {
  @Test
  void numbersClassesByName() throws IOException {
    paint("dogs/a.png", 1);
    paint("cats/b.PNG", 2);
    paint("cats/a.jpg", 3);
    paint("birds/deep/inside.bmp", 4);
    ImageFolder images = ImageFolder.of(folder);
    assertEquals(List.of("birds", "cats", "dogs"), images.classNames());
    assertEquals(Array.of(new int[] {0, 1, 1, 2}, 4), images.labels());
    assertEquals(4, images.size());
    assertEquals(
        List.of("inside.bmp", "a.jpg", "b.PNG", "a.png"),
        images.files().stream().map(file -> file.getFileName().toString()).toList());
  }

  @Test
  void leavesOtherFilesOut() throws IOException {
    paint("cats/a.png", 1);
    Files.writeString(folder.resolve("cats/.a.png"), "hidden");
    Files.writeString(folder.resolve("cats/notes.txt"), "notes");
    Files.writeString(folder.resolve("readme.md"), "readme");
    Files.createDirectories(folder.resolve(".cache"));
    ImageFolder images = ImageFolder.of(folder);
    assertEquals(List.of("cats"), images.classNames());
    assertEquals(1, images.size());
  }

  @Test
  void readsTheImagesAsked() throws IOException {
    for (int i = 0; i < 9; i++) {
      paint("all/" + i + ".png", i);
    }
    ImageFolder images = ImageFolder.of(folder, 1, 2);
    assertEquals(Shape.of(1, 2, 3), images.inputShape());
    assertTrue(images.pixels());
    assertEquals(Optional.of(Preprocessing.of(1, 2)), images.preprocessing());
    assertEquals(
        Array.of(new byte[] {7, 7, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7}, 3, 1, 2, 3),
        images.inputs(new int[] {7, 0, 7}));
    assertEquals(Shape.of(9, 1, 2, 3), images.inputs().shape());
  }

  @Test
  void resizesTo32PixelsIfNothingElseIsAsked() throws IOException {
    paint("all/a.png", 9);
    Array inputs = ImageFolder.of(folder).inputs();
    assertEquals(Shape.of(1, 32, 32, 3), inputs.shape());
    assertEquals(9f, inputs.floats()[3071]);
  }

  @Test
  void namesADamagedImageWithItsFolderWhenTheFolderIsOpened() throws IOException {
    paint("all/a.png", 1);
    Files.writeString(folder.resolve("all/b.png"), "no image");
    DatasetException e = assertThrows(DatasetException.class, () -> ImageFolder.of(folder));
    assertEquals(
        "all/b.png: expected an image (PNG, JPEG, BMP or GIF), got 8 bytes of something else. Is it"
            + " complete? It is the only one of 2; --on-damaged skip leaves it out.",
        e.getMessage());
    assertEquals(folder.resolve("all/b.png"), e.file());
  }

  @Test
  void leavesDamagedImagesOutWhereThatIsAskedFor() throws IOException {
    for (int i = 0; i < 4; i++) {
      paint("train/cats/" + i + ".png", i);
      paint("test/cats/" + i + ".png", i);
    }
    Files.writeString(folder.resolve("train/cats/1.png"), "<html>");
    byte[] whole = Files.readAllBytes(folder.resolve("test/cats/3.png"));
    Files.write(
        folder.resolve("test/cats/3.png"), java.util.Arrays.copyOf(whole, whole.length - 1));
    Split split = ImageFolder.load(folder, Preprocessing.of(1, 2), OnDamaged.SKIP);
    assertEquals(3, split.train().size());
    assertEquals(3, split.test().size());
    assertEquals(
        List.of("Looked at 8 images; left out as damaged: 2 (train/cats/1.png, test/cats/3.png)."),
        split.notes());
    assertEquals(Shape.of(3, 1, 2, 3), split.test().inputs().shape());
    assertTrue(
        assertThrows(DatasetException.class, () -> ImageFolder.load(folder, Preprocessing.of(1, 2)))
            .getMessage()
            .endsWith(" It is the only one of 4; --on-damaged skip leaves it out."));
  }

  @Test
  void refusesAClassOfDamagedImagesAlone() throws IOException {
    paint("cats/a.png", 1);
    Files.createDirectories(folder.resolve("dogs"));
    Files.createFile(folder.resolve("dogs/a.png"));
    assertEquals(
        "dogs: expected whole images, got damaged ones alone.",
        assertThrows(
                DatasetException.class,
                () -> ImageFolder.load(folder, Preprocessing.of(1, 2), OnDamaged.SKIP))
            .getMessage());
  }

  @Test
  void saysWhatItPassedOver() throws IOException {
    paint("cats/a.png", 1);
    paint("cats/b.png", 1);
    paint("dogs/a.png", 1);
    paint("dogs/b.png", 1);
    paint("alone.png", 1);
    paint("far/more/c.png", 1);
    Files.createDirectories(folder.resolve("__MACOSX/cats"));
    for (String name : List.of("cats/.DS_Store", "cats/Thumbs.db", "cats/notes.txt", "list.csv")) {
      Files.createFile(folder.resolve(name));
    }
    Files.createSymbolicLink(folder.resolve("cats/in"), folder.resolve("far/more"));
    Files.createSymbolicLink(folder.resolve("cats/round"), folder.resolve("cats"));
    Split split = ImageFolder.load(folder, Preprocessing.of(1, 2));
    assertEquals(
        List.of(
            "Passed over: 3 hidden, 2 that are not images, 1 image in no class's folder, 1 link to"
                + " a folder around it.",
            "Followed 1 link to a folder within classes, as Keras does with follow_links=True.",
            "Looked at 6 images."),
        split.notes());
  }

  @Test
  void refusesIndicesThatAreNotThere() throws IOException {
    paint("all/a.png", 1);
    ImageFolder images = ImageFolder.of(folder);
    assertThrows(IllegalArgumentException.class, () -> images.inputs(new int[] {1}));
    assertThrows(IllegalArgumentException.class, () -> images.labels(new int[] {-1}));
  }

  @Test
  void refusesWhatIsNoFolderOfFolders() throws IOException {
    String name = folder.getFileName().toString();
    assertEquals(
        name + ": expected one subfolder for each class in " + folder + ", got none.",
        refused(folder));
    Path missing = folder.resolve("missing");
    assertEquals(
        "missing: expected a folder with one subfolder for each class, got nothing at "
            + missing
            + ".",
        refused(missing));
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(
        "file: expected a folder with one subfolder for each class, got a file.", refused(file));
  }

  @Test
  void refusesAnEmptyClass() throws IOException {
    paint("cats/a.png", 1);
    Path dogs = Files.createDirectories(folder.resolve("dogs"));
    assertEquals(
        "dogs: expected images (png, jpg, jpeg, bmp, gif) in " + dogs + ", got none.",
        refused(folder));
  }

  @Test
  void refusesSizesThatAreNone() throws IOException {
    paint("cats/a.png", 1);
    assertThrows(IllegalArgumentException.class, () -> ImageFolder.of(folder, 0, 32));
  }

  private static String refused(Path folder) {
    return assertThrows(DatasetException.class, () -> ImageFolder.of(folder)).getMessage();
  }
}
