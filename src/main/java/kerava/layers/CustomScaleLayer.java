package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The first input plus a multiple of the second; they have one shape. Keras' InceptionResNetV2 ends
 * its blocks with it.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/applications/inceptionresnetv2/">Keras: InceptionResNetV2</a>
 */
public record CustomScaleLayer(Config config) implements TypedLayer {
  private static final Key<Double> SCALE = Key.required("scale", Codec.number());

  /** How the layer is written and read. */
  public static final Schema<CustomScaleLayer> SCHEMA =
      Layer.schema(
          "keras.src.applications.inception_resnet_v2",
          "CustomScaleLayer",
          CustomScaleLayer::new,
          SCALE);

  /**
   * The layer.
   *
   * @param scale what the second input is multiplied by
   */
  public static CustomScaleLayer of(double scale) {
    return new CustomScaleLayer(SCHEMA.config().with(SCALE, scale));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    List<Shape> shapes = inputs.shapes();
    if (shapes.size() != 2 || shapes.get(0).numDimensions() != shapes.get(1).numDimensions()) {
      throw inputs.refuse("two inputs of one rank", "");
    }
    return Merge.outputShape(inputs);
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, List<Operand<T>> inputs) {
    Ops tf = scope.tf();
    Operand<T> scale =
        tf.dtypes.cast(tf.constant(config.get(SCALE).floatValue()), inputs.get(0).type());
    return tf.math.add(inputs.get(0), tf.math.mul(inputs.get(1), scale));
  }

  @Override
  public Schema<CustomScaleLayer> schema() {
    return SCHEMA;
  }
}
