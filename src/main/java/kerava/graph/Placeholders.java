package kerava.graph;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

/** Places for values of any type, lists included, of which TensorFlow Java has no class. */
final class Placeholders {
  private Placeholders() {}

  /** A place for a value of the type and shape of another. */
  static Output<?> like(Ops tf, Operand<?> value) {
    return like(tf, value, value.shape());
  }

  /** A place for a value of the type of another, and of a shape. */
  static Output<?> like(Ops tf, Operand<?> value, Shape shape) {
    return ((Graph) tf.scope().env())
        .opBuilder("Placeholder", tf.scope().makeOpName("Placeholder"), tf.scope())
        .setAttr("dtype", value.asOutput().dataType())
        .setAttr("shape", shape)
        .build()
        .output(0);
  }

  /** The same value as the output of an operation of its own. */
  static Output<?> identity(Ops tf, Operand<?> value) {
    return ((Graph) tf.scope().env())
        .opBuilder("Identity", tf.scope().makeOpName("Identity"), tf.scope())
        .addInput(value.asOutput())
        .build()
        .output(0);
  }
}
