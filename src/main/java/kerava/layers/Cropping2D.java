package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Cuts borders off images: (batch, height, width, channels) → (batch, height', width', channels).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/cropping2d/">Keras: Cropping2D</a>
 */
public record Cropping2D(Config config) implements UnaryLayer {
  private static final Key<Sides2D> CROPPING = Key.of("cropping", Sides2D.CODEC, Sides2D.of(0));

  /** How the layer is written and read. */
  public static final Schema<Cropping2D> SCHEMA =
      Layer.schema("Cropping2D", Cropping2D::new, CROPPING, DataFormat.KEY);

  /** The layer with borders of width 0. */
  public static Cropping2D of() {
    return new Cropping2D(SCHEMA.config());
  }

  /**
   * The layer with four equal borders.
   *
   * @throws IllegalArgumentException if their width is below 0
   */
  public static Cropping2D of(int width) {
    return of(Sides2D.of(width));
  }

  /**
   * The layer with four borders.
   *
   * @throws IllegalArgumentException if one of them is below 0
   */
  public static Cropping2D of(Sides2D cropping) {
    return new Cropping2D(SCHEMA.config().with(CROPPING, cropping));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.image();
    Sides2D sides = config.get(CROPPING);
    if (tooSmall(x.get(1), sides.height()) || tooSmall(x.get(2), sides.width())) {
      throw inputs.refuse("an image larger than its borders " + sides, "");
    }
    return Shape.of(
        x.get(0), smaller(x.get(1), sides.height()), smaller(x.get(2), sides.width()), x.get(3));
  }

  private static boolean tooSmall(long size, int border) {
    return size != Shape.UNKNOWN_SIZE && size <= border;
  }

  private static long smaller(long size, int border) {
    return size == Shape.UNKNOWN_SIZE ? size : size - border;
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Sides2D sides = config.get(CROPPING);
    Operand<TInt32> sizes =
        tf.math.sub(tf.shape(x), tf.constant(new int[] {0, sides.height(), sides.width(), 0}));
    Operand<TInt32> start = tf.constant(new int[] {0, sides.top(), sides.left(), 0});
    if (x.shape().get(1) < 0 || x.shape().get(2) < 0) {
      return tf.slice(x, start, sizes);
    }
    // Sizes that are computed would make TensorFlow forget the output's shape.
    int height = Math.toIntExact(x.shape().get(1)) - sides.height();
    int width = Math.toIntExact(x.shape().get(2)) - sides.width();
    return tf.slice(x, start, tf.constant(new int[] {-1, height, width, -1}));
  }

  @Override
  public Schema<Cropping2D> schema() {
    return SCHEMA;
  }
}
