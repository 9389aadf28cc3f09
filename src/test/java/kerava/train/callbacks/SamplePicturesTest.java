package kerava.train.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import kerava.data.Dataset;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;

/** Samples of a data set become PNG files of the same colours. */
final class SamplePicturesTest {
  private static Dataset of(Array inputs) {
    return Dataset.of(inputs, Array.of(new int[] {0, 1}, 2));
  }

  /** A brightness of its own for each number of some samples. */
  private static int level(int index) {
    return (index * 7) & 0xff;
  }

  private static int[] colours(byte[] file) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
    assertEquals(3, picture.getWidth());
    assertEquals(2, picture.getHeight());
    int[] colours = new int[6];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = picture.getRGB(i % 3, i / 3) & 0xffffff;
    }
    return colours;
  }

  @Test
  void bytesOfThreeChannelsAreRedGreenAndBlue() throws IOException {
    byte[] bytes = new byte[2 * 2 * 3 * 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) level(i);
    }
    SamplePictures pictures = new SamplePictures(of(Array.of(bytes, 2, 2, 3, 3)), 2);
    assertEquals(3, pictures.width());
    assertEquals(2, pictures.height());
    List<byte[]> files = pictures.files();
    assertEquals(2, files.size());
    for (int sample = 0; sample < 2; sample++) {
      int[] colours = colours(files.get(sample));
      for (int pixel = 0; pixel < 6; pixel++) {
        int at = (sample * 6 + pixel) * 3;
        int expected = (level(at) << 16) | (level(at + 1) << 8) | level(at + 2);
        assertEquals(expected, colours[pixel], "sample " + sample + " pixel " + pixel);
      }
    }
  }

  @Test
  void floatsOfOneChannelAreGreysFrom0To1AndCutOff() throws IOException {
    float[] greys = {0, 0.5f, 1, -1, 2, 0.25f, 0, 0, 0, 0, 0, 0};
    List<byte[]> files = new SamplePictures(of(Array.of(greys, 2, 2, 3, 1)), 1).files();
    assertEquals(1, files.size());
    int[] expected = {0, 128, 255, 0, 255, 64};
    int[] colours = colours(files.get(0));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] * 0x010101, colours[i], "pixel " + i);
    }
  }

  @Test
  void refusesWhatIsNoPicture() {
    Dataset rows = of(Array.of(new float[4], 2, 2));
    Dataset two = of(Array.of(new float[2 * 2 * 3 * 2], 2, 2, 3, 2));
    Dataset grey = of(Array.of(new float[2 * 2 * 3], 2, 2, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> new SamplePictures(rows, 1));
    assertThrows(IllegalArgumentException.class, () -> new SamplePictures(two, 1));
    assertEquals(
        "TensorBoard images: expected at least 1 image of shape (height, width, 1 or 3), got 0 of"
            + " [2, 3, 1].",
        assertThrows(IllegalArgumentException.class, () -> new SamplePictures(grey, 0))
            .getMessage());
  }
}
