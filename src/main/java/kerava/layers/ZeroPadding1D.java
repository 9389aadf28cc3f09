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
 * Adds borders of zeros to sequences: (batch, steps, channels) → (batch, steps', channels).
 *
 * <p>By default borders have width 1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/zero_padding1d/">Keras:
 *     ZeroPadding1D</a>
 */
public record ZeroPadding1D(Config config) implements TypedUnaryLayer {
  private static final Key<Sides1D> PADDING = Key.of("padding", Borders.ONE, Sides1D.of(1));

  /** How the layer is written and read. */
  public static final Schema<ZeroPadding1D> SCHEMA =
      Layer.schema("ZeroPadding1D", ZeroPadding1D::new, PADDING, DataFormat.KEY);

  /** The layer with borders of width 1. */
  public static ZeroPadding1D of() {
    return new ZeroPadding1D(SCHEMA.config());
  }

  /**
   * The layer with two equal borders.
   *
   * @throws IllegalArgumentException if their width is below 0
   */
  public static ZeroPadding1D of(int width) {
    return of(Sides1D.of(width));
  }

  /**
   * The layer with two borders.
   *
   * @throws IllegalArgumentException if one of them is below 0
   */
  public static ZeroPadding1D of(Sides1D padding) {
    return new ZeroPadding1D(SCHEMA.config().with(PADDING, padding));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Borders.addedShape(inputs, config.get(PADDING));
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return Borders.add(scope.tf(), x, config.get(PADDING));
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public Schema<ZeroPadding1D> schema() {
    return SCHEMA;
  }
}
