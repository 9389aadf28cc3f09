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
 * Gives its input as it is: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/core_layers/identity/">Keras: Identity</a>
 */
public record Identity(Config config) implements UnaryLayer {
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
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return x;
  }

  @Override
  public Schema<Identity> schema() {
    return SCHEMA;
  }
}
