package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Applies a function to each number: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/core_layers/activation/">Keras: Activation</a>
 */
public record Activation(Config config) implements UnaryLayer {
  private static final Key<ActivationFunction> FUNCTION =
      Key.required("activation", ActivationFunction.CODEC);

  /** How the layer is written and read. */
  public static final Schema<Activation> SCHEMA =
      Layer.schema("Activation", Activation::new, FUNCTION);

  /** The layer of a function. */
  public static Activation of(ActivationFunction function) {
    return new Activation(SCHEMA.config().with(FUNCTION, function));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.single();
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return config.get(FUNCTION).apply(scope.tf(), x);
  }

  @Override
  public Schema<Activation> schema() {
    return SCHEMA;
  }
}
