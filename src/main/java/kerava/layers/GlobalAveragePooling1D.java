package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.CallArguments;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The mean of each channel: (batch, steps, channels) → (batch, channels).
 *
 * <p>By default the axes in between are gone, and do not stay with size 1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_average_pooling1d/">Keras:
 *     GlobalAveragePooling1D</a>
 */
public record GlobalAveragePooling1D(Config config)
    implements UnaryLayer, GlobalPoolingArguments<GlobalAveragePooling1D> {
  /** How the layer is written and read. */
  public static final Schema<GlobalAveragePooling1D> SCHEMA =
      Layer.schema("GlobalAveragePooling1D", GlobalAveragePooling1D::new, DataFormat.KEY, KEEPDIMS)
          .alias("GlobalAvgPool1D");

  /** The layer. */
  public static GlobalAveragePooling1D of() {
    return new GlobalAveragePooling1D(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Pooling.globalShape(config, inputs, 1);
  }

  @Override
  public List<String> arguments() {
    return List.of(CallArguments.INPUTS, "mask");
  }

  /** The mean of the steps that count, where a mask says which. */
  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return scope
        .mask()
        .map(mask -> masked(scope.tf(), x, mask))
        .orElseGet(() -> Pooling.mean(config, scope.tf(), x));
  }

  private Operand<TFloat32> masked(Ops tf, Operand<TFloat32> x, Operand<TBool> mask) {
    Operand<TBool> steps = tf.expandDims(mask, tf.constant(2));
    Operand<TFloat32> zeros = tf.zerosLike(x);
    Operand<TFloat32> kept =
        tf.select(tf.math.logicalAnd(steps, tf.math.equal(zeros, zeros)), x, zeros);
    Operand<TInt32> axis = tf.constant(1);
    Sum.Options keepDims = Sum.keepDims(config.get(KEEPDIMS));
    return tf.math.div(
        tf.sum(kept, axis, keepDims),
        tf.sum(tf.dtypes.cast(steps, TFloat32.class), axis, keepDims));
  }

  @Override
  public Schema<GlobalAveragePooling1D> schema() {
    return SCHEMA;
  }
}
