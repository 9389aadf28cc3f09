package kerava.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ways to do the same work, measured in turn in one process: each round gives every way one turn
 * and compares it with the first way's turn of the same round, so that all meet the machine in the
 * same minute.
 */
final class Turns {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final int steps;
  private final Map<String, Runnable> ways = new LinkedHashMap<>();
  private final Map<String, List<Turn>> turns = new LinkedHashMap<>();

  private record Turn(double milliseconds, double processor) {}

  /**
   * No ways yet.
   *
   * @param steps of one turn
   */
  Turns(int steps) {
    this.steps = steps;
  }

  /** Adds a way to do the work; the first one is what the others are compared with. */
  void add(String name, Runnable turn) {
    ways.put(name, turn);
    turns.put(name, new ArrayList<>());
  }

  /** Measures all ways, each round beginning with another one, after one turn to warm up. */
  void measure(int rounds) {
    ways.values().forEach(Runnable::run);
    List<String> order = new ArrayList<>(ways.keySet());
    for (int round = 0; round < rounds; round++) {
      order.forEach(name -> turns.get(name).add(turn(ways.get(name))));
      Collections.rotate(order, 1);
    }
  }

  private Turn turn(Runnable way) {
    long processor = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    way.run();
    return new Turn(
        (System.nanoTime() - start) / 1e6 / steps,
        (PROCESS.getProcessCpuTime() - processor) / 1e6 / steps);
  }

  /** A table as Markdown: medians, in brackets the least and the most. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            """
            | | ms a step | ratio | least to least | processor, ms a step | ratio |
            | --- | ---: | ---: | ---: | ---: | ---: |
            """);
    List<Turn> first = turns.values().iterator().next();
    turns.forEach(
        (name, all) -> {
          List<Double> time = all.stream().map(Turn::milliseconds).toList();
          List<Double> base = first.stream().map(Turn::milliseconds).toList();
          List<Double> processor = all.stream().map(Turn::processor).toList();
          table.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %s | %s | %.2f | %s | %s |%n",
                  name,
                  spread("%.2f", time),
                  spread("%.2f", ratios(time, base)),
                  Collections.min(time) / Collections.min(base),
                  spread("%.2f", processor),
                  spread("%.2f", ratios(processor, first.stream().map(Turn::processor).toList()))));
        });
    return table.toString();
  }

  private static List<Double> ratios(List<Double> some, List<Double> base) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      ratios.add(some.get(i) / base.get(i));
    }
    return ratios;
  }

  private static String spread(String format, List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return String.format(
        Locale.ROOT,
        format + " (" + format + "–" + format + ")",
        median,
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }
}
