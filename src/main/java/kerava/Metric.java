package kerava;

import kerava.config.Configured;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A figure that is reported beside the loss, as an immutable value: a mean over samples.
 *
 * @see <a href="https://keras.io/api/metrics/">Keras: metrics</a>
 */
public interface Metric extends Configured {
  /** The name that it is reported under. */
  String name();

  /**
   * The metric to use for labels of a kind and an output of a shape; this one, unless it depends on
   * them as "accuracy" does.
   *
   * @param output the shape of the model's output, batch dimension first
   */
  default Metric resolve(Labels.Kind kind, Shape output) {
    return this;
  }

  /**
   * Adds the operations of the figure for each sample.
   *
   * @param predictions the output of the model, of shape (batch, ...)
   * @return of shape (batch)
   */
  Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions);
}
