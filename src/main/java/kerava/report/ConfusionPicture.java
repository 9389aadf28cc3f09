package kerava.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which classes a model takes for which: a row a class, a column a verdict, the darker the larger
 * the share of the row. Counts are written into the fields as long as these are few.
 */
final class ConfusionPicture {
  private static final int MOST_WITH_NUMBERS = 20;
  private static final Color LIGHT = new Color(0x7fb8de);
  private static final Color DARK = new Color(0x08306b);
  private static final double MARGIN = 16;
  private static final double LONGEST_NAME = 130;
  private static final double TOP = MARGIN + 24;
  private static final double KEY = 48;
  private static final double KEY_WIDTH = 340;

  private final Typeface typeface;
  private final List<String> names;
  private final int[][] counts;
  private final double field;
  private final float letter;

  ConfusionPicture(Typeface typeface, Verdicts verdicts) {
    this.typeface = typeface;
    this.names = verdicts.classNames();
    this.counts = verdicts.confusion();
    int classes = names.size();
    this.field = classes <= 12 ? 48 : classes <= MOST_WITH_NUMBERS ? 36 : classes <= 50 ? 16 : 11;
    this.letter = classes <= MOST_WITH_NUMBERS ? 12 : classes <= 50 ? 11 : 8.5f;
  }

  /** Draws the matrix. */
  byte[] draw() throws IOException {
    double label = labelWidth();
    double left = MARGIN + 20 + label + 8;
    double side = Math.max(field * names.size(), KEY_WIDTH);
    double top = TOP + 20 + label + 8;
    try (Canvas canvas = new Canvas(left + side + MARGIN, top + field * names.size() + KEY)) {
      canvas.pen(typeface.bold(15), Canvas.INK);
      canvas.text("What was taken for what", MARGIN, MARGIN + 12);
      axes(canvas, left, top);
      for (int row = 0; row < counts.length; row++) {
        int total = Math.max(1, IntStream.of(counts[row]).sum());
        for (int column = 0; column < counts.length; column++) {
          Rectangle2D at =
              new Rectangle2D.Double(left + column * field, top + row * field, field, field);
          field(canvas, at, counts[row][column], (double) counts[row][column] / total);
        }
      }
      frame(canvas.graphics(), left, top);
      key(canvas, left, top + field * names.size() + 18);
      return canvas.png();
    }
  }

  private double labelWidth() throws IOException {
    try (Canvas canvas = new Canvas(1, 1)) {
      canvas.pen(typeface.plain(letter), Canvas.INK);
      double widest = names.stream().mapToDouble(canvas::widthOf).max().orElse(0);
      return Math.min(widest, LONGEST_NAME);
    }
  }

  private void axes(Canvas canvas, double left, double top) {
    double middle = field * names.size() / 2;
    canvas.pen(typeface.plain(12), Canvas.FAINT);
    canvas.centred("the model's verdict", left + middle, TOP + 12);
    canvas.upwards("the truth", MARGIN + 6, top + middle + canvas.widthOf("the truth") / 2);
    canvas.pen(typeface.plain(letter), Canvas.INK);
    for (int i = 0; i < names.size(); i++) {
      String name = canvas.fitted(names.get(i), LONGEST_NAME);
      double offset = (i + 0.5) * field;
      canvas.rightAligned(name, left - 8, top + offset + letter * 0.35);
      canvas.upwards(name, left + offset, top - 8);
    }
  }

  private void field(Canvas canvas, Rectangle2D at, int count, double share) {
    canvas.graphics().setColor(shade(share));
    canvas.graphics().fill(at);
    if (names.size() <= MOST_WITH_NUMBERS && count > 0) {
      String number = Integer.toString(count);
      canvas.pen(typeface.plain(12), share > 0.45 ? Color.WHITE : Canvas.INK);
      float size = (float) Math.min(12, 12 * (at.getWidth() - 6) / canvas.widthOf(number));
      canvas.graphics().setFont(typeface.plain(size));
      canvas.centred(number, at.getCenterX(), at.getCenterY() + size * 0.36);
    }
  }

  /** From white over light blue to dark blue; the root lets rare mistakes show. */
  private static Color shade(double share) {
    double depth = Math.sqrt(share);
    return depth < 0.5 ? mix(Color.WHITE, LIGHT, 2 * depth) : mix(LIGHT, DARK, 2 * depth - 1);
  }

  private static Color mix(Color from, Color to, double share) {
    double rest = 1 - share;
    return new Color(
        (int) Math.round(from.getRed() * rest + to.getRed() * share),
        (int) Math.round(from.getGreen() * rest + to.getGreen() * share),
        (int) Math.round(from.getBlue() * rest + to.getBlue() * share));
  }

  private void frame(Graphics2D graphics, double left, double top) {
    double side = field * names.size();
    graphics.setStroke(new BasicStroke(0.5f));
    graphics.setColor(Canvas.GRID);
    for (int i = 1; names.size() <= MOST_WITH_NUMBERS && i < names.size(); i++) {
      graphics.draw(new Rectangle2D.Double(left + i * field, top, 0, side));
      graphics.draw(new Rectangle2D.Double(left, top + i * field, side, 0));
    }
    graphics.setStroke(new BasicStroke(1));
    graphics.setColor(Canvas.FAINT);
    graphics.draw(new Rectangle2D.Double(left, top, side, side));
  }

  /** What the shades mean. */
  private void key(Canvas canvas, double left, double top) {
    canvas.pen(typeface.plain(11), Canvas.FAINT);
    double x = left;
    for (int percent : new int[] {0, 5, 25, 50, 100}) {
      Rectangle2D box = new Rectangle2D.Double(x, top, 14, 14);
      canvas.graphics().setColor(shade(percent / 100.0));
      canvas.graphics().fill(box);
      canvas.graphics().setColor(Canvas.FAINT);
      canvas.graphics().draw(box);
      canvas.text(percent + " %", x + 18, top + 11);
      x += 26 + canvas.widthOf(percent + " %");
    }
    canvas.text("of the class", x - 4, top + 11);
  }
}
