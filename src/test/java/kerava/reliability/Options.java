package kerava.reliability;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an instrument is asked for.
 *
 * @param minutes when to stop at the latest
 * @param seed repeats a run
 * @param count how many cases, at most
 * @param only part of the names of the kinds to run; empty for all
 * @param out where the figures go as JSON
 * @param corpus a folder of inputs that is read and grown
 * @param kept a folder for what repeats a loss
 * @param replay one kept input to try again
 */
record Options(
    double minutes,
    long seed,
    int count,
    String only,
    Optional<Path> out,
    Optional<Path> corpus,
    Path kept,
    Optional<Path> replay) {
  private static final List<String> NAMES =
      List.of("minutes", "seed", "count", "only", "out", "corpus", "kept", "replay");

  /** Reads {@code --minutes 5 --seed 1 ...}. */
  static Options parse(String tool, String[] args, double minutes, int count) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      String name = args[i].replaceFirst("^--", "");
      if (name.equals(args[i]) || !NAMES.contains(name) || i + 1 >= args.length) {
        throw new IllegalArgumentException(
            tool
                + ": expected options of --"
                + String.join(", --", NAMES)
                + ", each with a value,"
                + " got "
                + Arrays.toString(args)
                + ".");
      }
      values.put(name, args[i + 1]);
    }
    return new Options(
        Double.parseDouble(values.getOrDefault("minutes", String.valueOf(minutes))),
        Long.parseLong(values.getOrDefault("seed", "1")),
        Integer.parseInt(values.getOrDefault("count", String.valueOf(count))),
        values.getOrDefault("only", ""),
        Optional.ofNullable(values.get("out")).map(Path::of),
        Optional.ofNullable(values.get("corpus")).map(Path::of),
        Path.of(values.getOrDefault("kept", "target/reliability/" + tool + "-losses")),
        Optional.ofNullable(values.get("replay")).map(Path::of));
  }

  /** Whether a kind is to be run. */
  boolean wants(String kind) {
    return Arrays.stream(only.split(",")).anyMatch(kind::contains);
  }
}
