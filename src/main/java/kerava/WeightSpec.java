package kerava;

import java.util.Optional;
import kerava.constraints.Constraint;
import kerava.graph.Rows;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;
import org.tensorflow.ndarray.Shape;

/**
 * A weight that a layer declares.
 *
 * @param name Keras' name for it within the layer: {@code kernel}; in a model {@code layer/kernel}
 * @param path the name that Keras gives it in a model that it read: without those of models within
 * @param shape fully known
 * @param initializer makes its first value
 * @param trainable whether gradients change it; moving averages are not
 * @param regularizer its penalty, if any
 * @param constraint its bounds, if any
 */
public record WeightSpec(
    String name,
    String path,
    Shape shape,
    Initializer initializer,
    boolean trainable,
    Optional<Regularizer> regularizer,
    Optional<Constraint> constraint) {
  /** Refuses a weight of more numbers than an array holds. */
  public WeightSpec {
    Rows.length(name, shape);
  }

  /** A weight that is trained. */
  public static WeightSpec trained(String name, Shape shape, Initializer initializer) {
    return new WeightSpec(name, name, shape, initializer, true, Optional.empty(), Optional.empty());
  }

  /** A weight that the layer itself updates, such as a moving average. */
  public static WeightSpec state(String name, Shape shape, Initializer initializer) {
    return new WeightSpec(
        name, name, shape, initializer, false, Optional.empty(), Optional.empty());
  }

  /** The same weight with a penalty. */
  public WeightSpec regularized(Optional<Regularizer> penalty) {
    return new WeightSpec(name, path, shape, initializer, trainable, penalty, constraint);
  }

  /** The same weight with bounds. */
  public WeightSpec constrained(Optional<Constraint> bounds) {
    return new WeightSpec(name, path, shape, initializer, trainable, regularizer, bounds);
  }

  /**
   * The same weight under a name: {@code layer/name}.
   *
   * @param model whether that is the name of a model
   */
  WeightSpec under(String prefix, boolean layerTrainable, boolean model) {
    return new WeightSpec(
        prefix + "/" + name,
        model ? path : prefix + "/" + path,
        shape,
        initializer,
        trainable && layerTrainable,
        regularizer,
        constraint);
  }
}
