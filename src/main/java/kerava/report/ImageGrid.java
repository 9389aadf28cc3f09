package kerava.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A picture of captioned images, five in a row. */
final class ImageGrid {
  /**
   * One image of the grid.
   *
   * @param image what to show
   * @param caption the line below it
   * @param correction the second line below it; empty if there is nothing to say
   * @param right whether the model was right; empty if it predicted nothing
   */
  record Tile(BufferedImage image, String caption, String correction, Optional<Boolean> right) {}

  private static final int COLUMNS = 5;
  private static final double MARGIN = 16;
  private static final double GAP = 14;
  private static final double LINE = 16;
  private static final double LEAST_WIDTH = 112;

  /** How large images are shown, about, in pixels of the picture. */
  private static final int SIDE = 192;

  private final Typeface typeface;

  ImageGrid(Typeface typeface) {
    this.typeface = typeface;
  }

  /** Draws images of one size. */
  byte[] draw(String title, List<Tile> tiles) throws IOException {
    int side = Math.max(tiles.get(0).image().getWidth(), tiles.get(0).image().getHeight());
    double scale = scale(side);
    double cell = Math.max(side * scale, LEAST_WIDTH);
    int lines = tiles.stream().allMatch(tile -> tile.correction().isEmpty()) ? 1 : 2;
    double height = tiles.get(0).image().getHeight() * scale + 6 + lines * LINE;
    int columns = Math.min(COLUMNS, tiles.size());
    int rows = (tiles.size() + COLUMNS - 1) / COLUMNS;
    double width = Math.max(2 * MARGIN + columns * (cell + GAP) - GAP, 320);
    double top = MARGIN + 28;
    try (Canvas canvas = new Canvas(width, top + rows * (height + GAP) - GAP + MARGIN)) {
      canvas.pen(typeface.bold(15), Canvas.INK);
      canvas.text(canvas.fitted(title, width - 2 * MARGIN), MARGIN, MARGIN + 12);
      for (int i = 0; i < tiles.size(); i++) {
        double x = MARGIN + (i % COLUMNS) * (cell + GAP);
        double y = top + Math.floorDiv(i, COLUMNS) * (height + GAP);
        draw(canvas, tiles.get(i), new Rectangle2D.Double(x, y, cell, side * scale));
      }
      return canvas.png();
    }
  }

  /** Units a pixel: small images grow by whole numbers and stay sharp, large ones shrink. */
  private static double scale(int side) {
    double pixels = side > SIDE * 1.5 ? (double) SIDE / side : Math.round((double) SIDE / side);
    return Math.max(pixels, side > SIDE * 1.5 ? 0 : 1) / Canvas.SCALE;
  }

  private void draw(Canvas canvas, Tile tile, Rectangle2D cell) {
    BufferedImage image = tile.image();
    double scale = cell.getHeight() / Math.max(image.getWidth(), image.getHeight());
    // A whole number of the picture's pixels, or nearest neighbour would skip some.
    double left = Math.floor(cell.getCenterX() - image.getWidth() * scale / 2);
    Rectangle2D box =
        new Rectangle2D.Double(
            left, cell.getY(), image.getWidth() * scale, image.getHeight() * scale);
    place(canvas.graphics(), image, box);
    tile.right().ifPresent(right -> mark(canvas.graphics(), box, right));
    double base = box.getMaxY() + 6 + LINE * 0.75;
    canvas.pen(typeface.plain(12), Canvas.INK);
    canvas.centred(canvas.fitted(tile.caption(), cell.getWidth()), cell.getCenterX(), base);
    canvas.pen(typeface.bold(12), Canvas.VERMILION);
    canvas.centred(
        canvas.fitted(tile.correction(), cell.getWidth()), cell.getCenterX(), base + LINE);
  }

  private static void place(Graphics2D graphics, BufferedImage image, Rectangle2D box) {
    double scale = box.getWidth() / image.getWidth();
    boolean shrinks = scale * Canvas.SCALE < 1;
    BufferedImage source = shrinks ? halved(image, box.getWidth() * Canvas.SCALE) : image;
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        shrinks
            ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
            : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    AffineTransform to = AffineTransform.getTranslateInstance(box.getX(), box.getY());
    to.scale(box.getWidth() / source.getWidth(), box.getHeight() / source.getHeight());
    graphics.drawImage(source, to, null);
  }

  /** Halves a large image until one bilinear step is enough, which alone would skip pixels. */
  private static BufferedImage halved(BufferedImage image, double width) {
    BufferedImage source = image;
    while (source.getWidth() >= 2 * width && source.getHeight() >= 2) {
      BufferedImage half =
          new BufferedImage(
              source.getWidth() / 2, source.getHeight() / 2, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = half.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(source, 0, 0, half.getWidth(), half.getHeight(), null);
      graphics.dispose();
      source = half;
    }
    return source;
  }

  /** A thin frame and a tick, or a thick dashed frame and a cross: told apart without colour. */
  private static void mark(Graphics2D graphics, Rectangle2D box, boolean right) {
    Color color = right ? Canvas.BLUE : Canvas.VERMILION;
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(3));
    graphics.draw(box);
    graphics.setColor(color);
    graphics.setStroke(right ? new BasicStroke(1.5f) : dashes());
    graphics.draw(box);
    double radius = 9;
    double x = box.getMaxX() - radius - 3;
    double y = box.getY() + radius + 3;
    Ellipse2D disc = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    graphics.fill(disc);
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(1.5f));
    graphics.draw(disc);
    graphics.setStroke(new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(right ? tick(x, y) : cross(x, y));
  }

  private static BasicStroke dashes() {
    return new BasicStroke(
        3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {7, 4}, 0);
  }

  private static Path2D tick(double x, double y) {
    Path2D path = new Path2D.Double();
    path.moveTo(x - 4, y + 0.5);
    path.lineTo(x - 1, y + 3.5);
    path.lineTo(x + 4.2, y - 3.2);
    return path;
  }

  private static Path2D cross(double x, double y) {
    Path2D path = new Path2D.Double();
    path.moveTo(x - 3.5, y - 3.5);
    path.lineTo(x + 3.5, y + 3.5);
    path.moveTo(x + 3.5, y - 3.5);
    path.lineTo(x - 3.5, y + 3.5);
    return path;
  }
}
