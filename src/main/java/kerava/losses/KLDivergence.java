package kerava.losses;

import kerava.Labels;
import kerava.Loss;
import kerava.LossFunctions;
import kerava.Reduction;
import kerava.config.Config;
import kerava.config.Schema;
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
public record KLDivergence(Config config) implements Loss {
  /** How the loss is written and read. */
  public static final Schema<KLDivergence> SCHEMA =
      Loss.schema("KLDivergence", KLDivergence::new).alias("kld", "KLD");

  /** The loss. */
  public static KLDivergence of() {
    return new KLDivergence(SCHEMA.config());
  }

  /** The same loss, reduced otherwise; to the mean over the batch by default. */
  public KLDivergence reduction(Reduction reduction) {
    return new KLDivergence(config.with(REDUCTION, reduction));
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.TARGETS;
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return LossFunctions.klDivergence(tf, labels.targets(), predictions);
  }

  @Override
  public Schema<KLDivergence> schema() {
    return SCHEMA;
  }
}
