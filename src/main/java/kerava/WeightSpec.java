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
 * @param name Keras' name for it within the layer: {@code kernel}
 * @param shape fully known
 * @param initializer makes its first value
 * @param trainable whether gradients change it; moving averages are not
 * @param regularizer its penalty, if any
 * @param constraint its bounds, if any
 */
public record WeightSpec(
    String name,
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
    return new WeightSpec(name, shape, initializer, true, Optional.empty(), Optional.empty());
  }

  /** A weight that the layer itself updates, such as a moving average. */
  public static WeightSpec state(String name, Shape shape, Initializer initializer) {
    return new WeightSpec(name, shape, initializer, false, Optional.empty(), Optional.empty());
  }

  /** The same weight with a penalty. */
  public WeightSpec regularized(Optional<Regularizer> penalty) {
    return new WeightSpec(name, shape, initializer, trainable, penalty, constraint);
  }

  /** The same weight with bounds. */
  public WeightSpec constrained(Optional<Constraint> bounds) {
    return new WeightSpec(name, shape, initializer, trainable, regularizer, bounds);
  }

  /** The same weight under a path: {@code prefix/name}. */
  WeightSpec under(String prefix, boolean layerTrainable) {
    return new WeightSpec(
        prefix + "/" + name,
        shape,
        initializer,
        trainable && layerTrainable,
        regularizer,
        constraint);
  }
}
