package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.regularizers.L1L2;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Adds a penalty on its input to the loss, and changes nothing: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularization_layers/activity_regularization/">Keras:
 *     ActivityRegularization</a>
 */
public record ActivityRegularization(Config config) implements UnaryLayer, PassesMask {
  private static final Key<Double> L1 = Key.of("l1", Codec.atLeastZero(), 0.0);
  private static final Key<Double> L2 = Key.of("l2", Codec.atLeastZero(), 0.0);

  /** How the layer is written and read. */
  public static final Schema<ActivityRegularization> SCHEMA =
      Layer.schema("ActivityRegularization", ActivityRegularization::new, L1, L2);

  /**
   * The layer with both factors.
   *
   * @param l1 of the absolute values
   * @param l2 of the squares
   * @throws IllegalArgumentException if one of them is below 0
   */
  public static ActivityRegularization of(double l1, double l2) {
    return new ActivityRegularization(SCHEMA.config().with(L1, l1).with(L2, l2));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.single();
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    penalize(scope, L1L2.of(config.get(L1), config.get(L2)), x);
    return x;
  }

  /** Adds the penalty of what a layer gives, a sample: so that it depends on no batch's size. */
  public static void penalize(Scope scope, Regularizer regularizer, Operand<TFloat32> outputs) {
    Ops tf = scope.tf();
    Operand<TInt32> samples = tf.shape.size(tf.shape(outputs), tf.constant(0));
    Operand<TFloat32> count =
        tf.dtypes.cast(tf.reshape(samples, tf.constant(new int[0])), TFloat32.class);
    scope.penalty(tf.math.divNoNan(regularizer.penalty(tf, outputs), count));
  }

  @Override
  public Schema<ActivityRegularization> schema() {
    return SCHEMA;
  }
}
