package kerava.losses;

import kerava.Loss;
import kerava.Reduction;
import kerava.config.Schema;

/**
 * What all of Keras' losses take: {@code reduction}.
 *
 * @param <L> the class of the loss
 * @see <a href="https://keras.io/api/losses/">Keras: losses</a>
 */
public interface ReductionArgument<L extends Loss> extends Loss {
  @Override
  Schema<L> schema();

  /** The same loss, reduced otherwise; to the mean over the batch by default. */
  default L reduction(Reduction reduction) {
    return schema().create(config().with(REDUCTION, reduction));
  }
}
