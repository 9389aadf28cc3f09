package kerava.layers.preprocessing;

import java.util.Optional;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Visible;
import kerava.graph.Array;

/**
 * The class of a lookup: of what type its terms are, and where its arguments have them.
 *
 * @param owner the name of the class
 * @param type STRING or INT64
 * @param vocabulary the key of the terms as they were given or learned
 * @param mask the key of the term that stands for what is masked
 * @param unknown the key of the term that stands for those that are not in the vocabulary
 */
public record TermKind(
    String owner,
    Array.Type type,
    Key<Optional<Array>> vocabulary,
    Key<Optional<Array>> mask,
    Key<Optional<Array>> unknown) {

  /** A special term: String or Long. */
  static Optional<Object> term(Config config, Key<Optional<Array>> key) {
    return config.get(key).map(term -> Terms.list(term).get(0));
  }

  IllegalArgumentException refuse(String what, String expected, String got) {
    return new IllegalArgumentException(
        Visible.of(owner + " " + what + ": expected " + expected + ", got " + got + "."));
  }
}
