package kerava.losses;

import kerava.Labels;
import kerava.Loss;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.Ctc;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How unlikely a row of labels is where nobody knows when each was said or written (Graves et al.
 * 2006): (batch, n), (batch, times, classes) → (batch).
 *
 * <p>Predictions are logits. Labels are class numbers; class 0 is the blank, and fills rows up.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/probabilistic_losses/#ctc-class">Keras: CTC</a>
 */
public record CTC(Config config) implements ReductionArgument<CTC> {
  /** How the loss is written and read. */
  public static final Schema<CTC> SCHEMA = Loss.schema("CTC", CTC::new);

  /** The loss. */
  public static CTC of() {
    return new CTC(SCHEMA.config());
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.CLASSES;
  }

  @Override
  public Shape labelShape(Shape output) {
    if (output.numDimensions() != 3) {
      throw new IllegalArgumentException(
          "CTC: expected a model that gives (batch, times, classes), got " + output + ".");
    }
    return Shape.of(output.get(0), Shape.UNKNOWN_SIZE);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return Ctc.loss(tf, labels.classes(), predictions);
  }

  @Override
  public Schema<CTC> schema() {
    return SCHEMA;
  }
}
