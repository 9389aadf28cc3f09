package kerava.graph;

import java.util.stream.LongStream;

/**
 * What a table of a graph holds: terms with consecutive numbers, looked up one way or the other.
 *
 * @param terms STRING or INT64 of shape (terms), none of them twice
 * @param first the number of the first term
 * @param inverse whether numbers are looked up, and give terms
 * @param missing what is given for that which is not there: one INT64 number, or one term
 */
public record TermTable(Array terms, long first, boolean inverse, Array missing) {
  /** What is looked up. */
  public Array keys() {
    return inverse ? numbers() : terms;
  }

  /** What is given, in the order of the keys. */
  public Array values() {
    return inverse ? terms : numbers();
  }

  private Array numbers() {
    return Array.of(LongStream.range(first, first + terms.size()).toArray(), terms.size());
  }

  /** Whether the terms can stand in a file, one a line, from which TensorFlow reads them. */
  public boolean isLines() {
    if (terms.type() != Array.Type.STRING) {
      return false;
    }
    for (String term : terms.texts()) {
      // TensorFlow refuses empty lines, and passes over carriage returns.
      if (term.isEmpty() || term.indexOf('\n') >= 0 || term.indexOf('\r') >= 0) {
        return false;
      }
    }
    return terms.size() > 0;
  }
}
