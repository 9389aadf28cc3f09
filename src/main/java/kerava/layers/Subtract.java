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
 * The first input minus the second, number by number; they have one shape.
 *
 * <p>Inputs of lower rank get axes behind their batch axis, and axes of size 1 are stretched.
 *
 * @param config the arguments; it has none of its own
 * @see <a href="https://keras.io/api/layers/merging_layers/subtract/">Keras: Subtract</a>
 */
public record Subtract(Config config) implements TypedLayer, MergeLayer {
  /** How the layer is written and read. */
  public static final Schema<Subtract> SCHEMA = Layer.schema("Subtract", Subtract::new);

  /** The layer. */
  public static Subtract of() {
    return new Subtract(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    if (inputs.shapes().size() != 2) {
      throw inputs.refuse("two inputs", "");
    }
    return Merge.outputShape(inputs);
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, List<Operand<T>> inputs) {
    return Merge.fold(scope, inputs, scope.tf().math::sub);
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public Schema<Subtract> schema() {
    return SCHEMA;
  }
}
