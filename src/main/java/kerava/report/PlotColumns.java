package kerava.report;

import java.util.List;
import java.util.function.Function;

/**
 * How wide the parts of a row are, for the longest of all rows.
 *
 * @param name of the layer's name
 * @param className of its class
 * @param shape of its output's shape
 * @param parameters of the number of its parameters
 */
record PlotColumns(double name, double className, double shape, double parameters) {
  static final double PAD = 12;

  /** Of a letter, for a size of 12; wide fonts stay below. */
  private static final double LETTER = 7.3;

  private static final double BOLD = 7.9;
  private static final int LONGEST = 48;

  static PlotColumns of(List<PlotBox> boxes) {
    return new PlotColumns(
        widest(boxes, PlotRow::name) * BOLD,
        widest(boxes, PlotRow::className) * LETTER,
        widest(boxes, PlotRow::shape) * LETTER,
        widest(boxes, PlotRow::parameters) * LETTER);
  }

  private static int widest(List<PlotBox> boxes, Function<PlotRow, String> part) {
    return boxes.stream()
        .flatMap(box -> box.rows().stream())
        .mapToInt(row -> Math.min(LONGEST, part.apply(row).length()))
        .max()
        .orElse(0);
  }

  /** A text that is not too long for its place. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  double width() {
    return shapeEnd() + (parameters == 0 ? 0 : parameters + PAD) + PAD;
  }

  double classStart() {
    return PAD + name + PAD;
  }

  double shapeEnd() {
    return classStart() + className + PAD + shape;
  }

  double parametersEnd() {
    return width() - PAD;
  }
}
