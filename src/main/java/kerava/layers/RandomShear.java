package kerava.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.function.UnaryOperator;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Slants images at random in training: (batch, height, width, channels) → the same. The upper left
 * corner stays; one draw decides on the direction of both axes.
 *
 * <p>The same seed and step give the same images; outside training the images stay. No gradient
 * passes through it in training, so what comes before it cannot have weights to train.
 *
 * <p>By default what lies beyond the edges is reflected and pixels are interpolated bilinearly.
 * Keras reads a single factor f as −f to f, writes that as two numbers and then refuses to read
 * them; here it is written as f.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_shear/">Keras:
 *     RandomShear</a>
 */
public record RandomShear(Config config)
    implements DrawnAugmentation<RandomShear>, FillArguments<RandomShear> {
  private static final Range NONE = new Range(-0.0, 0);
  private static final Codec<Range> FACTORS = Range.within(-1, 1, RandomShear::written);
  private static final Key<Range> X_FACTOR = Key.of("x_factor", FACTORS, NONE);
  private static final Key<Range> Y_FACTOR = Key.of("y_factor", FACTORS, NONE);

  /** How the layer is written and read. */
  public static final Schema<RandomShear> SCHEMA =
      Layer.schema("RandomShear", RandomShear::new, X_FACTOR, Y_FACTOR)
          .with(FILL_MODE, INTERPOLATION, SEED, FILL_VALUE, DataFormat.KEY, BoxFormat.KEY);

  /**
   * The layer.
   *
   * @param x by how much of a pixel's height above it a pixel moves sideways, from 0 to 1, or from
   *     −f to f
   * @param y the same downwards
   * @throws IllegalArgumentException if one goes beyond −1 to 1
   */
  public static RandomShear of(Range x, Range y) {
    return new RandomShear(SCHEMA.config().with(X_FACTOR, x).with(Y_FACTOR, y));
  }

  private static JsonNode written(Range factor) {
    return factor.lower() < 0 && factor.upper() == -factor.lower()
        ? JsonNodeFactory.instance.numberNode(factor.upper())
        : Range.write(factor);
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    RandomNumbers draws = new RandomNumbers(scope, config, x);
    Operand<TFloat32> way = draws.sign("invert");
    Operand<TFloat32> down = tf.math.mul(draws.uniform("y", config.get(Y_FACTOR)), way);
    Operand<TFloat32> right = tf.math.mul(draws.uniform("x", config.get(X_FACTOR)), way);
    Operand<TFloat32> one = tf.onesLike(down);
    Operand<TFloat32> zero = tf.zerosLike(down);
    return images ->
        new Warp(scope, config, images).build(List.of(one, right, zero), List.of(down, one, zero));
  }

  @Override
  public Schema<RandomShear> schema() {
    return SCHEMA;
  }
}
