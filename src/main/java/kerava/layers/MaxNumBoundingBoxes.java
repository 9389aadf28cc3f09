package kerava.layers;

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
import org.tensorflow.types.TFloat32;

/**
 * Brings lists of boxes beside images to one length, in Keras; images alone, which are all that it
 * can be given here, stay: (batch, height, width, channels) → the same.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/max_num_bounding_boxes/">Keras:
 *     MaxNumBoundingBoxes</a>
 */
public record MaxNumBoundingBoxes(Config config) implements UnaryLayer {
  private static final Key<Integer> MAX_NUMBER = Key.required("max_number", Codec.integer());
  // Keras takes it but forgets it when it writes the config.
  private static final Key<Integer> FILL_VALUE = Key.of("fill_value", Codec.integer(), -1).quiet();

  /** How the layer is written and read. */
  public static final Schema<MaxNumBoundingBoxes> SCHEMA =
      Layer.schema("MaxNumBoundingBoxes", MaxNumBoundingBoxes::new, MAX_NUMBER)
          .with(FILL_VALUE, ChannelOrder.KEY, BoxFormat.KEY);

  /**
   * The layer.
   *
   * @param number of boxes that Keras keeps or fills up to
   */
  public static MaxNumBoundingBoxes of(int number) {
    return new MaxNumBoundingBoxes(SCHEMA.config().with(MAX_NUMBER, number));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.image();
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return x;
  }

  @Override
  public Schema<MaxNumBoundingBoxes> schema() {
    return SCHEMA;
  }
}
