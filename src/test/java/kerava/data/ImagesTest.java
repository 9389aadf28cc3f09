package kerava.data;

import static kerava.images.ColorMode.RGB;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import kerava.files.DatasetException;
import kerava.graph.Array;
import kerava.images.Preprocessing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

final class ImagesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void keepsEveryPixelOfItsOwnSize(String format) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff0000);
    image.setRGB(1, 0, 0x00ff00);
    image.setRGB(2, 0, 0x0000ff);
    image.setRGB(0, 1, 0x808080);
    image.setRGB(1, 1, 0xffff00);
    image.setRGB(2, 1, 0x102030);
    int[] expected = {
      255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128, 255, 255, 0, 0x10, 0x20, 0x30
    };
    assertEquals(pixels(expected, 2, 3), Images.decode(write(image, format), RGB));
  }

  @Test
  void readsPalettes() throws IOException {
    byte[] red = {0, (byte) 200, 9, 1};
    byte[] green = {1, (byte) 100, 9, 2};
    byte[] blue = {2, 50, 9, 3};
    IndexColorModel palette = new IndexColorModel(2, 4, red, green, blue);
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSample(0, 0, 0, 1);
    image.getRaster().setSample(1, 0, 0, 3);
    for (String format : List.of("gif", "png")) {
      assertEquals(
          pixels(new int[] {200, 100, 50, 1, 2, 3}, 1, 2),
          Images.decode(write(image, format), RGB));
    }
  }

  @Test
  void readsPhotographs() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    fill(image, 0xc86432);
    byte[] read = Images.decode(write(image, "jpg"), RGB).bytes();
    for (int i = 0; i < read.length; i++) {
      int expected = new int[] {200, 100, 50}[i % 3];
      assertTrue(Math.abs((read[i] & 0xff) - expected) < 4, "at " + i);
    }
  }

  @Test
  void keepsGreyAsItIsWritten() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 128);
    image.getRaster().setSample(1, 0, 0, 7);
    assertEquals(
        pixels(new int[] {128, 128, 128, 7, 7, 7}, 1, 2), Images.decode(write(image, "png"), RGB));
  }

  @Test
  void takesTheUpperByteOf16BitGrey() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 0x80ff);
    assertEquals(pixels(new int[] {128, 128, 128}, 1, 1), Images.decode(write(image, "png"), RGB));
  }

  @Test
  void readsBlackAndWhite() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(0, 0, 0xffffff);
    assertEquals(
        pixels(new int[] {255, 255, 255, 0, 0, 0}, 1, 2), Images.decode(write(image, "png"), RGB));
  }

  @Test
  void dropsOpacity() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00123456);
    image.setRGB(1, 0, 0xff123456);
    image.setRGB(2, 0, 0x80000000);
    byte[] read = Images.decode(write(image, "png"), RGB).bytes();
    assertArrayEquals(new byte[] {0x12, 0x34, 0x56, 0x12, 0x34, 0x56, 0, 0, 0}, read);
  }

  @Test
  void resizesToTheSizeAskedWhateverTheProportions() throws IOException {
    BufferedImage image = new BufferedImage(10, 40, BufferedImage.TYPE_INT_RGB);
    fill(image, 0x0a141e);
    for (int[] size : new int[][] {{5, 30}, {80, 3}, {40, 11}, {1, 1}}) {
      Array read = Images.pixels(write(image, "png"), Preprocessing.of(size[0], size[1]));
      assertEquals(Shape.of(size[0], size[1], 3), read.shape());
      int last = read.size() - 3;
      assertArrayEquals(
          new float[] {10, 20, 30}, Arrays.copyOfRange(read.floats(), last, last + 3));
    }
  }

  @Test
  void keepsLeftAndTopWhereTheyAre() throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 32 * 64; i++) {
      image.setRGB(i % 32, i / 32, 0xff0000);
    }
    float[] read = Images.pixels(write(image, "png"), Preprocessing.of(4, 4)).floats();
    assertEquals(255, read[0]);
    assertEquals(0, read[9]);
    assertEquals(255, read[36]);
  }

  @Test
  void namesAFileThatIsNoImage() throws IOException {
    Path file = Files.writeString(folder.resolve("cat.png"), "no image");
    assertEquals(
        "cat.png: expected an image (PNG, JPEG, BMP or GIF), got 8 bytes of something else."
            + " Is it complete?",
        refused(file));
    assertTrue(refused(Files.createFile(folder.resolve("dog.png"))).contains("got an empty file"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void namesATruncatedImage(String format) throws IOException {
    Path file = write(noise(), format);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 3));
    String message = refused(file);
    assertTrue(
        message.startsWith("image." + format + ": expected an image that can be decoded, got one "),
        message);
  }

  @Test
  void namesWhatIsNotThereOrAFolder() {
    Path missing = folder.resolve("missing.png");
    assertEquals(
        "missing.png: expected an image file, got nothing at " + missing + ".", refused(missing));
    assertTrue(refused(folder).endsWith(": expected an image file, got a folder."));
  }

  @Test
  void refusesImagesThatFillTheMemory() throws IOException {
    Path file = write(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "png");
    byte[] bytes = Files.readAllBytes(file);
    // The header's width and height, and its checksum made anew.
    ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(bytes, 12, 17);
    ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
    Files.write(file, bytes);
    assertEquals(
        "image.png: expected an image of at most 100000000 pixels, got 3600000000."
            + " -Dkerava.limits.pixels says how many.",
        refused(file));
  }

  @Test
  void refusesSizesThatAreNone() {
    for (int[] size : new int[][] {{0, 1}, {1, -1}, {100_000, 100_000}}) {
      assertThrows(IllegalArgumentException.class, () -> Preprocessing.of(size[0], size[1]));
    }
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(0x1000000));
    }
    return image;
  }

  private static void fill(BufferedImage image, int colour) {
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      image.setRGB(i % image.getWidth(), i / image.getWidth(), colour);
    }
  }

  private Path write(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("image." + format);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }

  private static Array pixels(int[] values, long height, long width) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Array.of(bytes, height, width, 3);
  }

  private static String refused(Path file) {
    return assertThrows(DatasetException.class, () -> Images.decode(file, RGB)).getMessage();
  }
}
