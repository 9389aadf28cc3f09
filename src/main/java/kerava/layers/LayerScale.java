package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.initializers.Constant;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * Multiplies each channel by a number that is learned and small at first (Touvron et al. 2021):
 * (batch, ..., channels) → the same. Keras' ConvNeXt has it at the end of its blocks.
 *
 * <p>Its weight is {@code gamma} (channels).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/applications/convnext/">Keras: ConvNeXt</a>
 */
public record LayerScale(Config config) implements TypedUnaryLayer {
  private static final Key<Double> INIT_VALUES = Key.required("init_values", Codec.number());
  private static final Key<Integer> PROJECTION_DIM =
      Key.required("projection_dim", Codec.positive());

  /** How the layer is written and read. */
  public static final Schema<LayerScale> SCHEMA =
      Layer.schema(
          "keras.src.applications.convnext",
          "LayerScale",
          LayerScale::new,
          INIT_VALUES,
          PROJECTION_DIM);

  /**
   * The layer.
   *
   * @param initial the first value of all numbers
   * @param channels how many there are
   * @throws IllegalArgumentException if there is none
   */
  public static LayerScale of(double initial, int channels) {
    return new LayerScale(
        SCHEMA.config().with(INIT_VALUES, initial).with(PROJECTION_DIM, channels));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.single();
    int channels = config.get(PROJECTION_DIM);
    if (channels != 1 && x.get(x.numDimensions() - 1) != channels) {
      throw inputs.refuse("input of " + channels + " channels", "");
    }
    return x;
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    return List.of(
        WeightSpec.trained(
            "gamma", Shape.of(config.get(PROJECTION_DIM)), Constant.of(config.get(INIT_VALUES))));
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return scope.tf().math.mul(x, scope.weight("gamma", x.type()));
  }

  @Override
  public Schema<LayerScale> schema() {
    return SCHEMA;
  }
}
