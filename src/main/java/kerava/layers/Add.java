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
 * The sum of its inputs, which have one shape.
 *
 * <p>Inputs of lower rank get axes behind their batch axis, and axes of size 1 are stretched.
 *
 * @param config the arguments; it has none of its own
 * @see <a href="https://keras.io/api/layers/merging_layers/add/">Keras: Add</a>
 */
public record Add(Config config) implements TypedLayer, MergeLayer {
  /** How the layer is written and read. */
  public static final Schema<Add> SCHEMA = Layer.schema("Add", Add::new);

  /** The layer. */
  public static Add of() {
    return new Add(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Merge.outputShape(inputs);
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, List<Operand<T>> inputs) {
    return Merge.fold(scope, inputs, scope.tf().math::add);
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public Schema<Add> schema() {
    return SCHEMA;
  }
}
