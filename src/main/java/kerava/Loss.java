package kerava;

import kerava.config.Configured;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What training makes small, as an immutable value.
 *
 * @see <a href="https://keras.io/api/losses/">Keras: losses</a>
 */
public interface Loss extends Configured {
  /** What labels the loss compares predictions with. */
  Labels.Kind labels();

  /** How the losses of the samples become one number. */
  Reduction reduction();

  /**
   * Adds the operations of the loss of each sample.
   *
   * @param labels of the kind that {@link #labels} names
   * @param predictions the output of the model, of shape (batch, ...)
   * @return of shape (batch), or (batch, ...) where predictions have more than two dimensions
   */
  Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions);
}
