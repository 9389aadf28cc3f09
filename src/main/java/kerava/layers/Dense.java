package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.graph.Scope;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;
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
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/core_layers/dense/">Keras: Dense</a>
 */
public record Dense(Config config) implements TypedUnaryLayer {
  private static final Key<Integer> UNITS = Key.required("units", Codec.positive());

  /** How the layer is written and read. */
  public static final Schema<Dense> SCHEMA =
      Layer.schema(
          "Dense",
          Dense::new,
          UNITS,
          Keys.ACTIVATION,
          Keys.USE_BIAS,
          Keys.KERNEL_INITIALIZER,
          Keys.BIAS_INITIALIZER,
          Keys.KERNEL_REGULARIZER,
          Keys.BIAS_REGULARIZER,
          Keys.ACTIVITY_REGULARIZER,
          Keys.KERNEL_CONSTRAINT,
          Keys.BIAS_CONSTRAINT,
          Keys.QUANTIZATION_CONFIG);

  /**
   * A layer with a bias and no activation.
   *
   * @param units how many numbers it gives a sample
   * @throws IllegalArgumentException if it is below 1
   */
  public static Dense of(int units) {
    return new Dense(SCHEMA.config().with(UNITS, units));
  }

  private <T> Dense with(Key<T> key, T value) {
    return new Dense(config.with(key, value));
  }

  /** The same layer with an activation; none by default. */
  public Dense activation(ActivationFunction activation) {
    return with(Keys.ACTIVATION, activation);
  }

  /** The same layer with or without a bias; with one by default. */
  public Dense useBias(boolean useBias) {
    return with(Keys.USE_BIAS, useBias);
  }

  /** The same layer with other first values of the kernel; Glorot uniform by default. */
  public Dense kernelInitializer(Initializer initializer) {
    return with(Keys.KERNEL_INITIALIZER, initializer);
  }

  /** The same layer with other first values of the bias; zeros by default. */
  public Dense biasInitializer(Initializer initializer) {
    return with(Keys.BIAS_INITIALIZER, initializer);
  }

  /** The same layer with a penalty on its kernel; none by default. */
  public Dense kernelRegularizer(Regularizer regularizer) {
    return with(Keys.KERNEL_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with a penalty on its bias; none by default. */
  public Dense biasRegularizer(Regularizer regularizer) {
    return with(Keys.BIAS_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with a penalty on its output; none by default. */
  public Dense activityRegularizer(Regularizer regularizer) {
    return with(Keys.ACTIVITY_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with bounds for its kernel; none by default. */
  public Dense kernelConstraint(Constraint constraint) {
    return with(Keys.KERNEL_CONSTRAINT, Optional.of(constraint));
  }

  /** The same layer with bounds for its bias; none by default. */
  public Dense biasConstraint(Constraint constraint) {
    return with(Keys.BIAS_CONSTRAINT, Optional.of(constraint));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    features(inputs);
    return outputShape(inputs.single());
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
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(Keys.kernel(config, Shape.of(features(inputs), units)));
    Keys.bias(config, units).ifPresent(weights::add);
    return List.copyOf(weights);
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return Keys.biasAndActivation(scope, config, product(scope, x));
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
