package kerava.layers;

import java.util.Arrays;
import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.initializers.Ones;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Divides by the root of the mean square along some axes, then applies a factor (Zhang and Sennrich
 * 2019): any shape → the same.
 *
 * <p>Its weight is {@code scale}, of the sizes of those axes; it multiplies the last axes, as many
 * as it has, whichever the others are.
 *
 * <p>By default it is along the last axis, and 1e-6 is added to the mean square.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/normalization_layers/rms_normalization/">Keras:
 *     RMSNormalization</a>
 */
public record RMSNormalization(Config config) implements UnaryLayer {
  private static final Key<List<Integer>> AXIS =
      Key.of("axis", Codec.oneOrMany(Codec.integer()), List.of(-1));
  private static final Key<Double> EPSILON = Key.of("epsilon", Codec.atLeastZero(), 1e-6);

  /** How the layer is written and read. */
  public static final Schema<RMSNormalization> SCHEMA =
      Layer.schema("RMSNormalization", RMSNormalization::new, AXIS, EPSILON);

  /** The layer along the last axis. */
  public static RMSNormalization of() {
    return new RMSNormalization(SCHEMA.config());
  }

  /** The same layer along other axes; -1, the last one, by default. */
  public RMSNormalization axis(int... axes) {
    return new RMSNormalization(config.with(AXIS, Arrays.stream(axes).boxed().toList()));
  }

  /**
   * The same layer with another number that is added to the mean square; 1e-6 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public RMSNormalization epsilon(double epsilon) {
    return new RMSNormalization(config.with(EPSILON, epsilon));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    weights(inputs);
    return inputs.single();
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Shape x = inputs.single();
    int rank = x.numDimensions();
    long[] sizes =
        config.get(AXIS).stream()
            .sorted()
            .mapToLong(axis -> x.get(Axes.of(inputs, axis, rank)))
            .toArray();
    for (int i = 0; i < sizes.length; i++) {
      long against = x.get(rank - sizes.length + i);
      if (sizes[i] == Shape.UNKNOWN_SIZE || (sizes[i] != 1 && sizes[i] != against)) {
        throw inputs.refuse(
            "known sizes along the axes "
                + config.get(AXIS)
                + " that the last axes have, which Keras multiplies",
            "");
      }
    }
    return List.of(WeightSpec.trained("scale", Shape.of(sizes), Ones.of()));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> squares =
        tf.math.mean(tf.math.square(x), Axes.constant(tf, config.get(AXIS)), Mean.keepDims(true));
    Operand<TFloat32> epsilon = tf.constant(config.get(EPSILON).floatValue());
    Operand<TFloat32> y = tf.math.mul(x, tf.math.rsqrt(tf.math.add(squares, epsilon)));
    return tf.math.mul(y, scope.weight("scale"));
  }

  @Override
  public Schema<RMSNormalization> schema() {
    return SCHEMA;
  }
}
