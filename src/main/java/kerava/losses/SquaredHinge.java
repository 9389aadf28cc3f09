package kerava.losses;

import kerava.Loss;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the squares of max(1 − y ŷ, 0), for targets of −1 and 1: (batch, n), (batch, n) →
 * (batch). Where all targets of a batch are 0 or 1, 0 stands for −1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/hinge_losses/#squaredhinge-class">Keras:
 *     SquaredHinge</a>
 */
public record SquaredHinge(Config config) implements TargetLoss<SquaredHinge> {
  /** How the loss is written and read. */
  public static final Schema<SquaredHinge> SCHEMA = Loss.schema("SquaredHinge", SquaredHinge::new);

  /** The loss. */
  public static SquaredHinge of() {
    return new SquaredHinge(SCHEMA.config());
  }

  /** Whether targets are 0 and 1, or −1 and 1, is seen by all of a batch. */
  @Override
  public boolean ofWholeBatch() {
    return true;
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.squaredHinge(tf, targets, predictions);
  }

  @Override
  public Schema<SquaredHinge> schema() {
    return SCHEMA;
  }
}
