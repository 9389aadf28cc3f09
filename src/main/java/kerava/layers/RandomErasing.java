package kerava.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Covers a random rectangle of images in training (Zhong et al. 2017, DeVries and Taylor 2017):
 * (batch, height, width, channels) → the same.
 *
 * <p>The same seed and step give the same images; outside training the images stay.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_erasing/">Keras:
 *     RandomErasing</a>
 */
public record RandomErasing(Config config) implements ImageAugmentation<RandomErasing> {
  private static final Key<Range> FACTOR = Key.of("factor", Range.within(0, 1), new Range(0, 1));
  private static final Key<Range> SCALE =
      Key.of("scale", Range.within(0, 1), new Range(0.02, 0.33));
  private static final Key<Optional<List<Double>>> FILL_VALUE =
      Key.optional(
          "fill_value",
          Codec.oneOrMany(Codec.number())
              .where("a number or three", list -> list.size() == 1 || list.size() == 3));
  private static final Key<Range> VALUE_RANGE = Key.of("value_range", Range.VALUES, Range.PIXELS);

  /** How the layer is written and read. */
  public static final Schema<RandomErasing> SCHEMA =
      Layer.schema(
              "RandomErasing", RandomErasing::new, FACTOR, SCALE, FILL_VALUE, VALUE_RANGE, SEED)
          .with(DataFormat.KEY, BoxFormat.KEY);

  /** The layer with Keras' defaults, which covers every other image on average. */
  public static RandomErasing of() {
    return new RandomErasing(SCHEMA.config());
  }

  /**
   * The same layer with another probability, itself drawn for each image; from 0 to 1 by default.
   *
   * @throws IllegalArgumentException if it goes beyond 0 to 1
   */
  public RandomErasing factor(double lower, double upper) {
    return new RandomErasing(config.with(FACTOR, new Range(lower, upper)));
  }

  /**
   * The same layer with rectangles of another size; 0.02 to 0.33 by default.
   *
   * @param lower the square of the rectangle's least height and width as parts of the image's
   * @param upper the square of the greatest
   * @throws IllegalArgumentException if one is beyond 0 to 1
   */
  public RandomErasing scale(double lower, double upper) {
    return new RandomErasing(config.with(SCALE, new Range(lower, upper)));
  }

  /**
   * The same layer that covers with a color; with noise by default.
   *
   * @param values one number, or one for each of three channels
   * @throws IllegalArgumentException if there are neither one nor three
   */
  public RandomErasing fillValue(double... values) {
    List<Double> list = Arrays.stream(values).boxed().toList();
    return new RandomErasing(config.with(FILL_VALUE, Optional.of(list)));
  }

  /** The same layer for pixels of other numbers, which the cover is kept within; 0 to 255. */
  public RandomErasing valueRange(double lower, double upper) {
    return new RandomErasing(config.with(VALUE_RANGE, new Range(lower, upper)));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.image();
    int colors = config.get(FILL_VALUE).map(List::size).orElse(1);
    if (colors > 1 && x.get(3) != colors) {
      throw inputs.refuse("images of " + colors + " channels, as many as fill_value has", "");
    }
    return x;
  }

  @Override
  public Operand<TFloat32> augment(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    RandomNumbers draws = new RandomNumbers(scope, config, x);
    Operand<TBool> chosen =
        tf.math.less(
            draws.uniform("choice", new Range(0, 1)),
            draws.uniform("probability", config.get(FACTOR)));
    Operand<TBool> rows = tf.expandDims(covered(draws, 1), tf.constant(2));
    Operand<TBool> columns = tf.expandDims(covered(draws, 2), tf.constant(1));
    Operand<TBool> rectangle = tf.expandDims(tf.math.logicalAnd(rows, columns), tf.constant(3));
    Operand<TBool> mask = tf.math.logicalAnd(rectangle, RandomNumbers.decided(tf, chosen));
    return tf.select(mask, config.get(VALUE_RANGE).clip(tf, cover(draws)), x);
  }

  /** Which rows or columns the rectangle covers: (batch, side). */
  private Operand<TBool> covered(RandomNumbers draws, int axis) {
    Ops tf = draws.scope().tf();
    Operand<TInt32> side = DynamicShape.of(tf, draws.images(), axis);
    Operand<TFloat32> size = tf.dtypes.cast(side, TFloat32.class);
    Operand<TFloat32> length =
        tf.math.mul(tf.math.sqrt(draws.uniform("size" + axis, config.get(SCALE))), size);
    Operand<TFloat32> first =
        tf.math.mul(draws.uniform("start" + axis, new Range(0, 1)), tf.math.sub(size, length));
    Operand<TFloat32> start = tf.expandDims(first, tf.constant(1));
    Operand<TFloat32> end = tf.expandDims(tf.math.add(first, length), tf.constant(1));
    Operand<TFloat32> places =
        tf.dtypes.cast(tf.range(tf.constant(0), side, tf.constant(1)), TFloat32.class);
    return tf.math.logicalAnd(tf.math.greaterEqual(places, start), tf.math.less(places, end));
  }

  private Operand<TFloat32> cover(RandomNumbers draws) {
    Ops tf = draws.scope().tf();
    float most = (float) config.get(VALUE_RANGE).upper();
    return config
        .get(FILL_VALUE)
        .map(values -> Constants.constant(tf, values))
        .orElseGet(() -> tf.math.mul(draws.normal("noise"), tf.constant(most)));
  }

  @Override
  public Schema<RandomErasing> schema() {
    return SCHEMA;
  }
}
