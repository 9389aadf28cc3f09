package kerava.cli.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Where the trainings of one name lie: an archive, a report and a SavedModel each, which share a
 * number. A name without a number is the newest.
 *
 * @param out the folder of all
 * @param name {@code cifar10_cnn}
 */
public record RunFiles(Path out, String name) {
  private static final String CLAIM = ".run-";

  /** The newest archive. */
  public Path archive() {
    return out.resolve(name + ".keras");
  }

  /** The archive of one training. */
  public Path archive(long number) {
    return out.resolve(name + "-" + number + ".keras");
  }

  /** The newest report. */
  public Path report() {
    return out.resolve(name + ".report");
  }

  /** The report of one training. */
  public Path report(long number) {
    return out.resolve(name + "-" + number + ".report");
  }

  /** The folder of all SavedModels, whose highest number is the newest. */
  public Path savedModels() {
    return out.resolve(name);
  }

  /** The SavedModel of one training. */
  public Path savedModel(long number) {
    return savedModels().resolve(String.valueOf(number));
  }

  /** A file that a number is claimed with while it is written. */
  public Path claim(long number) {
    return savedModels().resolve(CLAIM + number);
  }

  /** Whether anything was written under a number. */
  public boolean taken(long number) {
    return Files.exists(archive(number))
        || Files.exists(report(number))
        || Files.exists(savedModel(number));
  }

  /** The highest number in use; 0 if there is none. */
  public long highest() throws IOException {
    return Math.max(
        numbers(out, Pattern.quote(name) + "-(\\d{1,17})\\.(?:keras|report)").max().orElse(0),
        numbers(savedModels(), "(?:" + Pattern.quote(CLAIM) + ")?(\\d{1,17})").max().orElse(0));
  }

  /** The newest SavedModel's number. */
  public OptionalLong highestSavedModel() throws IOException {
    return numbers(savedModels(), "(\\d{1,17})").max();
  }

  /** The numbers of all archives. */
  public LongStream archives() throws IOException {
    return numbers(out, Pattern.quote(name) + "-(\\d{1,17})\\.keras");
  }

  /** The numbers of all reports. */
  public LongStream reports() throws IOException {
    return numbers(out, Pattern.quote(name) + "-(\\d{1,17})\\.report");
  }

  /** The numbers that are claimed, by processes that live or do not. */
  public LongStream claims() throws IOException {
    return numbers(savedModels(), Pattern.quote(CLAIM) + "(\\d{1,17})");
  }

  private static LongStream numbers(Path folder, String pattern) throws IOException {
    if (!Files.isDirectory(folder)) {
      return LongStream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      long[] found =
          files
              .map(file -> Pattern.compile(pattern).matcher(String.valueOf(file.getFileName())))
              .filter(Matcher::matches)
              .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
              .toArray();
      return LongStream.of(found);
    }
  }
}
