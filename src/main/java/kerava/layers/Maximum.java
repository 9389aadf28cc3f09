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
 * The largest of its inputs, number by number; they have one shape.
 *
 * <p>Inputs of lower rank get axes behind their batch axis, and axes of size 1 are stretched.
 *
 * @param config the arguments; it has none of its own
 * @see <a href="https://keras.io/api/layers/merging_layers/maximum/">Keras: Maximum</a>
 */
public record Maximum(Config config) implements MergeLayer {
  /** How the layer is written and read. */
  public static final Schema<Maximum> SCHEMA = Layer.schema("Maximum", Maximum::new);

  /** The layer. */
  public static Maximum of() {
    return new Maximum(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Merge.outputShape(inputs);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs) {
    return Merge.choose(scope, inputs, scope.tf().math::maximum);
  }

  @Override
  public Schema<Maximum> schema() {
    return SCHEMA;
  }
}
