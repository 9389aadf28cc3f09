package kerava.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import kerava.graph.Array;
import kerava.images.ColorMode;
import kerava.images.Preprocessing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Images that were once read wrong; the right pixels are those of TensorFlow's decoder in Python.
 */
final class ReportedImagesTest {
  private static final Path REPORTED = Path.of("src", "test", "resources", "reported");

  @ParameterizedTest
  @CsvSource({
    "grey_alpha/grey100_alpha16.png, 100, 100, 100",
    "grey_alpha/grey100_opaque_alpha.png, 100, 100, 100",
    "grey_alpha/grey100_trns.png, 100, 100, 100",
    "alpha/rgba_200_100_50_alpha0.png, 200, 100, 50",
    "alpha/rgba_200_100_50_alpha128.png, 200, 100, 50",
    "cmyk/cmyk_60_60_60.jpg, 60, 60, 60",
    "cmyk/cmyk_200_100_50.jpg, 200, 100, 50",
    "cmyk/cmyk_with_black.jpg, 200, 78, 39",
    "icc/same_without_profile.jpg, 200, 100, 50",
    "icc/wide_gamut_200_100_50.jpg, 200, 100, 50"
  })
  void haveTheColoursThatKerasSees(String file, int red, int green, int blue) throws IOException {
    Array read = Images.decode(REPORTED.resolve(file), ColorMode.RGB);
    byte[] bytes = read.bytes();
    assertEquals(16 * 16 * 3, bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      assertEquals(new int[] {red, green, blue}[i % 3], bytes[i] & 0xff, file + " at " + i);
    }
  }

  @Test
  void aSideThatStaysIsNotSmoothed() throws IOException {
    float[] rows = resized("resize_one_side/stripes_32x100.png", 32);
    for (int i = 0; i < rows.length; i++) {
      assertEquals(i / (32 * 3) % 2 == 0 ? 255 : 0, rows[i], "at " + i);
    }
  }

  @Test
  void shrinkingTakesPixelsAndNoMeans() throws IOException {
    float[] expected = new float[32 * 32 * 3];
    java.util.Arrays.fill(expected, 255);
    assertArrayEquals(expected, resized("resize_shrink/stripes_128x128.png", 32));
  }

  @Test
  void enlargingStaysBetweenBothSidesOfAnEdge() throws IOException {
    float least = 255;
    float most = 0;
    for (float value : resized("resize_enlarge/edge_16x16.png", 64)) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    assertEquals(0, least);
    assertEquals(200, most);
  }

  private static float[] resized(String file, int side) throws IOException {
    return Images.pixels(REPORTED.resolve(file), Preprocessing.of(side, side)).floats();
  }
}
