package kerava.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where everything stands: boxes in lanes, each below all that feed it, its main input straight
 * above it.
 *
 * @param boxes placed
 * @param lines between them
 * @param columns the widths of the parts of each row
 * @param width of it all
 * @param height of it all
 */
record PlotLayout(
    List<PlotBox> boxes, List<PlotLine> lines, PlotColumns columns, double width, double height) {
  static final double GAP = 24;
  static final double LANE_GAP = 44;

  static PlotLayout of(PlotGraph graph) {
    PlotColumns columns = PlotColumns.of(graph.boxes());
    graph.boxes().forEach(box -> box.width(columns.width()));
    place(graph);
    return PlotFold.fold(graph, columns);
  }

  private static void place(PlotGraph graph) {
    List<PlotBox> placed = new ArrayList<>();
    for (PlotBox box : graph.boxes()) {
      List<PlotBox> parents = graph.parents(box);
      double top = parents.stream().mapToDouble(PlotBox::bottom).max().orElse(-GAP) + GAP;
      box.place(0, top);
      box.lane(lane(box, parents, placed));
      placed.add(box);
    }
    double left = 0;
    Set<Integer> lanes = new LinkedHashSet<>();
    placed.stream().map(PlotBox::lane).sorted().forEach(lanes::add);
    for (int lane : lanes) {
      List<PlotBox> members = placed.stream().filter(box -> box.lane() == lane).toList();
      double width = members.stream().mapToDouble(PlotBox::width).max().orElse(0);
      for (PlotBox box : members) {
        box.place(left + (width - box.width()) / 2, box.top());
      }
      left += width + LANE_GAP;
    }
  }

  /** Below the first of those that feed it whose place below is free, else beside them. */
  private static int lane(PlotBox box, List<PlotBox> parents, List<PlotBox> placed) {
    double to = box.bottom() + GAP;
    for (PlotBox parent : parents) {
      if (!taken(parent.lane(), parent.bottom() + 1, to, placed) && parent.takeOver()) {
        return parent.lane();
      }
    }
    int lane = parents.stream().mapToInt(parent -> parent.lane() + 1).max().orElse(0);
    double from = parents.stream().mapToDouble(PlotBox::bottom).min().orElse(box.top() - 1) + 1;
    while (taken(lane, from, to, placed)) {
      lane++;
    }
    return lane;
  }

  private static boolean taken(int lane, double from, double to, List<PlotBox> placed) {
    return placed.stream().anyMatch(box -> box.lane() == lane && box.overlaps(from, to));
  }
}
