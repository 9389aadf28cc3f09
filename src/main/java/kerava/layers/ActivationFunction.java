package kerava.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What is done to each number that a layer gives.
 *
 * @see <a href="https://keras.io/api/layers/activations/">Keras: layer activation functions</a>
 */
public enum ActivationFunction {
  /** x. */
  LINEAR,
  /** max(x, 0). */
  RELU,
  /** exp(x) over the sum of exp(x) along the last axis. */
  SOFTMAX;

  /** Adds the operations of the function. */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
    return switch (this) {
      case LINEAR -> x;
      case RELU -> tf.nn.relu(x);
      case SOFTMAX -> tf.nn.softmax(x);
    };
  }
}
