package kerava.layers.preprocessing;

import static kerava.layers.preprocessing.LookupArguments.IDF_WEIGHTS;
import static kerava.layers.preprocessing.LookupArguments.INVERT;
import static kerava.layers.preprocessing.LookupArguments.MAX_TOKENS;
import static kerava.layers.preprocessing.LookupArguments.OOV_METHOD;
import static kerava.layers.preprocessing.LookupArguments.OUTPUT_MODE;
import static kerava.layers.preprocessing.LookupArguments.PAD_TO_MAX_TOKENS;
import static kerava.layers.preprocessing.LookupArguments.SALT;
import static kerava.layers.preprocessing.LookupArguments.VOCABULARY_SIZE;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kerava.config.Config;
import kerava.config.Listed;
import kerava.graph.Array;

/** Refuses arguments of a lookup that do not go together. */
record LookupCheck(TermKind kind, Config config) {
  /** How much of a term is repeated in a refusal. */
  private static final int QUOTED = 60;

  /** The arguments with the number of numbers, which follows from them. */
  Config checked() {
    arguments();
    Optional<Array> vocabulary = config.get(kind.vocabulary());
    if (vocabulary.isEmpty()) {
      return config;
    }
    if (vocabulary.get().size() == 0) {
      throw kind.refuse("vocabulary", "at least one term", "none");
    }
    TermLookup lookup = TermLookup.of(kind, config);
    terms(lookup);
    weights(vocabulary.get());
    return config.with(VOCABULARY_SIZE, Optional.of(lookup.size()));
  }

  private void arguments() {
    OutputMode mode = config.get(OUTPUT_MODE);
    if (config.get(PAD_TO_MAX_TOKENS) && config.get(MAX_TOKENS).isEmpty()) {
      throw kind.refuse("pad_to_max_tokens", "max_tokens beside it", "none");
    }
    if (config.get(INVERT) && mode != OutputMode.INT) {
      throw kind.refuse("output_mode", "only INT where invert is true", mode.name());
    }
    if (config.get(INVERT) && config.get(kind.unknown()).isEmpty()) {
      throw kind.refuse("oov_token", "a term where invert is true", "none");
    }
    if (config.get(IDF_WEIGHTS).isPresent() && mode != OutputMode.TF_IDF) {
      throw kind.refuse("idf_weights", "none unless output_mode is TF_IDF", "some");
    }
    boolean divided =
        kind.type() == Array.Type.INT64 && config.get(OOV_METHOD) == OovMethod.FLOORMOD;
    if (divided && config.get(SALT).isPresent()) {
      throw kind.refuse("salt", "none unless oov_method is FARMHASH", "one");
    }
  }

  private void terms(TermLookup lookup) {
    Set<Object> seen = new HashSet<>();
    Set<Object> reserved = new HashSet<>();
    TermKind.term(config, kind.mask()).ifPresent(reserved::add);
    if (config.get(INVERT)) {
      TermKind.term(config, kind.unknown()).ifPresent(reserved::add);
    }
    for (Object term : Terms.list(lookup.terms())) {
      if (!seen.add(term)) {
        throw kind.refuse("vocabulary", "each term once", quoted(term) + " twice");
      }
      if (reserved.contains(term)) {
        throw kind.refuse(
            "vocabulary", "no special terms, or all of them in front", quoted(term) + " elsewhere");
      }
    }
    Optional<Integer> most = config.get(MAX_TOKENS);
    if (most.isPresent() && lookup.size() > most.get()) {
      throw kind.refuse(
          "vocabulary",
          "at most " + most.get() + " terms (max_tokens), special ones included",
          String.valueOf(lookup.size()));
    }
  }

  private void weights(Array vocabulary) {
    int given = config.get(IDF_WEIGHTS).map(List::size).orElse(0);
    if (config.get(OUTPUT_MODE) == OutputMode.TF_IDF && given != vocabulary.size()) {
      throw kind.refuse(
          "idf_weights",
          "as many as there are terms, " + vocabulary.size(),
          given == 0 ? "none" : String.valueOf(given));
    }
  }

  private static String quoted(Object term) {
    return term instanceof String text
        ? '"' + Listed.cut(text, QUOTED) + '"'
        : String.valueOf(term);
  }
}
