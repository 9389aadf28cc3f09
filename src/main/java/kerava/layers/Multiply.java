package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * The product of its inputs, which have one shape.
 *
 * <p>Inputs of lower rank get axes behind their batch axis, and axes of size 1 are stretched.
 *
 * @param config the arguments; it has none of its own
 * @see <a href="https://keras.io/api/layers/merging_layers/multiply/">Keras: Multiply</a>
 */
public record Multiply(Config config) implements TypedLayer, MergeLayer {
  /** How the layer is written and read. */
  public static final Schema<Multiply> SCHEMA = Layer.schema("Multiply", Multiply::new);

  /** The layer. */
  public static Multiply of() {
    return new Multiply(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Merge.outputShape(inputs);
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, List<Operand<T>> inputs) {
    return Merge.product(scope, inputs);
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public Schema<Multiply> schema() {
    return SCHEMA;
  }
}
