package kerava.layers.preprocessing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Array;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;

/**
 * What Keras' lookups take, of texts and of whole numbers.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/categorical/string_lookup/">Keras:
 *     StringLookup</a>
 */
public interface LookupArguments<L extends TensorLayer> extends TensorLayer, VocabularyLayer {
  /** The key of how many numbers there are at most, those of special terms included. */
  Key<Optional<Integer>> MAX_TOKENS =
      Key.optional(
          "max_tokens",
          Codec.integer().where("a whole number of at least 2", number -> number > 1));

  /** The key of how many numbers are kept for terms that are not in the vocabulary. */
  Key<Integer> NUM_OOV_INDICES =
      Key.of(
          "num_oov_indices",
          Codec.integer().where("a whole number of at least 0", number -> number >= 0),
          1);

  /** The key of whether numbers are looked up, and give terms. */
  Key<Boolean> INVERT = Key.of("invert", Codec.bool(), false);

  /** The key of what is made of the numbers. */
  Key<OutputMode> OUTPUT_MODE =
      Key.of("output_mode", Codec.choice(OutputMode.class), OutputMode.INT);

  /** The key of whether rows are as long as there may be terms at most. */
  Key<Boolean> PAD_TO_MAX_TOKENS = Key.of("pad_to_max_tokens", Codec.bool(), false);

  /** The key of the weights of terms in the mode {@code TF_IDF}. */
  Key<Optional<List<Double>>> IDF_WEIGHTS = Key.optional("idf_weights", Codec.list(Codec.number()));

  /** The key of how many numbers there are, which follows from the vocabulary. */
  Key<Optional<Integer>> VOCABULARY_SIZE =
      Key.optional(
          "vocabulary_size",
          Codec.integer().where("a whole number of at least 0", number -> number >= 0));

  /** The key of how whole numbers that are not in the vocabulary are spread. */
  Key<OovMethod> OOV_METHOD =
      Key.of("oov_method", Codec.choice(OovMethod.class), OovMethod.FLOORMOD).quiet();

  /** The key of what is mixed into the hash of terms that are not in the vocabulary. */
  Key<Optional<List<Long>>> SALT = Hash.SALT.quiet();

  /** The key of whether the vocabulary was given, and not learned from data. */
  Key<Boolean> HAS_INPUT_VOCABULARY = Key.of("has_input_vocabulary", Codec.bool(), true).quiet();

  @Override
  Schema<L> schema();

  /** What the class of the lookup is made of. */
  TermKind kind();

  @Override
  default List<TensorSpec> outputs(Inputs inputs) {
    return List.of(TermLookup.of(kind(), config()).output(inputs));
  }

  @Override
  default List<TensorValue> call(Scope scope, LayerCall call) {
    return List.of(
        TensorValue.of(
            new LookupGraph(scope, TermLookup.of(kind(), config()))
                .output(call.values().get(0).operand())));
  }

  @Override
  default Array terms() {
    return TermLookup.of(kind(), config()).all();
  }

  @Override
  default Optional<Array> idf() {
    return TermLookup.weights(kind(), config());
  }

  @Override
  default Optional<Array> onlyKnown() {
    boolean any = config().get(INVERT) || config().get(NUM_OOV_INDICES) > 0;
    return any || config().get(kind().vocabulary()).isEmpty()
        ? Optional.empty()
        : Terms.list(TermLookup.of(kind(), config()).terms()).stream()
            .findFirst()
            .map(Terms::single);
  }

  /**
   * The same layer with at most so many numbers, those of special terms included; any number by
   * default.
   *
   * @throws IllegalArgumentException if they are below 2, or fewer than the vocabulary has
   */
  default L maxTokens(int most) {
    return schema().create(config().with(MAX_TOKENS, Optional.of(most)));
  }

  /**
   * The same layer with so many numbers for terms that are not in the vocabulary; 1 by default. Of
   * several a hash of the term says which; with 0 such terms are refused.
   */
  default L numOovIndices(int number) {
    return schema().create(config().with(NUM_OOV_INDICES, number));
  }

  /** The same layer, or the one that gives terms for numbers; not by default. */
  default L invert(boolean invert) {
    return schema().create(config().with(INVERT, invert));
  }

  /** The same layer that makes something else of the numbers; {@code INT} by default. */
  default L outputMode(OutputMode mode) {
    return schema().create(config().with(OUTPUT_MODE, mode));
  }

  /**
   * The same layer whose rows are as long as {@link #maxTokens} says, though the vocabulary may be
   * smaller; not by default.
   */
  default L padToMaxTokens(boolean pad) {
    return schema().create(config().with(PAD_TO_MAX_TOKENS, pad));
  }

  /**
   * The same layer with weights of its terms, one for each that was given, for the mode {@code
   * TF_IDF}.
   *
   * @throws IllegalArgumentException if they are not as many, or the mode is another
   */
  default L idfWeights(double... weights) {
    List<Double> list = Arrays.stream(weights).boxed().toList();
    return schema().create(config().with(IDF_WEIGHTS, Optional.of(list)));
  }

  /**
   * The same layer with the vocabulary of some data: the terms by how often they are there, the
   * most frequent one first, as many as {@link #maxTokens} allows.
   *
   * @param data of the type of the terms, of shape (documents, ...) or (documents)
   * @throws IllegalArgumentException if it is of another type, or the layer was given a vocabulary
   */
  default L adapt(Array data) {
    Adaptation adaptation = new Adaptation(kind(), config());
    adaptation.add(data, true);
    return schema().create(adaptation.learned());
  }

  /**
   * The same layer with the vocabulary of some data that come in batches.
   *
   * @param batches of the type of the terms, of shape (documents, ...); one of shape (terms) is one
   *     document, as in Keras
   * @throws IllegalArgumentException if one is of another type, or the layer was given a vocabulary
   */
  default L adapt(Iterable<Array> batches) {
    Adaptation adaptation = new Adaptation(kind(), config());
    batches.forEach(batch -> adaptation.add(batch, false));
    return schema().create(adaptation.learned());
  }

  /**
   * The same layer that hashes what is not in the vocabulary with SipHash and a salt; with FarmHash
   * by default.
   */
  default L salt(long first, long second) {
    return schema().create(config().with(SALT, Optional.of(List.of(first, second))));
  }
}
