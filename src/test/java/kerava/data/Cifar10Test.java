package kerava.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import kerava.data.cifar10.Cifar10Files;
import kerava.files.DatasetException;
import kerava.graph.Array;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

final class Cifar10Test {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path good;

  @BeforeAll
  static void writeFiles() throws IOException {
    good = Cifar10Files.writeBinary(shared.resolve("cifar-10-batches-bin"));
  }

  @Test
  void readsAllImages() throws IOException {
    Cifar10 cifar = Cifar10.load(good);
    assertEquals(Shape.of(50_000, 32, 32, 3), cifar.train().inputs().shape());
    assertEquals(Shape.of(10_000, 32, 32, 3), cifar.test().inputs().shape());
    assertEquals(Array.Type.UINT8, cifar.train().inputs().type());
    assertTrue(cifar.train().pixels());
    assertTrue(cifar.test().pixels());
    assertEquals("CIFAR-10 from " + good, cifar.source());
  }

  @Test
  void keepsTheColoursOfAPixelTogether() throws IOException {
    Dataset train = Cifar10.load(good).train();
    int image = 3_000;
    byte[] pixels = train.inputs(new int[] {4 * Cifar10Files.IMAGES + image}).bytes();
    for (int i = 0; i < pixels.length; i++) {
      byte expected = Cifar10Files.pixel(image, i / 96, i / 3 % 32, i % 3);
      assertEquals(expected, pixels[i], "at " + i);
    }
  }

  @Test
  void readsLabels() throws IOException {
    Cifar10 cifar = Cifar10.load(good);
    assertEquals(Array.of(new int[] {3, 2, 8}, 3), cifar.train().labels(new int[] {0, 9, 49_995}));
    assertEquals(Array.of(new int[] {3, 2}, 2), cifar.test().labels(new int[] {0, 9_999}));
  }

  @Test
  void knowsTheNamesOfTheClasses() throws IOException {
    String names = "airplane automobile bird cat deer dog frog horse ship truck";
    assertEquals(Arrays.asList(names.split(" ")), Cifar10.classNames());
    assertEquals(Cifar10.classNames(), Cifar10.load(good).test().classNames());
  }

  @Test
  void findsTheFolderInTheFolder() throws IOException {
    assertEquals("CIFAR-10 from " + good, Cifar10.load(shared).source());
  }

  @Test
  void namesATruncatedFile() throws IOException {
    damage("data_batch_3.bin", bytes -> Arrays.copyOf(bytes, 1_048_576));
    DatasetException e = refused();
    assertEquals(
        "data_batch_3.bin: expected 30730000 bytes (10000 records of 3073), got 1048576."
            + " Is the download incomplete?",
        e.getMessage());
    assertEquals(folder.resolve("data_batch_3.bin"), e.file());
  }

  @Test
  void namesAFileThatIsTooLong() throws IOException {
    damage("test_batch.bin", bytes -> Arrays.copyOf(bytes, bytes.length + 1));
    assertEquals(
        "test_batch.bin: expected 30730000 bytes (10000 records of 3073), got 30730001."
            + " Is the download incomplete?",
        refused().getMessage());
  }

  @Test
  void namesAnEmptyFile() throws IOException {
    damage("data_batch_1.bin", bytes -> new byte[0]);
    assertTrue(refused().getMessage().startsWith("data_batch_1.bin: expected 30730000 bytes"));
  }

  @Test
  void refusesLabelsOutOfRange() throws IOException {
    damage(
        "data_batch_2.bin",
        bytes -> {
          bytes[1204 * Cifar10Files.RECORD] = (byte) 200;
          return bytes;
        });
    assertEquals(
        "data_batch_2.bin: expected labels from 0 to 9, got 200 in record 1204. Is the file"
            + " damaged?",
        refused().getMessage());
  }

  @Test
  void refusesATestSetWithTooManyOfOneClass() throws IOException {
    damage("test_batch.bin", Cifar10Test::secondImageBecomesACat);
    assertEquals(
        "test_batch.bin: expected 1000 images of each class, got 1001 of class 3 (cat)."
            + " Is a file damaged or there twice?",
        refused().getMessage());
  }

  @Test
  void refusesATrainingSetWithTooManyOfOneClass() throws IOException {
    damage("data_batch_5.bin", Cifar10Test::secondImageBecomesACat);
    assertEquals(
        "data_batch_1.bin to data_batch_5.bin: expected 5000 images of each class, got 5001 of"
            + " class 3 (cat). Is a file damaged or there twice?",
        refused().getMessage());
  }

  @Test
  void allowsAnUnequalCountInOneTrainingFile() throws IOException {
    damage("data_batch_5.bin", Cifar10Test::secondImageBecomesACat);
    Path first = folder.resolve("data_batch_1.bin");
    byte[] bytes = Files.readAllBytes(first);
    bytes[0] = (byte) Cifar10Files.label(1);
    Files.delete(first);
    Files.write(first, bytes);
    assertEquals(50_000, Cifar10.load(folder).train().size());
  }

  @Test
  void namesAMissingFile() throws IOException {
    Cifar10Files.link(good, folder);
    Files.delete(folder.resolve("data_batch_4.bin"));
    assertEquals(
        "data_batch_4.bin: expected it in %s, got no such file. Is the download incomplete?"
            .formatted(folder),
        refused().getMessage());
  }

  @Test
  void refusesAFolderWithoutIt() {
    String message = refused().getMessage();
    assertTrue(message.contains("expected a folder with data_batch_1.bin"), message);
    assertTrue(message.contains(folder.toString()), message);
  }

  private static byte[] secondImageBecomesACat(byte[] bytes) {
    bytes[Cifar10Files.RECORD] = 3;
    return bytes;
  }

  private DatasetException refused() {
    return assertThrows(DatasetException.class, () -> Cifar10.load(folder));
  }

  private interface Damage {
    byte[] apply(byte[] bytes);
  }

  /** Fills {@code folder} with the good files but for one. */
  private void damage(String name, Damage damage) throws IOException {
    Cifar10Files.link(good, folder);
    Path file = folder.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    Files.write(file, damage.apply(bytes));
  }
}
