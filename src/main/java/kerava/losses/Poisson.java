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
 * The Poisson loss ŷ − y log ŷ, in the mean: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/probabilistic_losses/#poisson-class">Keras: Poisson</a>
 */
public record Poisson(Config config) implements Loss {
  /** How the loss is written and read. */
  public static final Schema<Poisson> SCHEMA = Loss.schema("Poisson", Poisson::new);

  /** The loss. */
  public static Poisson of() {
    return new Poisson(SCHEMA.config());
  }

  /** The same loss, reduced otherwise; to the mean over the batch by default. */
  public Poisson reduction(Reduction reduction) {
    return new Poisson(config.with(REDUCTION, reduction));
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.TARGETS;
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return LossFunctions.poisson(tf, labels.targets(), predictions);
  }

  @Override
  public Schema<Poisson> schema() {
    return SCHEMA;
  }
}
