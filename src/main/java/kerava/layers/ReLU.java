package kerava.layers;

import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Cast;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Cuts off what is below a threshold: any shape → the same.
 *
 * <p>f(x) = the maximum if x is above it, x if x ≥ threshold, else slope · (x - threshold).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/activation_layers/relu/">Keras: ReLU</a>
 */
public record ReLU(Config config) implements TypedUnaryLayer, PassesMask {
  private static final Key<Optional<Double>> MAX_VALUE =
      Key.optional("max_value", Codec.atLeastZero());
  private static final Key<Double> NEGATIVE_SLOPE =
      Key.of("negative_slope", Codec.atLeastZero(), 0.0);
  private static final Key<Double> THRESHOLD = Key.of("threshold", Codec.atLeastZero(), 0.0);

  /** How the layer is written and read. */
  public static final Schema<ReLU> SCHEMA =
      Layer.schema("ReLU", ReLU::new, MAX_VALUE, NEGATIVE_SLOPE, THRESHOLD);

  /** The layer max(x, 0). */
  public static ReLU of() {
    return new ReLU(SCHEMA.config());
  }

  private <T> ReLU with(Key<T> key, T value) {
    return new ReLU(config.with(key, value));
  }

  /**
   * The same layer with a largest output; without one by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public ReLU maxValue(double maxValue) {
    return with(MAX_VALUE, Optional.of(maxValue));
  }

  /**
   * The same layer with a slope below the threshold; 0 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public ReLU negativeSlope(double slope) {
    return with(NEGATIVE_SLOPE, slope);
  }

  /**
   * The same layer with another threshold; 0 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public ReLU threshold(double threshold) {
    return with(THRESHOLD, threshold);
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.single();
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return isPlain()
        ? scope.tf().nn.relu(x)
        : Cast.inFloat32(scope.tf(), x, y -> bent(scope.tf(), y));
  }

  private boolean isPlain() {
    return config.get(NEGATIVE_SLOPE) == 0
        && config.get(THRESHOLD) == 0
        && config.get(MAX_VALUE).isEmpty();
  }

  private Operand<TFloat32> bent(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> upper = upper(tf, x);
    if (config.get(NEGATIVE_SLOPE) == 0) {
      return upper;
    }
    Operand<TFloat32> threshold = tf.constant(config.get(THRESHOLD).floatValue());
    Operand<TFloat32> lower = tf.nn.relu(tf.math.sub(threshold, x));
    return tf.math.sub(
        upper, tf.math.mul(lower, tf.constant(config.get(NEGATIVE_SLOPE).floatValue())));
  }

  private Operand<TFloat32> upper(Ops tf, Operand<TFloat32> x) {
    double threshold = config.get(THRESHOLD);
    Optional<Double> most = config.get(MAX_VALUE);
    if (threshold == 0 && most.equals(Optional.of(6.0))) {
      return tf.nn.relu6(x);
    }
    Operand<TFloat32> kept =
        threshold == 0
            ? tf.nn.relu(x)
            : tf.select(tf.math.greater(x, tf.constant((float) threshold)), x, tf.constant(0f));
    return most.isPresent()
        ? tf.clipByValue(kept, tf.constant(0f), tf.constant(most.get().floatValue()))
        : kept;
  }

  @Override
  public Schema<ReLU> schema() {
    return SCHEMA;
  }
}
