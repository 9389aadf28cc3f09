package kerava.layers;

import java.util.List;
import java.util.function.UnaryOperator;
import kerava.Layer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Turns images at random around their middle in training: (batch, height, width, channels) → the
 * same.
 *
 * <p>The same seed and step give the same images; outside training the images stay. No gradient
 * passes through it in training, so what comes before it cannot have weights to train.
 *
 * <p>By default what lies beyond the edges is reflected, pixels are interpolated bilinearly, and
 * there is no seed beside the training's.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/">Keras:
 *     RandomRotation</a>
 */
public record RandomRotation(Config config)
    implements DrawnAugmentation<RandomRotation>, FillArguments<RandomRotation> {
  private static final Key<Range> FACTOR = Key.required("factor", Range.within(-1, 1));
  // Keras 3.5 writes it and makes no use of it, later versions refuse it: any is read as none.
  private static final Key<Range> VALUE_RANGE =
      Key.of("value_range", Range.UNUSED, Range.PIXELS).quiet();

  /** How the layer is written and read. */
  public static final Schema<RandomRotation> SCHEMA =
      Layer.schema("RandomRotation", RandomRotation::new, FACTOR, VALUE_RANGE, DataFormat.KEY)
          .with(FILL_MODE, FILL_VALUE, INTERPOLATION, SEED, BoxFormat.KEY);

  /**
   * The layer that turns both ways alike.
   *
   * @param factor how far at most, as a part of a full turn: 0.25 for a right angle
   * @throws IllegalArgumentException if it is beyond −1 to 1
   */
  public static RandomRotation of(double factor) {
    return of(Range.around(factor));
  }

  /**
   * The layer.
   *
   * @param factor how far, as a part of a full turn; positive is counterclockwise
   * @throws IllegalArgumentException if it goes beyond −1 to 1
   */
  public static RandomRotation of(Range factor) {
    return new RandomRotation(SCHEMA.config().with(FACTOR, factor));
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Warp warp = new Warp(scope, config, x);
    Operand<TFloat32> angle =
        tf.math.mul(
            new RandomNumbers(scope, config, x).uniform("angle", config.get(FACTOR)),
            tf.constant((float) (2 * Math.PI)));
    Operand<TFloat32> cos = tf.math.cos(angle);
    Operand<TFloat32> sin = tf.math.sin(angle);
    Operand<TFloat32> column = warp.middle(warp.width());
    Operand<TFloat32> row = warp.middle(warp.height());
    // What keeps the middle where it is.
    Operand<TFloat32> x0 =
        tf.math.add(tf.math.sub(column, tf.math.mul(column, cos)), tf.math.mul(row, sin));
    Operand<TFloat32> y0 =
        tf.math.sub(tf.math.sub(row, tf.math.mul(column, sin)), tf.math.mul(row, cos));
    return images ->
        new Warp(scope, config, images)
            .build(List.of(cos, tf.math.neg(sin), x0), List.of(sin, cos, y0));
  }

  @Override
  public Schema<RandomRotation> schema() {
    return SCHEMA;
  }
}
