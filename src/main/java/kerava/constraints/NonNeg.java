package kerava.constraints;

import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Makes negative numbers 0.
 *
 * @param config the arguments; there are none
 * @see <a href="https://keras.io/api/layers/constraints/#nonneg-class">Keras: NonNeg</a>
 */
public record NonNeg(Config config) implements Constraint {
  /** How the constraint is written and read. */
  public static final Schema<NonNeg> SCHEMA = Schema.of("keras.constraints", "NonNeg", NonNeg::new);

  /** The constraint. */
  public static NonNeg of() {
    return new NonNeg(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> project(Ops tf, Operand<TFloat32> weight) {
    return tf.nn.relu(weight);
  }

  @Override
  public Schema<NonNeg> schema() {
    return SCHEMA;
  }
}
