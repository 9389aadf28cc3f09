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
import org.tensorflow.types.TFloat32;

/**
 * x · scale + offset, for example from pixels 0 to 255 to numbers 0 to 1: any shape → the same.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/">Keras:
 *     Rescaling</a>
 */
public record Rescaling(Config config) implements UnaryLayer, PassesMask {
  private static final Key<List<Double>> SCALE =
      Key.required("scale", Codec.oneOrMany(Codec.number()));
  private static final Key<List<Double>> OFFSET =
      Key.of("offset", Codec.oneOrMany(Codec.number()), List.of(0.0));

  /** How the layer is written and read. */
  public static final Schema<Rescaling> SCHEMA =
      Layer.schema("Rescaling", Rescaling::new, SCALE, OFFSET);

  /**
   * The layer without an offset.
   *
   * @param scale one number, or one for each place of the last axis
   */
  public static Rescaling of(double... scale) {
    return new Rescaling(SCHEMA.config().with(SCALE, list(scale)));
  }

  /** The same layer with an offset, one number or one for each place; 0 by default. */
  public Rescaling offset(double... offset) {
    return new Rescaling(config.with(OFFSET, list(offset)));
  }

  private static List<Double> list(double... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.single();
    requireFits(inputs, config.get(SCALE).size());
    requireFits(inputs, config.get(OFFSET).size());
    return x;
  }

  private static void requireFits(Inputs inputs, int count) {
    Shape x = inputs.single();
    if (count > 1 && x.get(x.numDimensions() - 1) != count) {
      throw inputs.refuse("a last axis of " + count + ", as many as it has numbers", "");
    }
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    return tf.math.add(
        tf.math.mul(x, Constants.constant(tf, config.get(SCALE))),
        Constants.constant(tf, config.get(OFFSET)));
  }

  @Override
  public boolean rescales() {
    return true;
  }

  @Override
  public Schema<Rescaling> schema() {
    return SCHEMA;
  }
}
