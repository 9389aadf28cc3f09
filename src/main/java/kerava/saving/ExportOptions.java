package kerava.saving;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kerava.config.Listed;
import kerava.files.NameList;
import kerava.graph.Array;
import kerava.saving.export.ExportSettings;

/**
 * What an exported model carries beside its computation.
 *
 * @param classNames the names of the classes, in the order of the model's output; empty if they
 *     have none, then {@code "0"}, {@code "1"}... stand for them
 * @param topK how many classes the classifying signatures give, best first; 5 by default, or as
 *     many as there are
 * @param samples what a server runs once when it loads the model: one array an input, each of shape
 *     (samples, ...); empty for a sample of zeros
 * @param version the number of the version folder; the next free one by default
 */
public record ExportOptions(
    List<String> classNames, OptionalInt topK, List<Array> samples, OptionalLong version) {
  private static final int BEST = 5;

  /** Checks the options. */
  public ExportOptions {
    classNames = List.copyOf(classNames);
    samples = List.copyOf(samples);
    require(topK.orElse(1) >= 1, "topK: expected at least 1", topK);
    require(version.orElse(1) >= 0, "version: expected a number of at least 0", version);
    for (String name : classNames) {
      require(
          NameList.fits(name), "classNames: expected each on one line", Listed.of(List.of(name)));
    }
  }

  private static void require(boolean holds, String expected, Object got) {
    if (!holds) {
      throw new IllegalArgumentException("ExportOptions " + expected + ", got " + got + ".");
    }
  }

  /** No class names, the best 5 classes, the next free version. */
  public static ExportOptions defaults() {
    return new ExportOptions(List.of(), OptionalInt.empty(), List.of(), OptionalLong.empty());
  }

  /** The same options with names for the classes, each of one line. */
  public ExportOptions classNames(List<String> names) {
    return new ExportOptions(names, topK, samples, version);
  }

  /**
   * The same options with another number of classes in an answer.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public ExportOptions topK(int classes) {
    return new ExportOptions(classNames, OptionalInt.of(classes), samples, version);
  }

  /** The same options with warm-up samples, as the model takes them or as bytes of pixels. */
  public ExportOptions samples(Array... inputs) {
    return new ExportOptions(classNames, topK, List.of(inputs), version);
  }

  /**
   * The same options with a version number.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public ExportOptions version(long number) {
    return new ExportOptions(classNames, topK, samples, OptionalLong.of(number));
  }

  ExportSettings settings() {
    return new ExportSettings(classNames, topK.orElse(BEST), samples, version);
  }
}
