package kerava.layers;

import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Cast;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * A vector for each whole number: (batch, ...) → (batch, ..., output_dim).
 *
 * <p>Its weight is {@code embeddings} (input_dim, output_dim). The vectors begin uniform from -0.05
 * to 0.05, without penalty or bounds; 0 is a number like others, unless it is {@link #maskZero
 * masked}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/core_layers/embedding/">Keras: Embedding</a>
 */
public record Embedding(Config config) implements EmbeddingArguments<Embedding> {
  /** How the layer is written and read. */
  public static final Schema<Embedding> SCHEMA =
      Layer.schema("Embedding", Embedding::new, INPUT_DIM, OUTPUT_DIM)
          .with(EMBEDDINGS.initializer(), EMBEDDINGS.regularizer(), ACTIVITY_REGULARIZER)
          .with(EMBEDDINGS.constraint(), MASK_ZERO)
          .with(
              KernelStorage.QUANTIZATION_CONFIG, KernelStorage.LORA_RANK, KernelStorage.LORA_ALPHA);

  /**
   * The layer.
   *
   * @param inputDim how many vectors there are: 1 more than the greatest number
   * @param outputDim how many numbers a vector has
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Embedding of(int inputDim, int outputDim) {
    return new Embedding(SCHEMA.config().with(INPUT_DIM, inputDim).with(OUTPUT_DIM, outputDim));
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    inputs.single();
    return List.of(found(inputs));
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    Operand<TFloat32> vectors = lookUp(scope, call.values().get(0));
    config
        .get(ACTIVITY_REGULARIZER)
        .ifPresent(regularizer -> ActivityRegularization.penalize(scope, regularizer, vectors));
    return List.of(
        TensorValue.of(Cast.to(scope.tf(), vectors, policy().computeType()))
            .masked(outputMask(scope, call)));
  }

  @Override
  public boolean supportsMasking() {
    return config.get(MASK_ZERO);
  }

  @Override
  public Optional<Operand<TBool>> outputMask(Scope scope, LayerCall call) {
    return nonZero(scope, call.values().get(0));
  }

  @Override
  public Schema<Embedding> schema() {
    return SCHEMA;
  }
}
