package kerava.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.graph.Scope;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Brings the numbers of each sample along some axes to mean 0 and variance 1, then applies a factor
 * and an offset (Ba et al. 2016): any shape → the same.
 *
 * <p>Its weights are {@code gamma} and {@code beta}, of the shape of those axes.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/normalization_layers/layer_normalization/">Keras:
 *     LayerNormalization</a>
 */
public record LayerNormalization(Config config) implements UnaryLayer {
  private static final Key<List<Integer>> AXIS =
      Key.of("axis", Codec.oneOrMany(Codec.integer()), List.of(-1));
  private static final Key<Boolean> RMS_SCALING =
      Key.only("rms_scaling", Codec.bool(), false).quiet();

  /** How the layer is written and read. */
  public static final Schema<LayerNormalization> SCHEMA =
      Layer.schema(
          "LayerNormalization",
          LayerNormalization::new,
          AXIS,
          GammaBeta.EPSILON,
          GammaBeta.CENTER,
          GammaBeta.SCALE,
          RMS_SCALING,
          GammaBeta.BETA_INITIALIZER,
          GammaBeta.GAMMA_INITIALIZER,
          GammaBeta.BETA_REGULARIZER,
          GammaBeta.GAMMA_REGULARIZER,
          GammaBeta.BETA_CONSTRAINT,
          GammaBeta.GAMMA_CONSTRAINT);

  /** The layer along the last axis. */
  public static LayerNormalization of() {
    return new LayerNormalization(SCHEMA.config());
  }

  private <T> LayerNormalization with(Key<T> key, T value) {
    return new LayerNormalization(config.with(key, value));
  }

  /** The same layer along other axes; -1, the last one, by default. */
  public LayerNormalization axis(int... axes) {
    return with(AXIS, Arrays.stream(axes).boxed().toList());
  }

  /**
   * The same layer with another number that is added to the variance; 0.001 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public LayerNormalization epsilon(double epsilon) {
    return with(GammaBeta.EPSILON, epsilon);
  }

  /** The same layer with or without the offset beta; with it by default. */
  public LayerNormalization center(boolean center) {
    return with(GammaBeta.CENTER, center);
  }

  /** The same layer with or without the factor gamma; with it by default. */
  public LayerNormalization scale(boolean scale) {
    return with(GammaBeta.SCALE, scale);
  }

  /** The same layer with another first beta; zeros by default. */
  public LayerNormalization betaInitializer(Initializer initializer) {
    return with(GammaBeta.BETA_INITIALIZER, initializer);
  }

  /** The same layer with another first gamma; ones by default. */
  public LayerNormalization gammaInitializer(Initializer initializer) {
    return with(GammaBeta.GAMMA_INITIALIZER, initializer);
  }

  /** The same layer with a penalty on beta; none by default. */
  public LayerNormalization betaRegularizer(Regularizer regularizer) {
    return with(GammaBeta.BETA_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with a penalty on gamma; none by default. */
  public LayerNormalization gammaRegularizer(Regularizer regularizer) {
    return with(GammaBeta.GAMMA_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with bounds for beta; none by default. */
  public LayerNormalization betaConstraint(Constraint constraint) {
    return with(GammaBeta.BETA_CONSTRAINT, Optional.of(constraint));
  }

  /** The same layer with bounds for gamma; none by default. */
  public LayerNormalization gammaConstraint(Constraint constraint) {
    return with(GammaBeta.GAMMA_CONSTRAINT, Optional.of(constraint));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    weights(inputs);
    return inputs.single();
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Shape x = inputs.single();
    long[] sizes =
        config.get(AXIS).stream()
            .mapToLong(axis -> x.get(Axes.of(inputs, axis, x.numDimensions())))
            .toArray();
    if (Shape.of(sizes).hasUnknownDimension()) {
      throw inputs.refuse("known sizes along the axes " + config.get(AXIS), "");
    }
    return List.copyOf(GammaBeta.weights(config, Shape.of(sizes)));
  }

  @Override
  public boolean autocast() {
    return false;
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    int rank = x.shape().numDimensions();
    int[] axes = config.get(AXIS).stream().mapToInt(axis -> Axes.of(axis, rank)).toArray();
    int[] shape = new int[rank];
    Arrays.fill(shape, 1);
    for (int axis : axes) {
      shape[axis] = Math.toIntExact(x.shape().get(axis));
    }
    return GammaBeta.normalize(scope, config, x, new GammaBeta.Stretch(axes, shape));
  }

  @Override
  public Schema<LayerNormalization> schema() {
    return SCHEMA;
  }
}
