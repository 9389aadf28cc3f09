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
 * Adds borders of zeros to images: (batch, height, width, channels) → (batch, height', width',
 * channels).
 *
 * <p>By default borders have width 1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/zero_padding2d/">Keras:
 *     ZeroPadding2D</a>
 */
public record ZeroPadding2D(Config config) implements TypedUnaryLayer {
  private static final Key<Sides2D> PADDING = Key.of("padding", Borders.TWO, Sides2D.of(1));

  /** How the layer is written and read. */
  public static final Schema<ZeroPadding2D> SCHEMA =
      Layer.schema("ZeroPadding2D", ZeroPadding2D::new, PADDING, DataFormat.KEY);

  /** The layer with borders of width 1. */
  public static ZeroPadding2D of() {
    return new ZeroPadding2D(SCHEMA.config());
  }

  /**
   * The layer with four equal borders.
   *
   * @throws IllegalArgumentException if their width is below 0
   */
  public static ZeroPadding2D of(int width) {
    return of(Sides2D.of(width));
  }

  /**
   * The layer with four borders.
   *
   * @throws IllegalArgumentException if one of them is below 0
   */
  public static ZeroPadding2D of(Sides2D padding) {
    return new ZeroPadding2D(SCHEMA.config().with(PADDING, padding));
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
  public Schema<ZeroPadding2D> schema() {
    return SCHEMA;
  }
}
