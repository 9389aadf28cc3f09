package kerava.losses;

import kerava.Loss;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The negative cosine of the angle between targets and predictions: (batch, n), (batch, n) →
 * (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/regression_losses/#cosinesimilarity-class">Keras:
 *     CosineSimilarity</a>
 */
public record CosineSimilarity(Config config) implements TargetLoss<CosineSimilarity> {
  /** How the loss is written and read. */
  public static final Schema<CosineSimilarity> SCHEMA =
      Loss.schema("CosineSimilarity", CosineSimilarity::new);

  /** The loss. */
  public static CosineSimilarity of() {
    return new CosineSimilarity(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return tf.math.neg(LossFunctions.cosineSimilarity(tf, targets, predictions));
  }

  @Override
  public Schema<CosineSimilarity> schema() {
    return SCHEMA;
  }
}
