package kerava.data.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import kerava.files.DatasetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageHeaderTest {
  private static final Path NAME = Path.of("a.img");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(ImageHeader.Kind.class)
  void kindAndSizeAreThoseOfTheFile(ImageHeader.Kind kind) throws IOException {
    assertEquals(new ImageHeader(kind, 31, 17), ImageHeader.of(NAME, image(kind, 31, 17)));
    assertEquals(new ImageHeader(kind, 31, 17), ImageHeader.complete(file(image(kind, 31, 17))));
  }

  @ParameterizedTest
  @EnumSource(ImageHeader.Kind.class)
  void aFileThatBreaksOffAnywhereIsSaidToDoSo(ImageHeader.Kind kind) throws IOException {
    byte[] whole = image(kind, 31, 17);
    // TensorFlow reads a GIF that lacks its trailer alone, and so it counts as whole.
    int last = kind == ImageHeader.Kind.GIF ? whole.length - 2 : whole.length - 1;
    for (int length = 32; length <= last; length += Math.max(1, Math.min(29, last - length))) {
      Path file = file(Arrays.copyOf(whole, length));
      DatasetException e =
          assertThrows(DatasetException.class, () -> ImageHeader.complete(file), kind.toString());
      assertTrue(e.getMessage().contains("Copy or download it again."), e.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource(ImageHeader.Kind.class)
  void bytesBehindTheEndDoNotMatter(ImageHeader.Kind kind) throws IOException {
    byte[] whole = image(kind, 200, 150);
    assertEquals(
        new ImageHeader(kind, 200, 150),
        ImageHeader.complete(file(Arrays.copyOf(whole, whole.length + 20_000))));
  }

  @Test
  void aJpegsSizeIsFoundBehindLongNotesWithAPictureInThem() throws IOException {
    byte[] inner = image(ImageHeader.Kind.JPEG, 9, 8);
    byte[] plain = image(ImageHeader.Kind.JPEG, 300, 200);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, 2);
    for (int i = 0; i < 3; i++) {
      byte[] notes = Arrays.copyOf(inner, 65_533);
      out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) 0xff, (byte) 0xff});
      out.writeBytes(notes);
    }
    out.write(plain, 2, plain.length - 2);
    assertEquals(
        new ImageHeader(ImageHeader.Kind.JPEG, 300, 200),
        ImageHeader.complete(file(out.toByteArray())));
    Path broken = file(Arrays.copyOf(out.toByteArray(), out.size() - 900));
    assertThrows(DatasetException.class, () -> ImageHeader.complete(broken));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc9, 0xca, 0xcf})
  void everyFrameHeaderOfJpegIsRead(int marker) throws IOException {
    byte[] bytes = image(ImageHeader.Kind.JPEG, 31, 17);
    for (int i = 0; i < bytes.length - 4; i++) {
      if ((bytes[i] & 0xff) == 0xff && (bytes[i + 1] & 0xff) == 0xc0) {
        bytes[i + 1] = (byte) marker;
      }
    }
    assertEquals(31, ImageHeader.of(NAME, bytes).width());
  }

  @Test
  void bitmapsOfOs2AndFromTheTopDownHaveTheirSizes() throws IOException {
    ByteBuffer old = ByteBuffer.allocate(26 + 8 * 2).order(ByteOrder.LITTLE_ENDIAN);
    old.put((byte) 'B').put((byte) 'M').putInt(42).putInt(0).putInt(26).putInt(12);
    old.putShort((short) 2).putShort((short) 2).putShort((short) 1).putShort((short) 24);
    assertEquals(
        new ImageHeader(ImageHeader.Kind.BMP, 2, 2), ImageHeader.complete(file(old.array())));

    byte[] down = image(ImageHeader.Kind.BMP, 31, 17);
    ByteBuffer.wrap(down).order(ByteOrder.LITTLE_ENDIAN).putInt(22, -17);
    assertEquals(new ImageHeader(ImageHeader.Kind.BMP, 31, 17), ImageHeader.complete(file(down)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'  <!DOCTYPE html><html>' | a web page (HTML)",
        "'<html><head>' | a web page (HTML)",
        "'RIFF....WEBPVP8 ' | a WebP",
        "'RIFF....WAVE' | a sound or a video (RIFF)",
        "'....ftypheic' | a HEIC",
        "'....ftypmif1' | a HEIC",
        "'....ftypavif' | an AVIF",
        "'....ftypisom' | a video (MP4)",
        "'<?xml version=\"1.0\"?><svg>' | an SVG",
        "'<?xml version=\"1.0\"?><a>' | XML or HTML",
        "'{\"error\": 404}' | JSON",
        "'%PDF-1.4' | a PDF",
        "'8BPS' | a Photoshop file",
        "'version https://git-lfs.github.com/spec/v1' | a pointer of Git LFS",
        "'' | an empty file",
        "'hello' | 5 bytes of something else",
      })
  void whatIsNoImageIsNamedAsWhatItIs(String text, String said) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    DatasetException e =
        assertThrows(DatasetException.class, () -> ImageHeader.of(Path.of("x", "a.jpg"), bytes));
    assertTrue(
        e.getMessage().startsWith("a.jpg: expected an image (PNG, JPEG, BMP or GIF), got " + said),
        e.getMessage());
    assertTrue(e.getMessage().matches(".*[^.?][.?]"), e.getMessage());
  }

  @Test
  void tiffsAndZerosAreNamed() {
    assertSaid("a TIFF", new byte[] {'I', 'I', '*', 0, 8, 0, 0, 0});
    assertSaid("a TIFF", new byte[] {'M', 'M', 0, '*', 0, 0, 0, 8});
    assertSaid("600 bytes that begin with zeros", new byte[600]);
  }

  @Test
  void folderAndNothingAreSaid() {
    assertTrue(
        assertThrows(DatasetException.class, () -> ImageHeader.complete(folder))
            .getMessage()
            .endsWith("got a folder."));
    assertTrue(
        assertThrows(DatasetException.class, () -> ImageHeader.of(folder.resolve("no.png")))
            .getMessage()
            .contains("got nothing at"));
  }

  private static void assertSaid(String said, byte[] bytes) {
    String message =
        assertThrows(DatasetException.class, () -> ImageHeader.of(NAME, bytes)).getMessage();
    assertTrue(message.contains("got " + said), message);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("image"), bytes);
  }

  private static byte[] image(ImageHeader.Kind kind, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, kind.name(), out));
    return out.toByteArray();
  }
}
