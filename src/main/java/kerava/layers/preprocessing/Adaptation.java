package kerava.layers.preprocessing;

import static kerava.layers.preprocessing.LookupArguments.HAS_INPUT_VOCABULARY;
import static kerava.layers.preprocessing.LookupArguments.IDF_WEIGHTS;
import static kerava.layers.preprocessing.LookupArguments.MAX_TOKENS;
import static kerava.layers.preprocessing.LookupArguments.OUTPUT_MODE;
import static kerava.layers.preprocessing.LookupArguments.VOCABULARY_SIZE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kerava.config.Config;
import kerava.graph.Array;
import kerava.graph.Rows;

/** Learns the vocabulary of a lookup from data. */
final class Adaptation {
  private final TermKind kind;
  private final Config config;
  private final TermCounts counts = new TermCounts();

  /**
   * Begins with no data.
   *
   * @throws IllegalArgumentException if the layer was given a vocabulary
   */
  Adaptation(TermKind kind, Config config) {
    if (config.get(kind.vocabulary()).isPresent() && config.get(HAS_INPUT_VOCABULARY)) {
      throw kind.refuse("adapt", "a layer without a vocabulary", "one that was given one");
    }
    this.kind = kind;
    this.config = config;
  }

  /**
   * Adds a batch, of which each row is a document.
   *
   * @param each whether each term of a batch of one axis is a document; else they are one
   */
  void add(Array batch, boolean each) {
    Array terms = typed(batch);
    List<Object> all = Terms.list(terms);
    int rank = terms.shape().numDimensions();
    int rows = rank > 1 || (rank == 1 && each) ? Rows.count(terms) : 1;
    int width = rows == 0 ? 0 : all.size() / rows;
    for (int i = 0; i < rows; i++) {
      counts.add(all.subList(i * width, (i + 1) * width));
    }
  }

  /** Adds a document. */
  void add(List<String> document) {
    counts.add(document);
  }

  private Array typed(Array batch) {
    boolean texts = kind.type() == Array.Type.STRING;
    if (texts != (batch.type() == Array.Type.STRING)) {
      throw kind.refuse("adapt", texts ? "texts" : "whole numbers", batch.toString());
    }
    return texts ? batch : whole(batch);
  }

  // Keras cuts fractions off.
  private static Array whole(Array batch) {
    if (batch.type() != Array.Type.FLOAT32) {
      return batch.to(Array.Type.INT64);
    }
    long[] numbers = new long[batch.size()];
    Arrays.setAll(numbers, i -> (long) batch.floats()[i]);
    return Array.of(numbers, batch.shape().asArray());
  }

  /** The arguments of the layer with what was learned. */
  Config learned() {
    List<Object> special = TermLookup.special(kind, config);
    Set<Object> without = new HashSet<>();
    TermKind.term(config, kind.mask()).ifPresent(without::add);
    TermKind.term(config, kind.unknown()).ifPresent(without::add);
    int most = config.get(MAX_TOKENS).orElse(Integer.MAX_VALUE);
    List<Object> terms = counts.terms(Math.max(0L, (long) most - special.size()), without);
    boolean said = special.stream().noneMatch(Optional.empty()::equals);
    List<Object> all = new ArrayList<>(said ? special : List.of());
    all.addAll(terms);
    Config learned =
        config
            .with(HAS_INPUT_VOCABULARY, false)
            .with(VOCABULARY_SIZE, Optional.empty())
            .with(kind.vocabulary(), Optional.of(Terms.array(kind.type(), all)));
    return config.get(OUTPUT_MODE) == OutputMode.TF_IDF
        ? learned.with(IDF_WEIGHTS, Optional.of(weights(terms, all.size())))
        : learned;
  }

  private List<Double> weights(List<Object> terms, int count) {
    List<Double> own = terms.stream().map(counts::inverseDocumentFrequency).toList();
    double mean = own.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    List<Double> weights =
        new ArrayList<>(Collections.nCopies(count - own.size(), (double) (float) mean));
    weights.addAll(own);
    return List.copyOf(weights);
  }
}
