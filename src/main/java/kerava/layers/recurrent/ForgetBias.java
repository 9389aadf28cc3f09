package kerava.layers.recurrent;

import java.util.List;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.initializers.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The first values of an LSTM's bias where the forget gate begins open (Jozefowicz et al. 2015): 1
 * for the second gate of four.
 *
 * @param others makes the values of the other gates
 */
record ForgetBias(Initializer others) implements Initializer {
  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    long gate = shape.get(0) / 4;
    return tf.concat(
        List.of(
            others.value(tf, Shape.of(gate), seed),
            tf.fill(tf.constant(new long[] {gate}), tf.constant(1f)),
            others.value(tf, Shape.of(2 * gate), seed)),
        tf.constant(0));
  }

  @Override
  public Config config() {
    return others.config();
  }

  @Override
  public Schema<?> schema() {
    return others.schema();
  }
}
