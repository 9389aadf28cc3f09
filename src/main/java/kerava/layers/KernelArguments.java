package kerava.layers;

import java.util.Optional;
import kerava.Layer;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.initializers.GlorotUniform;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;

/**
 * What Keras' layers that multiply take for their kernel: {@code kernel_initializer}, {@code
 * kernel_regularizer} and {@code kernel_constraint}.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/initializers/">Keras: initializers</a>
 */
public interface KernelArguments<L extends Layer> extends Layer {
  /** The keys of the kernel's arguments. */
  WeightArguments KERNEL = WeightArguments.of("kernel", GlorotUniform.of());

  @Override
  Schema<L> schema();

  /** The same layer with other first values of the kernel; Glorot uniform by default. */
  default L kernelInitializer(Initializer initializer) {
    return schema().create(config().with(KERNEL.initializer(), initializer));
  }

  /** The same layer with a penalty on the kernel; none by default. */
  default L kernelRegularizer(Regularizer regularizer) {
    return schema().create(config().with(KERNEL.regularizer(), Optional.of(regularizer)));
  }

  /** The same layer with bounds for the kernel; none by default. */
  default L kernelConstraint(Constraint constraint) {
    return schema().create(config().with(KERNEL.constraint(), Optional.of(constraint)));
  }
}
