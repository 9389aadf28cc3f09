package kerava.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line between two boxes, as an SVG path.
 *
 * @param path what to draw
 * @param right how far to the right it goes
 */
record PlotLine(String path, double right) {
  private static final double BEND = 10;
  private static final double INSET = 22;
  private static final double TRACK = 12;

  /** Finds the ways of lines, so that they run beside boxes and beside each other. */
  static final class Router {
    private final List<PlotBox> boxes;
    private final List<Track> tracks = new ArrayList<>();

    private record Track(double x, double from, double to) {
      boolean near(Track other) {
        return Math.abs(x - other.x) < TRACK - 1 && from < other.to && to > other.from;
      }
    }

    Router(List<PlotBox> boxes) {
      this.boxes = boxes;
    }

    PlotLine line(PlotBox from, PlotBox to) {
      double left = Math.min(from.centre(), to.centre());
      double right = Math.max(from.centre(), to.centre());
      boolean clear =
          boxes.stream()
              .filter(box -> box != from && box != to)
              .filter(box -> box.overlaps(from.bottom(), to.top()))
              .noneMatch(box -> box.left() < right + 1 && box.right() > left - 1);
      return clear ? direct(from, to) : beside(from, to);
    }

    private static PlotLine direct(PlotBox from, PlotBox to) {
      double middle = (from.bottom() + to.top()) / 2;
      boolean straight = Math.abs(from.centre() - to.centre()) < 0.5;
      String path =
          straight
              ? format("M%.1f %.1fV%.1f", from.centre(), from.bottom(), to.top())
              : format(
                  "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f",
                  from.centre(),
                  from.bottom(),
                  from.centre(),
                  middle,
                  to.centre(),
                  middle,
                  to.centre(),
                  to.top());
      return new PlotLine(path, Math.max(from.centre(), to.centre()));
    }

    private PlotLine beside(PlotBox from, PlotBox to) {
      Track track = track(from, to);
      double start = Math.min(Math.max(track.x(), from.left() + INSET), from.right() - INSET);
      double end = Math.min(Math.max(track.x(), to.left() + INSET), to.right() - INSET);
      double down = from.bottom() + BEND;
      double up = to.top() - BEND;
      String path =
          format("M%.1f %.1f", start, from.bottom())
              + format(
                  "C%.1f %.1f %.1f %.1f %.1f %.1f",
                  start, down, track.x(), down - BEND / 2, track.x(), down + BEND)
              + format("V%.1f", up - BEND)
              + format(
                  "C%.1f %.1f %.1f %.1f %.1f %.1f",
                  track.x(), up + BEND / 2, end, up, end, to.top());
      return new PlotLine(path, track.x());
    }

    /** The nearest free way down, to the right of where both boxes begin. */
    private Track track(PlotBox from, PlotBox to) {
      double x = Math.max(from.left(), to.left());
      while (true) {
        Track track = new Track(x, from.bottom(), to.top());
        if (free(track)) {
          tracks.add(track);
          return track;
        }
        x += TRACK / 4;
      }
    }

    private boolean free(Track track) {
      return tracks.stream().noneMatch(track::near)
          && boxes.stream()
              .filter(box -> box.overlaps(track.from() + 1, track.to() - 1))
              .noneMatch(box -> box.left() - TRACK < track.x() && box.right() + TRACK > track.x());
    }
  }

  /** From the end of one column, over the gutter, to the top of the next. */
  static PlotLine over(PlotBox from, double gutter, PlotBox to) {
    String path =
        format("M%.1f %.1f", from.centre(), from.bottom())
            + format("v%.1fH%.1f", BEND, gutter)
            + format("V%.1fH%.1fV%.1f", to.top() - BEND - 6, to.centre(), to.top());
    return new PlotLine(path, gutter);
  }

  private static String format(String text, Object... numbers) {
    return String.format(Locale.ROOT, text, numbers);
  }
}
