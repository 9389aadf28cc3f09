package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * Gives its input as it is: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/core_layers/identity/">Keras: Identity</a>
 */
public record Identity(Config config) implements TypedUnaryLayer, PassesMask {
  /** How the layer is written and read. */
  public static final Schema<Identity> SCHEMA = Layer.schema("Identity", Identity::new);

  /** The layer. */
  public static Identity of() {
    return new Identity(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.single();
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return x;
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public Schema<Identity> schema() {
    return SCHEMA;
  }
}
