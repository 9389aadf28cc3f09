package kerava.layers.preprocessing;

import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The operations of a text vectorization.
 *
 * @param lookup which number each term has
 * @param rules how texts become terms
 * @param length how many numbers each text gets
 */
record TextGraph(TermLookup lookup, Tokens.Rules rules, Optional<Integer> length) {
  private static final long UNKNOWN = Shape.UNKNOWN_SIZE;

  private boolean splits() {
    return rules.split().isPresent();
  }

  /** The type and shape of what comes out. */
  TensorSpec output(Inputs inputs) {
    Shape shape = inputs.single();
    if (inputs.tensors().get(0).type() != DType.STRING) {
      throw new IllegalArgumentException(
          "%s: expected texts, got %s.".formatted(inputs.where(), inputs.tensors().get(0)));
    }
    if (lookup.mode() == OutputMode.INT) {
      return new TensorSpec(numbers(inputs, shape), DType.INT64);
    }
    return new TensorSpec(rows(inputs, shape), lookup.rowType());
  }

  private Shape numbers(Inputs inputs, Shape shape) {
    if (splits()) {
      return texts(inputs, shape).append(length.map(Integer::longValue).orElse(UNKNOWN));
    }
    int rank = shape.numDimensions();
    if (rank == 1) {
      if (length.isPresent() || !rules.ngrams().isEmpty()) {
        throw unsplit(inputs);
      }
      return shape;
    }
    return leading(shape).append(length.map(Integer::longValue).orElse(terms(shape)));
  }

  private Shape rows(Inputs inputs, Shape shape) {
    Encoding encoding = lookup.encoding();
    if (splits()) {
      boolean ragged = lookup.mode() == OutputMode.ONE_HOT;
      if (ragged || texts(inputs, shape).numDimensions() != 1) {
        throw new IllegalArgumentException(
            "%s: expected %s, got %s. Of these Keras makes ragged tensors, which Kerava has not."
                .formatted(
                    inputs.where(),
                    ragged ? "another output_mode where texts are split" : "one text a sample",
                    ragged ? "ONE_HOT" : shape));
      }
      return Shape.of(shape.get(0), encoding.depth());
    }
    if (shape.numDimensions() == 1 && !rules.ngrams().isEmpty()) {
      throw unsplit(inputs);
    }
    boolean grouped = shape.numDimensions() > 1;
    return encoding.shape(inputs, grouped ? leading(shape).append(terms(shape)) : shape);
  }

  private static IllegalArgumentException unsplit(Inputs inputs) {
    return inputs.refuse("an axis of terms behind the batch, where texts are not split", "");
  }

  private static Shape leading(Shape shape) {
    return shape.subShape(0, shape.numDimensions() - 1);
  }

  private long terms(Shape shape) {
    return Tokens.count(shape.get(shape.numDimensions() - 1), rules.ngrams());
  }

  private static Shape texts(Inputs inputs, Shape shape) {
    int rank = shape.numDimensions();
    if (rank > 1 && shape.get(rank - 1) != 1) {
      throw inputs.refuse("texts of shape (batch) or (batch, 1)", "");
    }
    return rank > 1 ? leading(shape) : shape;
  }

  /** Adds what the layer gives for texts. */
  Operand<? extends TType> add(Scope scope, Operand<? extends TType> values) {
    Ops tf = scope.tf();
    Operand<TString> texts = values.asOutput().expect(TString.class);
    Tokens tokens = Tokens.of(tf, texts, rules);
    LookupGraph graph = new LookupGraph(scope, lookup);
    Operand<TInt64> numbers = graph.numbers(tokens.values());
    if (lookup.mode() == OutputMode.INT) {
      return dense(tf, texts, tokens, numbers);
    }
    return splits() ? graph.rows(tokens, numbers) : graph.rows(dense(tf, texts, tokens, numbers));
  }

  /** The numbers as a tensor with the axes of the texts, and one of their terms. */
  private Operand<TInt64> dense(
      Ops tf, Operand<TString> texts, Tokens tokens, Operand<TInt64> numbers) {
    Shape shape = texts.shape();
    int rank = shape.numDimensions();
    if (rank == 1 && !splits()) {
      return numbers;
    }
    long width = length.map(Integer::longValue).orElse(splits() ? UNKNOWN : terms(shape));
    Operand<TInt64> table = tokens.table(tf, numbers, width);
    Shape around = splits() && rank == 1 ? shape : leading(shape);
    if (around.numDimensions() == 1) {
      return tf.ensureShape(table, around.append(width));
    }
    Operand<TInt64> sizes =
        tf.slice(
            tf.shape(texts, TInt64.class),
            tf.constant(new int[] {0}),
            tf.constant(new int[] {rank - 1}));
    Operand<TInt64> whole =
        tf.concat(List.of(sizes, tf.constant(new long[] {width})), tf.constant(0));
    return tf.ensureShape(tf.reshape(table, whole), around.append(width));
  }
}
