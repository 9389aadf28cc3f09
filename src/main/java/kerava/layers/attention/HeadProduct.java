package kerava.layers.attention;

import java.util.List;
import java.util.Optional;
import kerava.graph.BatchProduct;
import kerava.graph.Cast;
import kerava.graph.Scope;
import kerava.graph.TensorValue;
import kerava.layers.Dropout;
import kerava.layers.DynamicShape;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The values that queries find by the likeness of keys, head by head.
 *
 * <p>A query that sees no key finds the mean of all values where Keras has one operation for all of
 * this, and nothing where it computes scores by themselves: with dropout, if the scores are asked
 * for, or if there are more axes.
 *
 * @param layer says how
 * @param scope where to add operations
 * @param mask which queries see which keys
 * @param asked whether the scores are asked for
 * @param one whether Keras has one operation
 */
record HeadProduct(
    HeadAttention<?> layer,
    Scope scope,
    Optional<Operand<TBool>> mask,
    boolean asked,
    boolean one) {
  private static final float UNSEEN = -0.7f * 3.38953e38f;
  private static final float MASKED = -1e9f;
  private static final float MASKED_HALF = -3e4f;

  /** How many axes there are where Keras has one operation. */
  private static final int PLAIN_RANK = 4;

  /**
   * What was found.
   *
   * @param values of shape (batch, ..., heads, numbers)
   * @param scores of shape (batch, heads, queries, keys), if they were asked for; with the mask
   *     that they went by, as Keras' have it from the layer of its softmax
   */
  record Found<T extends TFloating>(Operand<T> values, Optional<TensorValue> scores) {}

  /** Whether Keras has one operation for such heads, unless the scores are asked for. */
  static boolean isOne(HeadAttention<?> layer, Operand<?> query) {
    return query.shape().numDimensions() == PLAIN_RANK
        && layer.config().get(HeadAttention.DROPOUT) == 0;
  }

  /** Adds the operations. */
  <T extends TFloating> Found<T> of(HeadCall.Heads<T> heads) {
    Ops tf = scope.tf();
    int rank = heads.query().shape().numDimensions();
    HeadLayout layout = new HeadLayout(rank, layer.attended(rank));
    Operand<T> key = layout.matrices(tf, heads.key());
    Operand<T> query = layout.matrices(tf, scaled(heads.query()));
    Operand<T> likeness = BatchProduct.transposed(tf, inHeads(query, heads(key)), key);
    boolean several = layout.attended().size() > 1 || heads(query) != heads(key);
    Axes axes =
        new Axes(
            layout,
            several
                ? Optional.of(layout.scores(tf, heads.query(), heads.key()))
                : Optional.empty());
    Operand<T> scores = scores(likeness, axes);
    Operand<T> found = BatchProduct.of(tf, dropped(scores), layout.matrices(tf, heads.value()));
    return new Found<>(
        layout.restored(tf, inHeads(found, heads(query)), heads.query()),
        asked
            ? Optional.of(
                new TensorValue(apart(scores, axes), mask.map(own -> stretched(own, axes))))
            : Optional.empty());
  }

  private <T extends TFloating> Operand<T> scaled(Operand<T> query) {
    Operand<TFloat32> factor = scope.tf().constant((float) (1 / Math.sqrt(layer.compared())));
    return scope.tf().math.mul(query, Cast.to(scope.tf(), factor, query.type()));
  }

  private static long heads(Operand<?> matrices) {
    return matrices.shape().get(matrices.shape().numDimensions() - 3);
  }

  /** Matrices of some heads as those of others, each with the rows of several, or with a part. */
  private <T extends TFloating> Operand<T> inHeads(Operand<T> matrices, long heads) {
    if (heads == heads(matrices)) {
      return matrices;
    }
    Ops tf = scope.tf();
    Shape from = matrices.shape();
    long rows = from.get(2) < 0 ? Shape.UNKNOWN_SIZE : from.get(2) * from.get(1) / heads;
    return tf.reshape(
        matrices,
        tf.stack(
            List.of(
                DynamicShape.of(tf, matrices, 0),
                tf.constant(Math.toIntExact(heads)),
                tf.constant(Math.toIntExact(rows)),
                DynamicShape.of(tf, matrices, 3))));
  }

  /**
   * What masks know of the axes of scores.
   *
   * @param layout how many axes of queries and keys there are
   * @param sizes of all axes, if the scores come with fewer
   */
  private record Axes(HeadLayout layout, Optional<Operand<TInt32>> sizes) {}

  private <T extends TFloating> Operand<T> apart(Operand<T> scores, Axes axes) {
    return axes.sizes().<Operand<T>>map(all -> scope.tf().reshape(scores, all)).orElse(scores);
  }

  /** How much of each value a query finds. */
  private <T extends TFloating> Operand<T> scores(Operand<T> likeness, Axes axes) {
    boolean half = likeness.type().equals(TFloat16.class);
    float unseen = one ? UNSEEN : half ? MASKED_HALF : MASKED;
    return Cast.inFloat32(
        scope.tf(),
        likeness,
        x -> {
          Operand<TFloat32> scores = scope.tf().nn.softmax(seen(x, axes, unseen));
          return one ? scores : seen(scores, axes, 0);
        });
  }

  /** Numbers with another in the places that the mask hides. */
  private Operand<TFloat32> seen(Operand<TFloat32> x, Axes axes, float otherwise) {
    if (mask.isEmpty()) {
      return x;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> all = apart(x, axes);
    Operand<TFloat32> seen = tf.select(stretched(mask.get(), axes), all, tf.constant(otherwise));
    return axes.sizes().isPresent() ? tf.reshape(seen, tf.shape(x)) : seen;
  }

  /** A mask with axes for what scores have more, in front of those of queries and keys. */
  private Operand<TBool> stretched(Operand<TBool> own, Axes axes) {
    Ops tf = scope.tf();
    int attended = axes.layout().attended().size();
    Operand<TBool> stretched = own;
    while (stretched.shape().numDimensions() < axes.layout().rank() - 1 + attended) {
      stretched = tf.expandDims(stretched, tf.constant(-2 * attended - 1));
    }
    return stretched;
  }

  private <T extends TFloating> Operand<T> dropped(Operand<T> scores) {
    double rate = layer.config().get(HeadAttention.DROPOUT);
    if (rate == 0) {
      return scores;
    }
    Dropout dropout = Dropout.of(rate);
    Dropout seeded =
        layer.config().get(HeadAttention.QUIET_SEED).map(dropout::seed).orElse(dropout);
    Scope own = scope.child("dropout");
    return Cast.inFloat32(scope.tf(), scores, x -> seeded.build(own, x));
  }
}
