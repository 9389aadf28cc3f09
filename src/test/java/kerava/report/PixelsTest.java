package kerava.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import kerava.data.Dataset;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

final class PixelsTest {
  @Test
  void showsBytesAsTheyAre() {
    byte[] bytes = {0, 1, 2, (byte) 255, (byte) 128, 0};
    BufferedImage image = first(Array.of(bytes, 1, 1, 2, 3));
    assertEquals(2, image.getWidth());
    assertEquals(1, image.getHeight());
    assertArrayEquals(new int[] {0xff000102, 0xffff8000}, colours(image));
  }

  @Test
  void showsOneChannelAsGrey() {
    byte[] bytes = {7, (byte) 200};
    int[] grey = {0xff070707, 0xffc8c8c8};
    assertArrayEquals(grey, colours(first(Array.of(bytes, 1, 1, 2, 1))));
    assertArrayEquals(grey, colours(first(Array.of(bytes, 1, 1, 2))));
  }

  @Test
  void leavesOpacityOut() {
    assertArrayEquals(
        new int[] {0xff010203}, colours(first(Array.of(new byte[] {1, 2, 3, 4}, 1, 1, 1, 4))));
  }

  @Test
  void showsFractionsFromBlackToWhite() {
    float[] values = {0, 0.5f, 1};
    assertArrayEquals(new int[] {0xff0080ff}, colours(first(Array.of(values, 1, 1, 1, 3))));
  }

  @Test
  void fitsOtherNumbersBetweenBlackAndWhite() {
    float[] signed = {-1, 0, 1};
    assertArrayEquals(new int[] {0xff0080ff}, colours(first(Array.of(signed, 1, 1, 1, 3))));
    float[] large = {0, 128, 255};
    assertArrayEquals(new int[] {0xff0080ff}, colours(first(Array.of(large, 1, 1, 1, 3))));
  }

  @Test
  void readsTheSamplesAskedFor() {
    Dataset samples =
        Dataset.of(Array.of(new byte[] {1, 2, 3}, 3, 1, 1, 1), Array.of(new int[3], 3));
    assertArrayEquals(
        new int[] {0xff030303}, colours(Pixels.read(samples, new int[] {0, 2}).get(1)));
  }

  @Test
  void knowsWhatCanBeLookedAt() {
    assertTrue(Pixels.areImages(Shape.of(28, 28)));
    assertTrue(Pixels.areImages(Shape.of(32, 32, 3)));
    assertFalse(Pixels.areImages(Shape.of(784)));
    assertFalse(Pixels.areImages(Shape.of(32, 32, 2)));
  }

  private static BufferedImage first(Array inputs) {
    Dataset samples = Dataset.of(inputs, Array.of(new int[1], 1));
    return Pixels.read(samples, new int[] {0}).get(0);
  }

  private static int[] colours(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
