package kerava.files;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a file may ask for at most. Files come from strangers: whatever one says about sizes is
 * checked against these numbers, and against its own size, before memory or time is spent on it.
 *
 * <p>Each number is a Java option of its name in lower case, with hyphens: {@code
 * -Dkerava.limits.json-depth=400}. Options are read once, when the first file is.
 *
 * @param pixels of an image, width times height, before it is decoded; 100,000,000, which take 400
 *     MB
 * @param jsonDepth levels of nesting in a JSON document; 200, of which each nested model takes 3
 * @param jsonTokens names, values and brackets in a JSON document; 200,000, of which a layer takes
 *     about 150
 * @param jsonBytes bytes of a JSON document that describes a model; 16 MB, where the largest of
 *     Keras Applications have 1 MB
 * @param metadataBytes bytes of the small documents beside it: metadata, preprocessing, names of
 *     classes; 1 MB
 * @param vocabularyBytes bytes of a vocabulary beside a model, one term a line; 64 MB, where that
 *     of a language model of 250,000 terms has 5 MB
 * @param layers of a model, those of nested models included, and its metrics; 2,000
 * @param members of an archive; 1,000
 * @param unpacking how many times its packed size a member of an archive may have unpacked if that
 *     is more than 2 MB; 8, where weights hardly shrink at all
 * @param hdf5Arrays groups and arrays of an HDF5 file that are listed; 20,000
 * @param pickleSteps instructions of a pickle; 200,000, where CIFAR-10's files have 50,000
 * @param features of a {@code tf.Example}; 1,000
 * @param classes that the class numbers of records may tell apart, as each gets a name; 100,000,
 *     where ImageNet of 2011 has 21,841
 * @param constants bytes that the constants of a SavedModel's graph take in memory, beyond 16 times
 *     the file; 64 MB
 */
public record Limits(
    int pixels,
    int jsonDepth,
    int jsonTokens,
    int jsonBytes,
    int metadataBytes,
    int vocabularyBytes,
    int layers,
    int members,
    int unpacking,
    int hdf5Arrays,
    int pickleSteps,
    int features,
    int classes,
    int constants) {
  /** The limits that hold where no option says others. */
  public static final Limits DEFAULTS =
      new Limits(
          100_000_000,
          200,
          200_000,
          16 << 20,
          1 << 20,
          64 << 20,
          2_000,
          1_000,
          8,
          20_000,
          200_000,
          1_000,
          100_000,
          64 << 20);

  /** Bytes of a file that is read into one Java array; no option, as Java has none larger. */
  public static final int FILE_BYTES = Integer.MAX_VALUE - 16;

  private static final String PREFIX = "kerava.limits.";
  private static final AtomicReference<@Nullable Limits> CURRENT = new AtomicReference<>();

  /**
   * The limits that hold in this process.
   *
   * @throws IllegalArgumentException if a Java option is no whole number of at least 1
   */
  public static Limits current() {
    Limits known = CURRENT.get();
    if (known != null) {
      return known;
    }
    Limits read = of(System::getProperty);
    CURRENT.set(read);
    return read;
  }

  /**
   * The limits that some options say.
   *
   * @param options gives the text of an option by its name, or null: {@code kerava.limits.pixels}
   * @throws IllegalArgumentException if one is no whole number of at least 1
   */
  public static Limits of(UnaryOperator<@Nullable String> options) {
    Limits usual = DEFAULTS;
    return new Limits(
        number(options, "pixels", usual.pixels),
        number(options, "json-depth", usual.jsonDepth),
        number(options, "json-tokens", usual.jsonTokens),
        number(options, "json-bytes", usual.jsonBytes),
        number(options, "metadata-bytes", usual.metadataBytes),
        number(options, "vocabulary-bytes", usual.vocabularyBytes),
        number(options, "layers", usual.layers),
        number(options, "members", usual.members),
        number(options, "unpacking", usual.unpacking),
        number(options, "hdf5-arrays", usual.hdf5Arrays),
        number(options, "pickle-steps", usual.pickleSteps),
        number(options, "features", usual.features),
        number(options, "classes", usual.classes),
        number(options, "constants", usual.constants));
  }

  private static int number(UnaryOperator<@Nullable String> options, String name, int usual) {
    String text = options.apply(PREFIX + name);
    if (text == null) {
      return usual;
    }
    if (!text.matches("\\d{1,10}") || Long.parseLong(text) > FILE_BYTES || text.matches("0+")) {
      throw new IllegalArgumentException(
          "-D%s%s: expected a whole number from 1 to %d, got \"%s\"."
              .formatted(PREFIX, name, FILE_BYTES, text));
    }
    return Integer.parseInt(text);
  }
}
