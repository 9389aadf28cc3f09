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
 * Cuts borders off sequences: (batch, steps, channels) → (batch, steps', channels).
 *
 * <p>By default borders have width 1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/cropping1d/">Keras: Cropping1D</a>
 */
public record Cropping1D(Config config) implements TypedUnaryLayer {
  private static final Key<Sides1D> CROPPING = Key.of("cropping", Borders.ONE, Sides1D.of(1));

  /** How the layer is written and read. */
  public static final Schema<Cropping1D> SCHEMA =
      Layer.schema("Cropping1D", Cropping1D::new, CROPPING);

  /** The layer with borders of width 1. */
  public static Cropping1D of() {
    return new Cropping1D(SCHEMA.config());
  }

  /**
   * The layer with two equal borders.
   *
   * @throws IllegalArgumentException if their width is below 0
   */
  public static Cropping1D of(int width) {
    return of(Sides1D.of(width));
  }

  /**
   * The layer with two borders.
   *
   * @throws IllegalArgumentException if one of them is below 0
   */
  public static Cropping1D of(Sides1D cropping) {
    return new Cropping1D(SCHEMA.config().with(CROPPING, cropping));
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
  public Schema<Cropping1D> schema() {
    return SCHEMA;
  }
}
