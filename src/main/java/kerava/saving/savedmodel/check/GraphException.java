package kerava.saving.savedmodel.check;

import java.io.Serial;

/** A graph that is not given to TensorFlow: where in it, what was expected, what stands there. */
public final class GraphException extends Exception {
  /** What to do about a graph that does more than compute. */
  public static final String TRUST =
      "If you trust who made it: --trust, or LoadOptions.trusted() in Java.";

  @Serial private static final long serialVersionUID = 1;

  private final String where;
  private final String expected;
  private final String found;
  private final String hint;

  private GraphException(String where, String expected, String found, String hint) {
    super(where + ": expected " + expected + ", got " + found + ". " + hint);
    this.where = where;
    this.expected = expected;
    this.found = found;
    this.hint = hint;
  }

  /** A graph that no program of TensorFlow's writes. */
  static GraphException damaged(String where, String expected, String found) {
    return new GraphException(where, expected, found, "Is it damaged?");
  }

  /** A graph that would take more memory than a model of its size needs. */
  static GraphException large(String where, String expected, String found, String property) {
    return new GraphException(where, expected, found, "-D" + property + " sets another limit.");
  }

  /** A graph of operations that are not in the library. */
  static GraphException unknown(String where, String expected, String found) {
    return new GraphException(
        where, expected, found, "Operations of other libraries are not here.");
  }

  /** A graph that does more than compute. */
  static GraphException untrusted(String where, String expected, String found) {
    return new GraphException(where, expected, found, TRUST);
  }

  /** The place in the graph: {@code node "w/read"}. */
  public String where() {
    return where;
  }

  /** What should stand there. */
  public String expected() {
    return expected;
  }

  /** What stands there. */
  public String found() {
    return found;
  }

  /** A question, or advice. */
  public String hint() {
    return hint;
  }
}
