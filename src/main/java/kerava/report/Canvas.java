package kerava.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * A white sheet to draw on, with twice as many pixels in each direction as its size says, so that
 * it is crisp on screens of high resolution.
 */
final class Canvas implements AutoCloseable {
  /** Pixels of the picture for each unit of its size. */
  static final int SCALE = 2;

  static final Color INK = new Color(0x1f2933);
  static final Color FAINT = new Color(0x616e7c);
  static final Color GRID = new Color(0xd9dee4);

  /** Blue and vermilion of Okabe and Ito's palette, which colour-blind people tell apart. */
  static final Color BLUE = new Color(0x0072b2);

  static final Color VERMILION = new Color(0xc44e00);

  private final BufferedImage image;
  private final Graphics2D graphics;

  Canvas(double width, double height) {
    image =
        new BufferedImage(
            (int) Math.ceil(width * SCALE),
            (int) Math.ceil(height * SCALE),
            BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
  }

  Graphics2D graphics() {
    return graphics;
  }

  /** How the next text looks. */
  void pen(Font font, Color color) {
    graphics.setFont(font);
    graphics.setColor(color);
  }

  /** Draws text that begins at a point of its base line. */
  void text(String text, double x, double y) {
    Font font = graphics.getFont();
    graphics.setFont(Typeface.able(font, text));
    graphics.drawString(text, (float) x, (float) y);
    graphics.setFont(font);
  }

  /** Draws text with the middle of its base line at a point. */
  void centred(String text, double x, double y) {
    text(text, x - widthOf(text) / 2, y);
  }

  /** Draws text that ends at a point of its base line. */
  void rightAligned(String text, double x, double y) {
    text(text, x - widthOf(text), y);
  }

  /** Draws text that reads upwards and begins at a point, which is the middle of its height. */
  void upwards(String text, double x, double y) {
    graphics.translate(x, y);
    graphics.rotate(-Math.PI / 2);
    text(text, 0, graphics.getFont().getSize2D() * 0.35);
    graphics.rotate(Math.PI / 2);
    graphics.translate(-x, -y);
  }

  /** How wide a text would be with the pen at hand. */
  double widthOf(String text) {
    FontMetrics metrics = graphics.getFontMetrics(Typeface.able(graphics.getFont(), text));
    return metrics.getStringBounds(text, graphics).getWidth();
  }

  /** The text, or as much of its beginning as fits into a width, with an ellipsis. */
  String fitted(String text, double width) {
    if (widthOf(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 1 && widthOf(text.substring(0, end) + "…") > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }

  /** The picture as a PNG file. */
  byte[] png() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "png", file);
    return file.toByteArray();
  }

  @Override
  public void close() {
    graphics.dispose();
  }
}
