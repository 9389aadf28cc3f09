package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.images.Interpolation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Makes images larger by whole factors: (batch, height, width, channels) → (batch, height', width',
 * channels).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/up_sampling2d/">Keras:
 *     UpSampling2D</a>
 */
public record UpSampling2D(Config config) implements UnaryLayer {
  private static final Key<Size2D> SIZE = Key.of("size", Sizes.TWO.atLeast(1), Size2D.of(2));
  private static final Key<Interpolation> INTERPOLATION =
      Key.of("interpolation", Resizing.INTERPOLATIONS, Interpolation.NEAREST);

  /** How the layer is written and read. */
  public static final Schema<UpSampling2D> SCHEMA =
      Layer.schema("UpSampling2D", UpSampling2D::new, SIZE, DataFormat.KEY, INTERPOLATION);

  /** The layer that makes images twice as large. */
  public static UpSampling2D of() {
    return new UpSampling2D(SCHEMA.config());
  }

  /**
   * The layer with a factor for the height and one for the width.
   *
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static UpSampling2D of(Size2D size) {
    return new UpSampling2D(SCHEMA.config().with(SIZE, size));
  }

  /** The same layer with another interpolation; {@code NEAREST} by default. */
  public UpSampling2D interpolation(Interpolation interpolation) {
    return new UpSampling2D(config.with(INTERPOLATION, interpolation));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Repetition.outputShape(inputs, config.get(SIZE));
  }

  private static long larger(long size, int factor) {
    return size == Shape.UNKNOWN_SIZE ? size : size * factor;
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Size2D factor = config.get(SIZE);
    long height = larger(x.shape().get(1), factor.height());
    long width = larger(x.shape().get(2), factor.width());
    Operand<TInt32> size =
        height < 0 || width < 0
            ? tf.math.mul(
                tf.stack(List.of(DynamicShape.of(tf, x, 1), DynamicShape.of(tf, x, 2))),
                tf.constant(new int[] {factor.height(), factor.width()}))
            : tf.constant(new int[] {Math.toIntExact(height), Math.toIntExact(width)});
    return config.get(INTERPOLATION).resize(tf, x, size);
  }

  @Override
  public Schema<UpSampling2D> schema() {
    return SCHEMA;
  }
}
