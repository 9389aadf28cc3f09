package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * All numbers of a sample in one row: (batch, ...) → (batch, size).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/flatten/">Keras: Flatten</a>
 */
public record Flatten(Config config) implements UnaryLayer {
  /** How the layer is written and read. */
  public static final Schema<Flatten> SCHEMA =
      Layer.schema("Flatten", Flatten::new, Keys.DATA_FORMAT);

  /** The layer; it has no arguments. */
  public static Flatten of() {
    return new Flatten(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.single();
    return Shape.of(x.get(0), x.numDimensions() == 1 ? 1 : x.subShape(1, x.numDimensions()).size());
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    long size = x.shape().subShape(1, x.shape().numDimensions()).size();
    return scope.tf().reshape(x, scope.tf().constant(new int[] {-1, Math.toIntExact(size)}));
  }

  @Override
  public Schema<Flatten> schema() {
    return SCHEMA;
  }
}
