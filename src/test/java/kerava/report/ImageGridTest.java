package kerava.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.report.ImageGrid.Tile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageGridTest {
  /** Where the first image of 32 by 32 pixels begins: the cell is 112 wide, the image 96. */
  private static final int LEFT = (16 + 8) * Canvas.SCALE;

  private static final int TOP = 44 * Canvas.SCALE;
  private static final int SIDE = 192;

  @Test
  void growsPixelsToSharpSquares() throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 32 * 32; i++) {
      image.setRGB(i % 32, i / 32, (i * 2654435) & 0xffffff);
    }
    BufferedImage grid = grid(new Tile(image, "", "", Optional.empty()));
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        assertEquals(image.getRGB(x / 6, y / 6), grid.getRGB(LEFT + x, TOP + y), x + " and " + y);
      }
    }
  }

  @Test
  void tellsRightFromWrongWithoutColour() throws IOException {
    BufferedImage plain = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    BufferedImage right = grid(new Tile(plain, "", "", Optional.of(true)));
    BufferedImage wrong = grid(new Tile(plain, "", "", Optional.of(false)));
    assertEquals(1, runs(right), "a frame without gaps");
    assertTrue(runs(wrong) > 8, runs(wrong) + " dashes");
    assertTrue(isWhite(wrong, 3, 3) && !isWhite(right, 3, 3), "a cross has four ends");
    assertTrue(isWhite(right, -1, 3) && !isWhite(wrong, -1, 3), "a tick has its corner below");
    assertTrue(isWhite(wrong, -3, -3) && !isWhite(right, -3, -3), "a cross has four ends");
  }

  @Test
  void marksNothingThatWasNotChecked() throws IOException {
    BufferedImage black = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    BufferedImage grid = grid(new Tile(black, "", "", Optional.empty()));
    assertEquals(0, runs(grid));
    assertTrue(!isWhite(grid, 0, 0));
  }

  @Test
  void writesCaptionAndCorrection() throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    BufferedImage none = grid(new Tile(image, "", "", Optional.empty()));
    BufferedImage one = grid(new Tile(image, "cat", "", Optional.empty()));
    BufferedImage two = grid(new Tile(image, "cat", "is: dog", Optional.empty()));
    assertEquals(0, ink(none));
    assertTrue(ink(one) > 100, ink(one) + " dark pixels");
    assertTrue(two.getHeight() > one.getHeight());
    assertTrue(ink(two) > ink(one) + 100);
  }

  @Test
  void shortensLongCaptions() throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    String name = "a very long name of a class that would run into its neighbours";
    List<Tile> tiles = Collections.nCopies(2, new Tile(image, name, "", Optional.empty()));
    BufferedImage grid = Example.image(new ImageGrid(Typeface.load()).draw("", tiles));
    int gap = (16 + 112 + 7) * Canvas.SCALE;
    for (int y = TOP; y < grid.getHeight(); y++) {
      assertEquals(0xffffffff, grid.getRGB(gap, y));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 32, 32", "25, 32, 32", "7, 28, 28", "5, 96, 160", "3, 500, 300", "2, 1, 1"})
  void keepsAnySizeWithinBounds(int count, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    List<Tile> tiles =
        IntStream.range(0, count)
            .mapToObj(i -> new Tile(image, "name " + i, "", Optional.of(i % 2 == 0)))
            .toList();
    BufferedImage grid = Example.image(new ImageGrid(Typeface.load()).draw("Title", tiles));
    assertTrue(grid.getWidth() >= 600 && grid.getWidth() <= 1800, grid.getWidth() + " wide");
    int rows = (count + 4) / 5;
    assertTrue(
        grid.getHeight() > rows * 100 && grid.getHeight() < 200 + rows * 400,
        grid.getHeight() + " high");
  }

  private static BufferedImage grid(Tile tile) throws IOException {
    return Example.image(new ImageGrid(Typeface.load()).draw("", List.of(tile)));
  }

  /** How many pieces the upper line of the first frame has, whatever its colour. */
  private static int runs(BufferedImage grid) {
    int runs = 0;
    boolean before = false;
    // Just outside of the image, where there is nothing but white paper or the frame.
    for (int x = LEFT - 8; x < LEFT + SIDE + 8; x++) {
      boolean dark = brightness(grid.getRGB(x, TOP - 1)) < 200;
      runs += dark && !before ? 1 : 0;
      before = dark;
    }
    return runs;
  }

  /** Whether there is white at a distance from the middle of the first image's mark. */
  private static boolean isWhite(BufferedImage grid, int dx, int dy) {
    int x = LEFT + SIDE + (dx - 12) * Canvas.SCALE;
    int y = TOP + (dy + 12) * Canvas.SCALE;
    return brightness(grid.getRGB(x, y)) > 200;
  }

  /** How many dark pixels there are below the first image. */
  private static int ink(BufferedImage grid) {
    int ink = 0;
    for (int y = TOP + SIDE + 4; y < grid.getHeight(); y++) {
      for (int x = 0; x < grid.getWidth(); x++) {
        ink += brightness(grid.getRGB(x, y)) < 160 ? 1 : 0;
      }
    }
    return ink;
  }

  private static int brightness(int colour) {
    return ((colour >> 16 & 0xff) * 3 + (colour >> 8 & 0xff) * 6 + (colour & 0xff)) / 10;
  }
}
