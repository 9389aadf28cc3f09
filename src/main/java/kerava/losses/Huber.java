package kerava.losses;

import kerava.Loss;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of half the squares of small errors and of the absolute values of large ones: (batch,
 * n), (batch, n) → (batch).
 *
 * <p>Keras itself forgets δ when it saves a model; Kerava writes it if it is not the default, and
 * Keras reads it.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/regression_losses/#huber-class">Keras: Huber</a>
 */
public record Huber(Config config) implements TargetLoss<Huber> {
  private static final Key<Double> DELTA =
      Key.of("delta", Codec.number().where("a number above 0", delta -> delta > 0), 1.0).quiet();

  /** How the loss is written and read. */
  public static final Schema<Huber> SCHEMA =
      Loss.schema(new Name("Huber", "huber_loss"), Huber::new, DELTA);

  /** The loss, with δ = 1. */
  public static Huber of() {
    return new Huber(SCHEMA.config());
  }

  /**
   * The loss with another δ.
   *
   * @param delta the size from which on an error counts as large
   */
  public static Huber of(double delta) {
    return new Huber(SCHEMA.config().with(DELTA, delta));
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.huber(tf, targets, predictions, config.get(DELTA).floatValue());
  }

  @Override
  public Schema<Huber> schema() {
    return SCHEMA;
  }
}
