package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Shows images as if seen from aside at random in training: (batch, height, width, channels) → the
 * same. Corners move towards or away from the upper left one, which stays; as in Keras, those that
 * lie on an edge through it stay on that edge.
 *
 * <p>The same seed and step give the same images; outside training the images stay. No gradient
 * passes through it in training, so what comes before it cannot have weights to train.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_perspective/">Keras:
 *     RandomPerspective</a>
 */
public record RandomPerspective(Config config)
    implements DrawnAugmentation<RandomPerspective>, InterpolationArguments<RandomPerspective> {
  private static final int CORNERS = 4;
  private static final Key<Range> FACTOR = Key.of("factor", Range.factor(0, 1), new Range(0, 1));
  private static final Key<Double> SCALE = Key.of("scale", Codec.between(0, 1), 1.0);

  /** How the layer is written and read. */
  public static final Schema<RandomPerspective> SCHEMA =
      Layer.schema("RandomPerspective", RandomPerspective::new, FACTOR, SCALE)
          .with(INTERPOLATION, FILL_VALUE, SEED, DataFormat.KEY, BoxFormat.KEY);

  /** The layer with Keras' defaults, which bends every other image on average. */
  public static RandomPerspective of() {
    return new RandomPerspective(SCHEMA.config());
  }

  /**
   * The same layer with another probability, itself drawn for each image; from 0 to 1 by default.
   *
   * @throws IllegalArgumentException if it does not meet 0 to 1
   */
  public RandomPerspective factor(double lower, double upper) {
    return new RandomPerspective(config.with(FACTOR, new Range(lower, upper)));
  }

  /**
   * The same layer whose corners move by another part of the sides, half of it each way; 1 by
   * default.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public RandomPerspective scale(double scale) {
    return new RandomPerspective(config.with(SCALE, scale));
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    RandomNumbers draws = new RandomNumbers(scope, config, x);
    Operand<TBool> chosen = RandomNumbers.decided(tf, draws.chosen(config.get(FACTOR)));
    Operand<TFloat32> moves =
        draws.uniform(
            "corners",
            Range.around(0.5 * config.get(SCALE)),
            Shape.of(x.shape().get(0), CORNERS, 2));
    Operand<TFloat32> maps = maps(tf, corners(tf, new Warp(scope, config, x)), moves);
    return images ->
        tf.select(chosen, new Warp(scope, config, images).build(maps, FillMode.CONSTANT), images);
  }

  /** Column and row of the corners: (1, 4, 2). */
  private static Operand<TFloat32> corners(Ops tf, Warp warp) {
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TFloat32> right = tf.math.sub(warp.width(), tf.constant(1f));
    Operand<TFloat32> bottom = tf.math.sub(warp.height(), tf.constant(1f));
    return tf.reshape(
        tf.stack(List.of(zero, zero, right, zero, zero, bottom, right, bottom)),
        tf.constant(new int[] {1, CORNERS, 2}));
  }

  /** What takes each place of the result to one of the image: (batch, 8). */
  private static Operand<TFloat32> maps(
      Ops tf, Operand<TFloat32> corners, Operand<TFloat32> moves) {
    Operand<TFloat32> from = tf.math.add(tf.zerosLike(moves), corners);
    Operand<TFloat32> to = tf.math.add(from, tf.math.mul(from, moves));
    List<Operand<TFloat32>> rows = new ArrayList<>();
    for (int corner = 0; corner < CORNERS; corner++) {
      Operand<TFloat32> column = place(tf, to, corner, 0);
      Operand<TFloat32> row = place(tf, to, corner, 1);
      for (int axis = 0; axis < 2; axis++) {
        rows.add(equation(tf, column, row, place(tf, from, corner, axis), axis));
      }
    }
    Operand<TFloat32> wanted = tf.reshape(from, tf.constant(new int[] {-1, 2 * CORNERS, 1}));
    Operand<TFloat32> solved = tf.linalg.solve(tf.stack(rows, Stack.axis(1L)), wanted);
    return tf.reshape(solved, tf.constant(new int[] {-1, 2 * CORNERS}));
  }

  /** One of the numbers of the corners, for each image: (batch). */
  private static Operand<TFloat32> place(Ops tf, Operand<TFloat32> corners, int corner, int axis) {
    Operand<TFloat32> both = tf.gather(corners, tf.constant(corner), tf.constant(1));
    return tf.gather(both, tf.constant(axis), tf.constant(1));
  }

  /** A row of the equations that say where a corner comes from, along one axis: (batch, 8). */
  private static Operand<TFloat32> equation(
      Ops tf, Operand<TFloat32> column, Operand<TFloat32> row, Operand<TFloat32> from, int axis) {
    List<Operand<TFloat32>> own = List.of(column, row, tf.onesLike(column));
    Operand<TFloat32> zero = tf.zerosLike(column);
    List<Operand<TFloat32>> others = List.of(zero, zero, zero);
    List<Operand<TFloat32>> all = new ArrayList<>(axis == 0 ? own : others);
    all.addAll(axis == 0 ? others : own);
    all.add(tf.math.mul(tf.math.neg(from), column));
    all.add(tf.math.mul(tf.math.neg(from), row));
    return tf.stack(all, Stack.axis(1L));
  }

  @Override
  public Schema<RandomPerspective> schema() {
    return SCHEMA;
  }
}
