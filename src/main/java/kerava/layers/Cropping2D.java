package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * Cuts borders off images: (batch, height, width, channels) → (batch, height', width', channels).
 *
 * <p>By default borders have width 0.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/cropping2d/">Keras: Cropping2D</a>
 */
public record Cropping2D(Config config) implements TypedUnaryLayer {
  private static final Key<Sides2D> CROPPING = Key.of("cropping", Borders.TWO, Sides2D.of(0));

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
    return Borders.cutShape(inputs, config.get(CROPPING));
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return Borders.cut(scope.tf(), x, config.get(CROPPING));
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public Schema<Cropping2D> schema() {
    return SCHEMA;
  }
}
