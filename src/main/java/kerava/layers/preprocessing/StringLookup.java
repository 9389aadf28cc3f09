package kerava.layers.preprocessing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Array;

/**
 * Gives texts the numbers that they have in a vocabulary, or gives the texts of numbers: STRING of
 * any shape → INT64 of the same; other {@linkplain OutputMode modes} give rows.
 *
 * <p>By default, the number 0 stands for all texts that are not in the vocabulary, and those of the
 * vocabulary have numbers from 1.
 *
 * <pre>{@code
 * StringLookup colours = StringLookup.of().adapt("red", "blue", "red");
 * }</pre>
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/categorical/string_lookup/">Keras:
 *     StringLookup</a>
 */
public record StringLookup(Config config) implements LookupArguments<StringLookup> {
  /** The key of how texts that were learned are written; what is looked up are their bytes. */
  static final Key<String> ENCODING = Key.of("encoding", Codec.text(), "utf-8");

  /** What a lookup of texts is made of. */
  static final TermKind KIND =
      new TermKind(
          "StringLookup",
          Array.Type.STRING,
          Key.optional("vocabulary", Terms.texts()),
          Key.optional("mask_token", Terms.text()),
          Key.of(
              "oov_token",
              Codec.nullable(Terms.text()),
              Optional.of(Array.of(new String[] {"[UNK]"}))));

  /** How the layer is written and read. */
  public static final Schema<StringLookup> SCHEMA =
      Layer.schema("StringLookup", StringLookup::new, INVERT, MAX_TOKENS, NUM_OOV_INDICES)
          .with(KIND.unknown(), KIND.mask(), OUTPUT_MODE, Sparse.KEY, PAD_TO_MAX_TOKENS)
          .with(IDF_WEIGHTS, KIND.vocabulary(), VOCABULARY_SIZE, HAS_INPUT_VOCABULARY)
          .with(OOV_METHOD, SALT, ENCODING);

  /** Checks that the arguments go together. */
  public StringLookup {
    config = new LookupCheck(KIND, config).checked();
  }

  /** The layer without a vocabulary, which {@code adapt} learns. */
  public static StringLookup of() {
    return new StringLookup(SCHEMA.config());
  }

  /**
   * The layer with a vocabulary.
   *
   * @param vocabulary the texts in the order of their numbers, each once; special ones may be in
   *     front of them
   * @throws IllegalArgumentException if there is none, or one is there twice
   */
  public static StringLookup of(List<String> vocabulary) {
    return of().vocabulary(vocabulary);
  }

  /** The same layer with another vocabulary. */
  public StringLookup vocabulary(List<String> vocabulary) {
    return with(KIND.vocabulary(), Optional.of(Terms.array(KIND.type(), vocabulary)));
  }

  /**
   * The same layer with a vocabulary out of a file, which has one text a line, and no special ones.
   *
   * @throws IllegalArgumentException if a line is empty, or there twice
   * @throws IOException if it cannot be read
   */
  public StringLookup vocabulary(Path file) throws IOException {
    return new StringLookup(VocabularyFile.read(KIND, config, file));
  }

  private <T> StringLookup with(Key<T> key, T value) {
    return new StringLookup(config.with(key, value));
  }

  /**
   * The same layer with a text that is masked: it gets the number 0, before those of all others;
   * rows leave it out. None by default.
   */
  public StringLookup maskToken(String text) {
    return with(KIND.mask(), Optional.of(Terms.single(text)));
  }

  /** The same layer with a text for numbers of no term; {@code [UNK]} by default. */
  public StringLookup oovToken(String text) {
    return with(KIND.unknown(), Optional.of(Terms.single(text)));
  }

  /**
   * The same layer with the vocabulary of some texts, each a document: the most frequent one first.
   *
   * @throws IllegalArgumentException if the layer was given a vocabulary
   */
  public StringLookup adapt(String... texts) {
    return adapt(Array.of(texts.clone(), texts.length));
  }

  @Override
  public TermKind kind() {
    return KIND;
  }

  @Override
  public Schema<StringLookup> schema() {
    return SCHEMA;
  }
}
