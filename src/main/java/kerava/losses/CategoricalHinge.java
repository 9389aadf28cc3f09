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
 * By how much the best wrong class is less than 1 below the right one, for one-hot targets: (batch,
 * n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/hinge_losses/#categoricalhinge-class">Keras:
 *     CategoricalHinge</a>
 */
public record CategoricalHinge(Config config) implements Loss {
  /** How the loss is written and read. */
  public static final Schema<CategoricalHinge> SCHEMA =
      Loss.schema("CategoricalHinge", CategoricalHinge::new);

  /** The loss. */
  public static CategoricalHinge of() {
    return new CategoricalHinge(SCHEMA.config());
  }

  /** The same loss, reduced otherwise; to the mean over the batch by default. */
  public CategoricalHinge reduction(Reduction reduction) {
    return new CategoricalHinge(config.with(REDUCTION, reduction));
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.TARGETS;
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return LossFunctions.categoricalHinge(tf, labels.targets(), predictions);
  }

  @Override
  public Schema<CategoricalHinge> schema() {
    return SCHEMA;
  }
}
