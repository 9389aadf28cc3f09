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
 * Adds borders of zeros to volumes: (batch, depth, height, width, channels) → (batch, depth',
 * height', width', channels).
 *
 * <p>By default borders have width 1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/zero_padding3d/">Keras:
 *     ZeroPadding3D</a>
 */
public record ZeroPadding3D(Config config) implements TypedUnaryLayer {
  private static final Key<Sides3D> PADDING = Key.of("padding", Borders.THREE, Sides3D.of(1));

  /** How the layer is written and read. */
  public static final Schema<ZeroPadding3D> SCHEMA =
      Layer.schema("ZeroPadding3D", ZeroPadding3D::new, PADDING, DataFormat.KEY);

  /** The layer with borders of width 1. */
  public static ZeroPadding3D of() {
    return new ZeroPadding3D(SCHEMA.config());
  }

  /**
   * The layer with six equal borders.
   *
   * @throws IllegalArgumentException if their width is below 0
   */
  public static ZeroPadding3D of(int width) {
    return of(Sides3D.of(width));
  }

  /**
   * The layer with six borders.
   *
   * @throws IllegalArgumentException if one of them is below 0
   */
  public static ZeroPadding3D of(Sides3D padding) {
    return new ZeroPadding3D(SCHEMA.config().with(PADDING, padding));
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
  public Schema<ZeroPadding3D> schema() {
    return SCHEMA;
  }
}
