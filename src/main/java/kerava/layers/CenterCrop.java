package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.images.Interpolation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cuts the middle out of images: (batch, height, width, channels) → (batch, height', width',
 * channels). Images that are smaller on a side are resized, bilinearly, after they were cut to the
 * ratio of the sides.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_preprocessing/center_crop/">Keras:
 *     CenterCrop</a>
 */
public record CenterCrop(Config config) implements UnaryLayer {
  /** How the layer is written and read. */
  public static final Schema<CenterCrop> SCHEMA =
      Layer.schema("CenterCrop", CenterCrop::new, TargetSize.HEIGHT, TargetSize.WIDTH)
          .with(DataFormat.KEY, BoxFormat.KEY);

  /**
   * The layer.
   *
   * @param height in pixels
   * @param width in pixels
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static CenterCrop of(int height, int width) {
    return new CenterCrop(TargetSize.set(SCHEMA.config(), height, width));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return TargetSize.outputShape(config, inputs);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Size2D size = TargetSize.of(config);
    Ops tf = scope.tf();
    AspectRatio ratio = new AspectRatio(tf, x, size);
    boolean small =
        isBelow(x.shape().get(1), size.height()) || isBelow(x.shape().get(2), size.width());
    Operand<TFloat32> y =
        small
            ? Interpolation.BILINEAR.resize(
                tf, ratio.cropped(), tf.constant(new int[] {size.height(), size.width()}))
            : ratio.middle();
    return DynamicShape.reshape(tf, y, outputShape(new Inputs(scope.name(), List.of(x.shape()))));
  }

  private static boolean isBelow(long size, int wanted) {
    return size != Shape.UNKNOWN_SIZE && size < wanted;
  }

  @Override
  public Schema<CenterCrop> schema() {
    return SCHEMA;
  }
}
