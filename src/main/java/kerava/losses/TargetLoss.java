package kerava.losses;

import kerava.Labels;
import kerava.Loss;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss that compares predictions with targets of their shape, one-hot vectors for example.
 *
 * @param <L> the class of the loss
 * @see <a href="https://keras.io/api/losses/">Keras: losses</a>
 */
public interface TargetLoss<L extends Loss> extends ReductionArgument<L> {
  /**
   * Adds the operations of the losses of the samples.
   *
   * @param targets of the shape of the predictions
   * @param predictions the output of the model, of shape (batch, ..., n)
   * @return of shape (batch, ...)
   */
  Operand<TFloat32> losses(Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions);

  @Override
  default Labels.Kind labels() {
    return Labels.Kind.TARGETS;
  }

  @Override
  default Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return losses(tf, labels.targets(), predictions);
  }
}
