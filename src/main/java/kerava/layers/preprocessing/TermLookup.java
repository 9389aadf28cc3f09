package kerava.layers.preprocessing;

import static kerava.layers.preprocessing.LookupArguments.IDF_WEIGHTS;
import static kerava.layers.preprocessing.LookupArguments.INVERT;
import static kerava.layers.preprocessing.LookupArguments.MAX_TOKENS;
import static kerava.layers.preprocessing.LookupArguments.NUM_OOV_INDICES;
import static kerava.layers.preprocessing.LookupArguments.OUTPUT_MODE;
import static kerava.layers.preprocessing.LookupArguments.PAD_TO_MAX_TOKENS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.config.Config;
import kerava.config.Key;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.TensorSpec;
import kerava.graph.TermTable;
import org.tensorflow.ndarray.Shape;

/**
 * Which number each term of a lookup has: first come one for what is masked (in the mode {@code
 * INT}) and those for terms that are not in the vocabulary, then the terms.
 *
 * @param kind the class of the lookup
 * @param config its arguments
 * @param terms without the special ones
 * @param whole whether the vocabulary was given with the special terms in front
 */
record TermLookup(TermKind kind, Config config, Array terms, boolean whole) {
  /**
   * Sorts out a vocabulary.
   *
   * @throws IllegalArgumentException if the layer has none yet
   */
  static TermLookup of(TermKind kind, Config config) {
    List<Object> all = Terms.list(config.get(kind.vocabulary()).orElseThrow(() -> missing(kind)));
    List<Object> special = special(kind, config);
    boolean whole = all.size() >= special.size() && all.subList(0, special.size()).equals(special);
    List<Object> terms = whole ? all.subList(special.size(), all.size()) : all;
    return new TermLookup(kind, config, Terms.array(kind.type(), terms), whole);
  }

  private static IllegalArgumentException missing(TermKind kind) {
    return new IllegalArgumentException(
        kind.owner()
            + " vocabulary: expected terms, got none. Is adapt to be called, or is the file one that"
            + " holds no vocabularies, such as .h5?");
  }

  /** The special terms in front of the others; none equals a special term that was not said. */
  static List<Object> special(TermKind kind, Config config) {
    Object nothing = Optional.empty();
    List<Object> special = new ArrayList<>();
    if (masks(kind, config)) {
      special.add(TermKind.term(config, kind.mask()).orElse(nothing));
    }
    Object unknown = TermKind.term(config, kind.unknown()).orElse(nothing);
    special.addAll(Collections.nCopies(config.get(NUM_OOV_INDICES), unknown));
    return special;
  }

  /** Whether a number stands for what is masked. */
  private static boolean masks(TermKind kind, Config config) {
    return config.get(kind.mask()).isPresent() && config.get(OUTPUT_MODE) == OutputMode.INT;
  }

  <T> T get(Key<T> key) {
    return config.get(key);
  }

  OutputMode mode() {
    return get(OUTPUT_MODE);
  }

  /** The first number of a term that is not in the vocabulary. */
  long firstUnknown() {
    return masks(kind, config) ? 1 : 0;
  }

  /** The number of the first term. */
  int first() {
    return (masks(kind, config) ? 1 : 0) + get(NUM_OOV_INDICES);
  }

  /** How many numbers there are. */
  int size() {
    return first() + terms.size();
  }

  /** How long the rows are that numbers become. */
  int depth() {
    return get(PAD_TO_MAX_TOKENS) ? get(MAX_TOKENS).orElseThrow() : size();
  }

  /** All terms in the order of their numbers; a special one that was not said is "" or -1. */
  Array all() {
    Object nothing = kind.type() == Array.Type.STRING ? "" : Long.valueOf(-1);
    List<Object> all = special(kind, config);
    all.replaceAll(term -> term instanceof Optional ? nothing : term);
    all.addAll(Terms.list(terms));
    return Terms.array(kind.type(), all);
  }

  /** The weights of all numbers, if there are any. */
  static Optional<Array> weights(TermKind kind, Config config) {
    return config.get(kind.vocabulary()).isPresent()
        ? of(kind, config).weights()
        : Optional.empty();
  }

  /** The weights of all numbers, in the mode {@code TF_IDF}. */
  Optional<Array> weights() {
    Optional<List<Double>> given = get(IDF_WEIGHTS);
    if (mode() != OutputMode.TF_IDF || given.isEmpty()) {
      return Optional.empty();
    }
    // Of terms that are not in the vocabulary nothing is known; Keras takes the mean of the others.
    double mean = given.get().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    float[] weights = new float[depth()];
    int front = whole ? 0 : first();
    Arrays.fill(weights, 0, front, (float) mean);
    for (int i = 0; i < given.get().size() && front + i < weights.length; i++) {
      weights[front + i] = given.get().get(i).floatValue();
    }
    return Optional.of(Array.of(weights, weights.length));
  }

  /** The table behind the lookup. */
  TermTable table() {
    Array missing =
        get(INVERT)
            ? get(kind.unknown()).orElseThrow()
            : Terms.single(get(NUM_OOV_INDICES) == 1 ? firstUnknown() : -1L);
    return new TermTable(terms, first(), get(INVERT), missing);
  }

  /** The type and shape of what comes out. */
  TensorSpec output(Inputs inputs) {
    Shape shape = inputs.single();
    DType type = inputs.tensors().get(0).type();
    boolean texts = kind.type() == Array.Type.STRING && !get(INVERT);
    if (texts != (type == DType.STRING)) {
      throw new IllegalArgumentException(
          "%s: expected %s, got %s."
              .formatted(inputs.where(), texts ? "texts" : "numbers", inputs.tensors().get(0)));
    }
    if (mode() == OutputMode.INT) {
      boolean gives = get(INVERT) && kind.type() == Array.Type.STRING;
      return new TensorSpec(shape, gives ? DType.STRING : DType.INT64);
    }
    return new TensorSpec(encoding().shape(inputs, shape), rowType());
  }

  /** The type of rows. */
  DType rowType() {
    return mode() == OutputMode.TF_IDF ? DType.FLOAT32 : DType.INT64;
  }

  /** How numbers become rows. */
  Encoding encoding() {
    return new Encoding(mode() == OutputMode.TF_IDF ? OutputMode.COUNT : mode(), depth());
  }
}
