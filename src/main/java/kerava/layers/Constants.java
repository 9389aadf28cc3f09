package kerava.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Numbers of a config as TensorFlow's constants. */
final class Constants {
  private Constants() {}

  /** One number as a scalar, several as a vector. */
  static Operand<TFloat32> constant(Ops tf, List<Double> numbers) {
    if (numbers.size() == 1) {
      return tf.constant(numbers.get(0).floatValue());
    }
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return tf.constant(values);
  }
}
