package kerava.layers.preprocessing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Array;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;

/**
 * Splits texts into terms and gives the terms their numbers: STRING (batch) or (batch, 1) → INT64
 * (batch, terms); other {@linkplain OutputMode modes} give rows.
 *
 * <p>By default, all letters become small, punctuation goes, and the words have numbers from 2; 1
 * is that of all words that are not in the vocabulary, and 0 stands behind the end of a text.
 *
 * <pre>{@code
 * TextVectorization words = TextVectorization.of().maxTokens(10_000).adapt("One text.", "Another.");
 * }</pre>
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/text/text_vectorization/">Keras:
 *     TextVectorization</a>
 */
public record TextVectorization(Config config) implements TensorLayer, VocabularyLayer {
  private static final TermKind KIND =
      new TermKind(
          "TextVectorization",
          Array.Type.STRING,
          StringLookup.KIND.vocabulary(),
          StringLookup.KIND.mask(),
          StringLookup.KIND.unknown());
  private static final Key<Optional<Standardize>> STANDARDIZE =
      Key.of(
          "standardize",
          Codec.nullable(Codec.choice(Standardize.class)),
          Optional.of(Standardize.LOWER_AND_STRIP_PUNCTUATION));
  private static final Key<Optional<Split>> SPLIT =
      Key.of("split", Codec.nullable(Codec.choice(Split.class)), Optional.of(Split.WHITESPACE));
  private static final Key<Optional<Ngrams>> NGRAMS = Key.optional("ngrams", Ngrams.CODEC);
  private static final Key<Optional<Integer>> OUTPUT_SEQUENCE_LENGTH =
      Key.optional("output_sequence_length", Codec.positive());

  /** How the layer is written and read. */
  public static final Schema<TextVectorization> SCHEMA =
      Layer.schema("TextVectorization", TextVectorization::new, LookupArguments.MAX_TOKENS)
          .with(STANDARDIZE, SPLIT, NGRAMS, LookupArguments.OUTPUT_MODE, OUTPUT_SEQUENCE_LENGTH)
          .with(LookupArguments.PAD_TO_MAX_TOKENS, Sparse.KEY)
          .with(Key.only("ragged", Codec.bool(), false), KIND.vocabulary())
          .with(LookupArguments.IDF_WEIGHTS, StringLookup.ENCODING)
          .with(LookupArguments.VOCABULARY_SIZE, LookupArguments.HAS_INPUT_VOCABULARY);

  /** Checks that the arguments go together. */
  public TextVectorization {
    Config lookup = new LookupCheck(KIND, masked(config)).checked();
    boolean numbers = config.get(LookupArguments.OUTPUT_MODE) == OutputMode.INT;
    if (!numbers && config.get(OUTPUT_SEQUENCE_LENGTH).isPresent()) {
      throw KIND.refuse("output_sequence_length", "none unless output_mode is INT", "one");
    }
    Optional<Integer> size = lookup.get(LookupArguments.VOCABULARY_SIZE);
    config =
        config.with(LookupArguments.VOCABULARY_SIZE, size.or(() -> Optional.of(numbers ? 2 : 1)));
  }

  /** The arguments of the lookup: what is masked is the empty text. */
  private static Config masked(Config config) {
    return config.with(KIND.mask(), Optional.of(Terms.single("")));
  }

  /** The layer without a vocabulary, which {@code adapt} learns. */
  public static TextVectorization of() {
    return new TextVectorization(SCHEMA.config());
  }

  /**
   * The layer with a vocabulary.
   *
   * @param vocabulary the terms in the order of their numbers, each once; the empty one and {@code
   *     [UNK]} may be in front of them
   * @throws IllegalArgumentException if there is none, or one is there twice
   */
  public static TextVectorization of(List<String> vocabulary) {
    return of().with(KIND.vocabulary(), Optional.of(Terms.array(KIND.type(), vocabulary)));
  }

  /**
   * The same layer with a vocabulary out of a file, which has one term a line, and no special ones.
   *
   * @throws IllegalArgumentException if a line is empty, or there twice
   * @throws IOException if it cannot be read
   */
  public TextVectorization vocabulary(Path file) throws IOException {
    return kept(VocabularyFile.read(KIND, masked(config), file));
  }

  /** The same layer with what a lookup learned. */
  private TextVectorization kept(Config lookup) {
    return new TextVectorization(lookup.with(KIND.mask(), Optional.empty()));
  }

  private <T> TextVectorization with(Key<T> key, T value) {
    return new TextVectorization(config.with(key, value));
  }

  /**
   * The same layer with at most so many numbers, the special ones included; any number by default.
   *
   * @throws IllegalArgumentException if they are below 2, or fewer than the vocabulary has
   */
  public TextVectorization maxTokens(int most) {
    return with(LookupArguments.MAX_TOKENS, Optional.of(most));
  }

  /** The same layer that does something else, or nothing, to texts before they are split. */
  public TextVectorization standardize(Optional<Standardize> how) {
    return with(STANDARDIZE, how);
  }

  /**
   * The same layer that splits texts at something else, or not at all, where the last axis has the
   * terms of a text; at white space by default.
   */
  public TextVectorization split(Optional<Split> where) {
    return with(SPLIT, where);
  }

  /**
   * The same layer that takes up to so many neighbouring terms for one more; none by default.
   *
   * @throws IllegalArgumentException if they are below 1
   */
  public TextVectorization ngrams(int most) {
    return with(NGRAMS, Optional.of(Ngrams.upTo(most)));
  }

  /** The same layer that takes so many neighbouring terms for one, for each of these numbers. */
  public TextVectorization ngrams(List<Integer> widths) {
    return with(NGRAMS, Optional.of(new Ngrams(List.copyOf(widths), false)));
  }

  /** The same layer that makes something else of the numbers; {@code INT} by default. */
  public TextVectorization outputMode(OutputMode mode) {
    return with(LookupArguments.OUTPUT_MODE, mode);
  }

  /**
   * The same layer that gives so many numbers a text: what is beyond is cut off, what is missing
   * are zeros. By default as many as the longest text of a batch has terms.
   *
   * @throws IllegalArgumentException if they are below 1, or the mode is not {@code INT}
   */
  public TextVectorization outputSequenceLength(int length) {
    return with(OUTPUT_SEQUENCE_LENGTH, Optional.of(length));
  }

  /** The same layer whose rows are as long as {@link #maxTokens} says; not by default. */
  public TextVectorization padToMaxTokens(boolean pad) {
    return with(LookupArguments.PAD_TO_MAX_TOKENS, pad);
  }

  /** The same layer with weights of its terms, for the mode {@code TF_IDF}. */
  public TextVectorization idfWeights(double... weights) {
    return with(LookupArguments.IDF_WEIGHTS, Optional.of(Arrays.stream(weights).boxed().toList()));
  }

  /**
   * The same layer with the vocabulary of some texts: the most frequent term first.
   *
   * @throws IllegalArgumentException if the layer was given a vocabulary
   */
  public TextVectorization adapt(String... texts) {
    return adapt(Array.of(texts.clone(), texts.length));
  }

  /**
   * The same layer with the vocabulary of some texts: the most frequent term first.
   *
   * @param texts STRING of shape (texts) or (texts, 1); (texts, terms) where they are not split
   * @throws IllegalArgumentException if they are others, or the layer was given a vocabulary
   */
  public TextVectorization adapt(Array texts) {
    return adapt(List.of(texts));
  }

  /** The same for texts that come in batches. */
  public TextVectorization adapt(Iterable<Array> batches) {
    Adaptation adaptation = new Adaptation(KIND, masked(config));
    for (Array batch : batches) {
      TextTokens.of(rules(), batch).forEach(adaptation::add);
    }
    return kept(adaptation.learned());
  }

  private Tokens.Rules rules() {
    List<Integer> widths = config.get(NGRAMS).map(Ngrams::widths).orElse(List.of());
    return new Tokens.Rules(config.get(STANDARDIZE), config.get(SPLIT), widths);
  }

  private TextGraph graph() {
    return new TextGraph(
        TermLookup.of(KIND, masked(config)), rules(), config.get(OUTPUT_SEQUENCE_LENGTH));
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    return List.of(graph().output(inputs));
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    return List.of(TensorValue.of(graph().add(scope, call.values().get(0).operand())));
  }

  @Override
  public Array terms() {
    return TermLookup.of(KIND, masked(config)).all();
  }

  @Override
  public Optional<Array> idf() {
    return TermLookup.weights(KIND, masked(config));
  }

  @Override
  public Schema<TextVectorization> schema() {
    return SCHEMA;
  }
}
