package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The mean of its inputs, number by number; they have one shape.
 *
 * <p>Inputs of lower rank get axes behind their batch axis, and axes of size 1 are stretched.
 *
 * @param config the arguments; it has none of its own
 * @see <a href="https://keras.io/api/layers/merging_layers/average/">Keras: Average</a>
 */
public record Average(Config config) implements MergeLayer {
  /** How the layer is written and read. */
  public static final Schema<Average> SCHEMA = Layer.schema("Average", Average::new);

  /** The layer. */
  public static Average of() {
    return new Average(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Merge.outputShape(inputs);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs) {
    Operand<TFloat32> sum = Merge.fold(scope, inputs, scope.tf().math::add);
    return scope.tf().math.mul(sum, scope.tf().constant(1f / inputs.size()));
  }

  @Override
  public Schema<Average> schema() {
    return SCHEMA;
  }
}
