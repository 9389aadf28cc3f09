package kerava.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Layers that follow each other, or a model within the model; where it stands is found out while
 * the picture is laid out.
 */
final class PlotBox {
  static final double ROW = 22;
  private static final double FRAME = 14;

  private final List<PlotRow> rows = new ArrayList<>();
  private final Optional<PlotLayout> inner;
  private double width;
  private double x;
  private double y;
  private int lane;
  private boolean continued;
  private boolean ghost;

  PlotBox(PlotRow first, Optional<PlotLayout> inner) {
    rows.add(first);
    this.inner = inner;
  }

  /** A reminder, on top of a column, of a box below the one before. */
  static PlotBox ghostOf(PlotBox box) {
    PlotBox ghost = new PlotBox(box.rows.get(box.rows.size() - 1), Optional.empty());
    ghost.ghost = true;
    ghost.width = box.width;
    ghost.x = box.x;
    ghost.lane = box.lane;
    return ghost;
  }

  List<PlotRow> rows() {
    return rows;
  }

  Optional<PlotLayout> inner() {
    return inner;
  }

  boolean ghost() {
    return ghost;
  }

  void add(PlotRow row) {
    rows.add(row);
  }

  /** Makes it wide enough for its rows, and for what it frames. */
  void width(double ofRows) {
    width = Math.max(ofRows, inner.map(layout -> layout.width() + 2 * FRAME).orElse(0.0));
  }

  double width() {
    return width;
  }

  double height() {
    return ROW * rows.size() + inner.map(layout -> layout.height() + 2 * FRAME).orElse(0.0);
  }

  /** Where the picture of what it frames begins. */
  double innerX() {
    return x + (width - inner.map(PlotLayout::width).orElse(0.0)) / 2;
  }

  double innerY() {
    return y + ROW * rows.size() + FRAME;
  }

  void place(double left, double top) {
    x = left;
    y = top;
  }

  void lane(int number) {
    lane = number;
  }

  int lane() {
    return lane;
  }

  /** Takes the place straight below, if nobody has it yet. */
  boolean takeOver() {
    boolean first = !continued;
    continued = true;
    return first;
  }

  double left() {
    return x;
  }

  double right() {
    return x + width;
  }

  double centre() {
    return x + width / 2;
  }

  double top() {
    return y;
  }

  double bottom() {
    return y + height();
  }

  boolean overlaps(double from, double to) {
    return top() < to && bottom() > from;
  }
}
