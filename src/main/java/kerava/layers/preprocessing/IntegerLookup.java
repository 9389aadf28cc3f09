package kerava.layers.preprocessing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Array;

/**
 * Gives whole numbers the numbers that they have in a vocabulary, or the other way round: any shape
 * → INT64 of the same; other {@linkplain OutputMode modes} give rows. Fractions are cut off.
 *
 * <p>By default, the number 0 stands for all that are not in the vocabulary, and those of the
 * vocabulary have numbers from 1.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/categorical/integer_lookup/">Keras:
 *     IntegerLookup</a>
 */
public record IntegerLookup(Config config) implements LookupArguments<IntegerLookup> {
  private static final TermKind KIND =
      new TermKind(
          "IntegerLookup",
          Array.Type.INT64,
          Key.optional("vocabulary", Terms.numbers()),
          Key.optional("mask_token", Terms.whole()),
          Key.of(
              "oov_token", Codec.nullable(Terms.whole()), Optional.of(Array.of(new long[] {-1}))));

  /** How the layer is written and read. */
  public static final Schema<IntegerLookup> SCHEMA =
      Layer.schema("IntegerLookup", IntegerLookup::new, INVERT, MAX_TOKENS, NUM_OOV_INDICES)
          .with(KIND.unknown(), KIND.mask(), OUTPUT_MODE, Sparse.KEY, PAD_TO_MAX_TOKENS)
          .with(Key.only("vocabulary_dtype", Codec.text(), "int64"))
          .with(IDF_WEIGHTS, KIND.vocabulary(), VOCABULARY_SIZE, HAS_INPUT_VOCABULARY)
          .with(OOV_METHOD, SALT);

  /** Checks that the arguments go together. */
  public IntegerLookup {
    config = new LookupCheck(KIND, config).checked();
  }

  /** The layer without a vocabulary, which {@code adapt} learns. */
  public static IntegerLookup of() {
    return new IntegerLookup(SCHEMA.config());
  }

  /**
   * The layer with a vocabulary.
   *
   * @param vocabulary the numbers in the order of what they become, each once; special ones may be
   *     in front of them
   * @throws IllegalArgumentException if there is none, or one is there twice
   */
  public static IntegerLookup of(long... vocabulary) {
    return of().with(
            KIND.vocabulary(), Optional.of(Array.of(vocabulary.clone(), vocabulary.length)));
  }

  /**
   * The same layer with a vocabulary out of a file, which has one number a line, and no special
   * ones.
   *
   * @throws IllegalArgumentException if a line is no whole number, or there twice
   * @throws IOException if it cannot be read
   */
  public IntegerLookup vocabulary(Path file) throws IOException {
    return new IntegerLookup(VocabularyFile.read(KIND, config, file));
  }

  private <T> IntegerLookup with(Key<T> key, T value) {
    return new IntegerLookup(config.with(key, value));
  }

  /**
   * The same layer with a number that is masked: it becomes 0, before all others; rows leave it
   * out. None by default.
   */
  public IntegerLookup maskToken(long number) {
    return with(KIND.mask(), Optional.of(Terms.single(number)));
  }

  /** The same layer with a number for those of no term; -1 by default. */
  public IntegerLookup oovToken(long number) {
    return with(KIND.unknown(), Optional.of(Terms.single(number)));
  }

  /** The same layer that spreads what is not in the vocabulary in another way. */
  public IntegerLookup oovMethod(OovMethod method) {
    return with(OOV_METHOD, method);
  }

  @Override
  public TermKind kind() {
    return KIND;
  }

  @Override
  public Schema<IntegerLookup> schema() {
    return SCHEMA;
  }
}
