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
 * Applies a function to each number: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/core_layers/activation/">Keras: Activation</a>
 */
public record Activation(Config config) implements TypedUnaryLayer, PassesMask {
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
    return config.get(FUNCTION).outputShape(inputs, inputs.single());
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return config.get(FUNCTION).apply(scope.tf(), x);
  }

  @Override
  public Schema<Activation> schema() {
    return SCHEMA;
  }
}
