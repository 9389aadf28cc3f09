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
 * Cuts borders off volumes: (batch, depth, height, width, channels) → (batch, depth', height',
 * width', channels).
 *
 * <p>By default borders have width 1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/cropping3d/">Keras: Cropping3D</a>
 */
public record Cropping3D(Config config) implements TypedUnaryLayer {
  private static final Key<Sides3D> CROPPING = Key.of("cropping", Borders.THREE, Sides3D.of(1));

  /** How the layer is written and read. */
  public static final Schema<Cropping3D> SCHEMA =
      Layer.schema("Cropping3D", Cropping3D::new, CROPPING, DataFormat.KEY);

  /** The layer with borders of width 1. */
  public static Cropping3D of() {
    return new Cropping3D(SCHEMA.config());
  }

  /**
   * The layer with six equal borders.
   *
   * @throws IllegalArgumentException if their width is below 0
   */
  public static Cropping3D of(int width) {
    return of(Sides3D.of(width));
  }

  /**
   * The layer with six borders.
   *
   * @throws IllegalArgumentException if one of them is below 0
   */
  public static Cropping3D of(Sides3D cropping) {
    return new Cropping3D(SCHEMA.config().with(CROPPING, cropping));
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
  public Schema<Cropping3D> schema() {
    return SCHEMA;
  }
}
