package kerava.losses;

import kerava.Loss;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Kullback-Leibler divergence of predictions from targets: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/probabilistic_losses/#kldivergence-class">Keras:
 *     KLDivergence</a>
 */
public record KLDivergence(Config config) implements TargetLoss<KLDivergence> {
  /** How the loss is written and read. */
  public static final Schema<KLDivergence> SCHEMA =
      Loss.schema("KLDivergence", KLDivergence::new).alias("kld", "KLD");

  /** The loss. */
  public static KLDivergence of() {
    return new KLDivergence(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.klDivergence(tf, targets, predictions);
  }

  @Override
  public Schema<KLDivergence> schema() {
    return SCHEMA;
  }
}
