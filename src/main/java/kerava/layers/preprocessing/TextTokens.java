package kerava.layers.preprocessing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kerava.graph.Array;
import kerava.graph.HostFunction;
import kerava.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TString;

/** The terms of texts on the host, by the operations that find them in a graph. */
final class TextTokens {
  private static final Map<Tokens.Rules, HostFunction> FUNCTIONS = new ConcurrentHashMap<>();

  private TextTokens() {}

  /**
   * The terms of each text.
   *
   * @throws IllegalArgumentException if these are no texts, or of a shape that cannot be split
   */
  static List<List<String>> of(Tokens.Rules rules, Array texts) {
    int rank = texts.shape().numDimensions();
    boolean split = rules.split().isPresent();
    boolean alone = rank < 2 || texts.shape().get(rank - 1) == 1;
    if (texts.type() != Array.Type.STRING || (split && !alone)) {
      throw new IllegalArgumentException(
          "TextVectorization adapt: expected texts of shape (texts) or (texts, 1), got "
              + texts
              + ".");
    }
    if (texts.size() == 0) {
      return List.of();
    }
    long width = rank < 2 ? 1 : texts.shape().get(rank - 1);
    Array table = Array.of(texts.texts(), texts.size() / width, width);
    HostFunction function =
        FUNCTIONS.computeIfAbsent(rules, some -> HostFunction.of(tf -> ends(tf, some)));
    try (Tensor fed = Tensors.of(table)) {
      List<Array> results = function.results(List.of(fed));
      return rows(results.get(0).texts(), results.get(1).longs());
    }
  }

  private static HostFunction.Ends ends(Ops tf, Tokens.Rules rules) {
    Operand<TString> texts =
        tf.placeholder(
            TString.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE)));
    Tokens tokens = Tokens.of(tf, texts, rules);
    // TensorFlow refuses to fetch what is fed.
    return new HostFunction.Ends(
        List.of(texts), List.of(tf.identity(tokens.values()), tf.identity(tokens.splits())));
  }

  private static List<List<String>> rows(String[] terms, long[] splits) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 1; i < splits.length; i++) {
      rows.add(Arrays.asList(terms).subList((int) splits[i - 1], (int) splits[i]));
    }
    return rows;
  }
}
