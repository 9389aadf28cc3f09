package kerava.layers.attention;

import java.util.Arrays;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.initializers.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * An initializer for a weight that stands for a matrix, though it has more axes: its connections
 * are those of the matrix.
 *
 * @param initializer what fills the matrix
 * @param matrix the shape of the matrix
 */
record MatrixInitializer(Initializer initializer, Shape matrix) implements Initializer {
  /**
   * The initializer of a weight: of those that count connections one for a matrix, any other as it
   * is.
   */
  static Initializer of(Initializer initializer, Shape matrix) {
    boolean counts =
        initializer.schema().keys().stream().anyMatch(key -> key.name().equals("input_axes"));
    return counts ? new MatrixInitializer(initializer, matrix) : initializer;
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    int[] sizes = Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
    return tf.reshape(initializer.value(tf, matrix, seed), tf.constant(sizes));
  }

  @Override
  public Config config() {
    return initializer.config();
  }

  @Override
  public Schema<?> schema() {
    return initializer.schema();
  }
}
