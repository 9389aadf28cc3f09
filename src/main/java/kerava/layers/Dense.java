package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A fully connected layer: (batch, ..., features) → (batch, ..., units).
 *
 * <p>Its weights are {@code kernel} (features, units) and {@code bias} (units).
 *
 * <p>By default it has no activation, and a bias. The kernel begins Glorot uniform, the bias with
 * zeros; neither has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/core_layers/dense/">Keras: Dense</a>
 */
public record Dense(Config config)
    implements TypedUnaryLayer,
        PassesMask,
        KernelArguments<Dense>,
        BiasArguments<Dense>,
        ActivationArguments<Dense> {
  private static final Key<Integer> UNITS = Key.required("units", Codec.positive());

  /** How the layer is written and read. */
  public static final Schema<Dense> SCHEMA =
      Layer.schema("Dense", Dense::new, UNITS, ACTIVATION, USE_BIAS)
          .with(KERNEL.initializer(), BIAS.initializer())
          .with(KERNEL.regularizer(), BIAS.regularizer(), ACTIVITY_REGULARIZER)
          .with(KERNEL.constraint(), BIAS.constraint())
          .with(KernelStorage.QUANTIZATION_CONFIG, KernelStorage.LORA_RANK)
          .with(KernelStorage.LORA_ALPHA, KernelStorage.GPTQ_COLUMNS);

  /**
   * A layer with a bias and no activation.
   *
   * @param units how many numbers it gives a sample
   * @throws IllegalArgumentException if it is below 1
   */
  public static Dense of(int units) {
    return new Dense(SCHEMA.config().with(UNITS, units));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    features(inputs);
    return config.get(ACTIVATION).outputShape(inputs, outputShape(inputs.single()));
  }

  private Shape outputShape(Shape x) {
    long[] sizes = x.asArray();
    sizes[sizes.length - 1] = config.get(UNITS);
    return Shape.of(sizes);
  }

  private static long features(Inputs inputs) {
    Shape x = inputs.single();
    if (x.numDimensions() < 2) {
      throw inputs.refuse("input of rank 2 or more (batch, ..., features)", "");
    }
    long features = x.get(x.numDimensions() - 1);
    if (features == Shape.UNKNOWN_SIZE) {
      throw inputs.refuse("a known number of features", "");
    }
    return features;
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    int units = config.get(UNITS);
    return BiasAndActivation.weights(
        config, units, KERNEL.weight(config, "kernel", Shape.of(features(inputs), units)));
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return BiasAndActivation.of(scope, config, product(scope, x));
  }

  private <T extends TFloating> Operand<T> product(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    Operand<T> kernel = scope.weight("kernel", x.type());
    int rank = x.shape().numDimensions();
    if (rank == 2) {
      return tf.linalg.matMul(x, kernel);
    }
    Operand<T> rows = DynamicShape.reshape(tf, x, Shape.of(-1, x.shape().get(rank - 1)));
    Operand<TInt32> shape = DynamicShape.of(tf, outputShape(x.shape()), x);
    return tf.reshape(tf.linalg.matMul(rows, kernel), shape);
  }

  @Override
  public Schema<Dense> schema() {
    return SCHEMA;
  }
}
