package kerava.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Puts a tall picture into columns, cut where only one box has lines to what comes below.
 *
 * @param graph placed in one column
 * @param cuts the boxes behind which a column ends
 */
record PlotFold(PlotGraph graph, List<PlotBox> cuts) {
  /** A picture of up to this height stays whole, in pixels. */
  private static final double TALL = 1200;

  private static final double HEIGHT_TO_WIDTH = 1.3;
  private static final double GUTTER = 64;

  static PlotLayout fold(PlotGraph graph, PlotColumns columns) {
    double height = graph.boxes().stream().mapToDouble(PlotBox::bottom).max().orElse(0);
    double width = graph.boxes().stream().mapToDouble(PlotBox::right).max().orElse(0);
    int count = (int) Math.round(Math.sqrt(height / (width * HEIGHT_TO_WIDTH)));
    int parts = height <= TALL ? 1 : Math.max(1, count);
    return new PlotFold(graph, cuts(graph, height, parts)).layout(columns);
  }

  private static List<PlotBox> cuts(PlotGraph graph, double height, int parts) {
    List<PlotBox> possible = graph.boxes().stream().filter(box -> cuts(graph, box)).toList();
    Set<PlotBox> chosen = new LinkedHashSet<>();
    for (int part = 1; part < parts; part++) {
      double wanted = part * height / parts;
      possible.stream()
          .min(Comparator.comparingDouble(box -> Math.abs(box.bottom() - wanted)))
          .ifPresent(chosen::add);
    }
    return List.copyOf(chosen);
  }

  /** Whether all lines that pass the lower end of a box come from it. */
  private static boolean cuts(PlotGraph graph, PlotBox box) {
    double y = box.bottom();
    return graph.boxes().stream().noneMatch(other -> other != box && other.overlaps(y - 1, y + 1))
        && graph.boxes().stream().anyMatch(other -> other.top() > y)
        && graph.links().stream()
            .filter(link -> link.from().top() < y && link.to().top() > y)
            .allMatch(link -> link.from() == box);
  }

  private int column(PlotBox box) {
    return (int) cuts.stream().filter(cut -> box.top() > cut.bottom()).count();
  }

  private PlotLayout layout(PlotColumns columns) {
    List<Integer> numbers = graph.boxes().stream().map(this::column).toList();
    List<PlotBox> boxes = new ArrayList<>();
    List<PlotLine> lines = new ArrayList<>();
    // Before columns are moved, for it stands above what it feeds as its box did.
    List<PlotBox> ghosts = cuts.stream().map(PlotBox::ghostOf).toList();
    double left = 0;
    for (int column = 0; column <= cuts.size(); column++) {
      int number = column;
      List<PlotBox> members =
          IntStream.range(0, numbers.size())
              .filter(i -> numbers.get(i) == number)
              .mapToObj(graph.boxes()::get)
              .toList();
      Optional<PlotBox> ghost =
          column == 0 ? Optional.empty() : Optional.of(ghosts.get(column - 1));
      double gutter = left - GUTTER / 2;
      Part part = new Part(members, ghost, graph);
      part.move(left);
      ghost.ifPresent(box -> lines.add(PlotLine.over(cuts.get(number - 1), gutter, box)));
      lines.addAll(part.lines());
      boxes.addAll(part.all());
      left = part.right(lines) + GUTTER;
    }
    double height = boxes.stream().mapToDouble(PlotBox::bottom).max().orElse(0);
    double bends = cuts.isEmpty() ? 0 : PlotLayout.GAP;
    return new PlotLayout(boxes, lines, columns, left - GUTTER, height + bends);
  }

  /**
   * One column.
   *
   * @param members the boxes in it
   * @param ghost what it begins with, in place of the box that the column before ended with
   * @param graph the whole
   */
  private record Part(List<PlotBox> members, Optional<PlotBox> ghost, PlotGraph graph) {
    List<PlotBox> all() {
      List<PlotBox> all = new ArrayList<>(ghost.stream().toList());
      all.addAll(members);
      return all;
    }

    void move(double left) {
      double top = members.stream().mapToDouble(PlotBox::top).min().orElse(0);
      double start = ghost.map(box -> PlotLayout.GAP + box.height() + PlotLayout.GAP).orElse(0.0);
      double shift = ghost.isPresent() ? left - leftmost() : left;
      for (PlotBox box : members) {
        box.place(box.left() + shift, box.top() - top + start);
      }
      ghost.ifPresent(box -> box.place(box.left() + shift, PlotLayout.GAP));
    }

    private double leftmost() {
      return all().stream().mapToDouble(PlotBox::left).min().orElse(0);
    }

    List<PlotLine> lines() {
      PlotLine.Router router = new PlotLine.Router(all());
      Set<PlotBox> here = Set.copyOf(members);
      List<PlotLine> lines = new ArrayList<>();
      for (PlotGraph.Link link : graph.links()) {
        if (here.contains(link.to())) {
          PlotBox from = here.contains(link.from()) ? link.from() : ghost.orElseThrow();
          lines.add(router.line(from, link.to()));
        }
      }
      return lines;
    }

    double right(List<PlotLine> lines) {
      double boxes = all().stream().mapToDouble(PlotBox::right).max().orElse(0);
      double ways = lines.stream().mapToDouble(PlotLine::right).max().orElse(0);
      return Math.max(boxes, ways);
    }
  }
}
