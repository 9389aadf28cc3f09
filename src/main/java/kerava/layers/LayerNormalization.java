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
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Brings the numbers of each sample along some axes to mean 0 and variance 1, then applies a factor
 * and an offset (Ba et al. 2016): any shape → the same.
 *
 * <p>Its weights are {@code gamma} and {@code beta}, of the shape of those axes.
 *
 * <p>By default it is along the last axis, 0.001 is added to the variance, and there is an offset,
 * zeros at first, and a factor, ones at first; neither has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/normalization_layers/layer_normalization/">Keras:
 *     LayerNormalization</a>
 */
public record LayerNormalization(Config config)
    implements UnaryLayer, PassesMask, NormalizationArguments<LayerNormalization> {
  private static final Key<List<Integer>> AXIS =
      Key.of("axis", Codec.oneOrMany(Codec.integer()), List.of(-1));
  private static final Key<Boolean> RMS_SCALING =
      Key.only("rms_scaling", Codec.bool(), false).quiet();

  /** How the layer is written and read. */
  public static final Schema<LayerNormalization> SCHEMA =
      Layer.schema("LayerNormalization", LayerNormalization::new, AXIS)
          .with(EPSILON, CENTER, SCALE, RMS_SCALING)
          .with(BETA.initializer(), GAMMA.initializer())
          .with(BETA.regularizer(), GAMMA.regularizer())
          .with(BETA.constraint(), GAMMA.constraint());

  /** The layer along the last axis. */
  public static LayerNormalization of() {
    return new LayerNormalization(SCHEMA.config());
  }

  /** The same layer along other axes; -1, the last one, by default. */
  public LayerNormalization axis(int... axes) {
    return new LayerNormalization(config.with(AXIS, Arrays.stream(axes).boxed().toList()));
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
    return GammaBeta.normalize(scope, config, x, new GammaBeta.Broadcast(axes, shape));
  }

  @Override
  public Schema<LayerNormalization> schema() {
    return SCHEMA;
  }
}
