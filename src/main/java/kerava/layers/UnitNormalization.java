package kerava.layers;

import java.util.Arrays;
import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Divides by the Euclidean norm along some axes: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/normalization_layers/unit_normalization/">Keras:
 *     UnitNormalization</a>
 */
public record UnitNormalization(Config config) implements UnaryLayer, PassesMask {
  private static final Key<List<Integer>> AXIS =
      Key.of("axis", Codec.oneOrMany(Codec.integer()), List.of(-1));

  /** What a norm is at least, as in Keras. */
  private static final float EPSILON = 1e-12f;

  /** How the layer is written and read. */
  public static final Schema<UnitNormalization> SCHEMA =
      Layer.schema("UnitNormalization", UnitNormalization::new, AXIS);

  /** The layer along the last axis. */
  public static UnitNormalization of() {
    return new UnitNormalization(SCHEMA.config());
  }

  /** The same layer along other axes; -1, the last one, by default. */
  public UnitNormalization axis(int... axes) {
    return new UnitNormalization(config.with(AXIS, Arrays.stream(axes).boxed().toList()));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.single();
    config.get(AXIS).forEach(axis -> Axes.of(inputs, axis, x.numDimensions()));
    return x;
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TInt32> axes = Axes.constant(tf, config.get(AXIS));
    Operand<TFloat32> squares = tf.sum(tf.math.square(x), axes, Sum.keepDims(true));
    return tf.math.mul(x, tf.math.minimum(tf.math.rsqrt(squares), tf.constant(1 / EPSILON)));
  }

  @Override
  public Schema<UnitNormalization> schema() {
    return SCHEMA;
  }
}
