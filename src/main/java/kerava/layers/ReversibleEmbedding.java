package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.WeightSpec;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Cast;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A vector for each whole number, and back: (batch, ...) → (batch, ..., output_dim); called with
 * {@link #REVERSE}, (batch, ..., output_dim) → (batch, ..., input_dim), the product of each vector
 * with all of the table.
 *
 * <p>Its weights are {@code embeddings} (input_dim, output_dim) and, unless one table serves both
 * ways, {@code reverse_embeddings} (output_dim, input_dim). By default it does, and products have
 * no bounds.
 *
 * <pre>{@code
 * SharedLayer table = SharedLayer.of(ReversibleEmbedding.of(1000, 64));
 * Node vectors = table.apply(words);
 * Node logits = table.apply(ReversibleEmbedding.REVERSE, vectors);
 * }</pre>
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/core_layers/reversible_embedding/">Keras:
 *     ReversibleEmbedding</a>
 */
public record ReversibleEmbedding(Config config)
    implements EmbeddingArguments<ReversibleEmbedding> {
  /** The arguments of the way back. */
  public static final CallArguments REVERSE =
      CallArguments.of(CallArguments.INPUTS, 1).with("reverse", true);

  private static final List<DType> FLOATS = List.of(DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16);

  private static final Key<Boolean> TIE_WEIGHTS = Key.of("tie_weights", Codec.bool(), true);
  private static final Key<Optional<String>> REVERSE_DTYPE =
      Key.optional(
          "reverse_dtype",
          Codec.text()
              .where(
                  "one of " + FLOATS,
                  name -> DType.named(name).filter(FLOATS::contains).isPresent()));
  private static final Key<Optional<Double>> LOGIT_SOFT_CAP =
      Key.optional(
          "logit_soft_cap", Codec.number().where("a number other than 0", cap -> cap != 0));

  /** How the layer is written and read. */
  public static final Schema<ReversibleEmbedding> SCHEMA =
      Layer.schema("ReversibleEmbedding", ReversibleEmbedding::new, INPUT_DIM, OUTPUT_DIM)
          .with(EMBEDDINGS.initializer(), EMBEDDINGS.regularizer(), ACTIVITY_REGULARIZER)
          .with(EMBEDDINGS.constraint(), MASK_ZERO)
          .with(
              KernelStorage.QUANTIZATION_CONFIG, KernelStorage.LORA_RANK, KernelStorage.LORA_ALPHA)
          .with(TIE_WEIGHTS, REVERSE_DTYPE, LOGIT_SOFT_CAP);

  /**
   * The layer.
   *
   * @param inputDim how many vectors there are: 1 more than the greatest number
   * @param outputDim how many numbers a vector has
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static ReversibleEmbedding of(int inputDim, int outputDim) {
    return new ReversibleEmbedding(
        SCHEMA.config().with(INPUT_DIM, inputDim).with(OUTPUT_DIM, outputDim));
  }

  /** The same layer with a table of its own for the way back, or with one for both, the default. */
  public ReversibleEmbedding tieWeights(boolean tied) {
    return new ReversibleEmbedding(config.with(TIE_WEIGHTS, tied));
  }

  /**
   * The same layer whose products x are c tanh(x / c); x by default.
   *
   * @param cap c, not 0
   */
  public ReversibleEmbedding logitSoftCap(double cap) {
    return new ReversibleEmbedding(config.with(LOGIT_SOFT_CAP, Optional.of(cap)));
  }

  @Override
  public List<String> arguments() {
    return List.of(CallArguments.INPUTS, "reverse");
  }

  private static boolean reverse(Inputs inputs) {
    return inputs.arguments().flag("reverse", false);
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    Shape x = inputs.single();
    if (!reverse(inputs)) {
      return List.of(found(inputs));
    }
    int rank = x.numDimensions();
    if (rank < 2 || x.get(rank - 1) != config.get(OUTPUT_DIM)) {
      throw inputs.refuse("vectors of " + config.get(OUTPUT_DIM) + " numbers", "");
    }
    return List.of(
        new TensorSpec(x.subShape(0, rank - 1).append(config.get(INPUT_DIM)), reverseType()));
  }

  /** As Keras does, without regard to the layer's policy. */
  private DType reverseType() {
    return config.get(REVERSE_DTYPE).flatMap(DType::named).orElse(DType.FLOAT32);
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    List<WeightSpec> weights = new ArrayList<>(EmbeddingArguments.super.weights(inputs));
    if (!config.get(TIE_WEIGHTS)) {
      weights.add(
          WeightSpec.trained(
              "reverse_embeddings",
              Shape.of(config.get(OUTPUT_DIM), config.get(INPUT_DIM)),
              config.get(EMBEDDINGS.initializer())));
    }
    return List.copyOf(weights);
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    TensorValue x = call.values().get(0);
    boolean reverse = reverse(call.inputs());
    Operand<? extends TFloating> y =
        reverse
            ? products(scope, x, reverseType().tensorType().asSubclass(TFloating.class))
            : Cast.to(scope.tf(), lookUp(scope, x), policy().computeType());
    config
        .get(ACTIVITY_REGULARIZER)
        .ifPresent(
            regularizer ->
                ActivityRegularization.penalize(
                    scope, regularizer, Cast.to(scope.tf(), y, TFloat32.class)));
    return List.of(
        new TensorValue(y, reverse ? Optional.empty() : nonZero(scope, x), Optional.empty()));
  }

  private <T extends TFloating> Operand<T> products(Scope scope, TensorValue x, Class<T> type) {
    Ops tf = scope.tf();
    Operand<T> vectors = Cast.numbers(tf, x.operand(), type);
    Operand<T> rows = DynamicShape.reshape(tf, vectors, Shape.of(-1, config.get(OUTPUT_DIM)));
    boolean tied = config.get(TIE_WEIGHTS);
    Operand<T> table = scope.weight(tied ? "embeddings" : "reverse_embeddings", type);
    Operand<T> logits = capped(tf, tf.linalg.matMul(rows, table, MatMul.transposeB(tied)));
    Shape shape = x.operand().shape();
    int rank = shape.numDimensions();
    Operand<TInt32> wanted =
        DynamicShape.of(tf, shape.subShape(0, rank - 1).append(config.get(INPUT_DIM)), vectors);
    return rank == 2 ? logits : tf.reshape(logits, wanted);
  }

  private <T extends TFloating> Operand<T> capped(Ops tf, Operand<T> logits) {
    return config
        .get(LOGIT_SOFT_CAP)
        .<Operand<T>>map(
            cap -> {
              Operand<T> c = Cast.to(tf, tf.constant(cap.floatValue()), logits.type());
              return tf.math.mul(tf.math.tanh(tf.math.div(logits, c)), c);
            })
        .orElse(logits);
  }

  @Override
  public Schema<ReversibleEmbedding> schema() {
    return SCHEMA;
  }
}
