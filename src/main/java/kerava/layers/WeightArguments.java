package kerava.layers;

import java.util.Optional;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.constraints.Constraint;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;
import org.tensorflow.ndarray.Shape;

/**
 * The three arguments that Keras' layers take for one of their weights, such as {@code
 * kernel_initializer}, {@code kernel_regularizer} and {@code kernel_constraint}.
 *
 * @param initializer the key of the first values
 * @param regularizer the key of the penalty, absent by default
 * @param constraint the key of the bounds, absent by default
 */
public record WeightArguments(
    Key<Initializer> initializer,
    Key<Optional<Regularizer>> regularizer,
    Key<Optional<Constraint>> constraint) {
  /**
   * The arguments of a weight.
   *
   * @param weight what their names begin with: "kernel"
   * @param initializer the first values by default
   */
  public static WeightArguments of(String weight, Initializer initializer) {
    return new WeightArguments(
        Key.of(weight + "_initializer", Codec.object(Initializer.class), initializer),
        Key.optional(weight + "_regularizer", Codec.object(Regularizer.class)),
        Key.optional(weight + "_constraint", Codec.object(Constraint.class)));
  }

  /**
   * The weight that a config's arguments describe, to be trained.
   *
   * @param name within its layer
   * @param shape of the weight
   */
  public WeightSpec weight(Config config, String name, Shape shape) {
    return WeightSpec.trained(name, shape, config.get(initializer))
        .regularized(config.get(regularizer))
        .constrained(config.get(constraint));
  }
}
