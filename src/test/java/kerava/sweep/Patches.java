package kerava.sweep;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The class {@code Patches} of {@code tools/sweep/examples/own.py}: cuts an image into squares,
 * (batch, height, width, channels) → (batch, squares, numbers of a square).
 */
record Patches(Config config) implements UnaryLayer {
  private static final Key<Integer> SIZE = Key.required("patch_size", Codec.positive());
  static final Schema<Patches> SCHEMA =
      Schema.of("page", "Patches", Patches::new, SIZE)
          .withFirst(List.of(Layer.NAME, Layer.TRAINABLE));

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape image = inputs.image();
    long size = config.get(SIZE);
    long squares = (image.get(1) / size) * (image.get(2) / size);
    return Shape.of(image.get(0), squares, size * size * image.get(3));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    int size = config.get(SIZE);
    int rows = (int) x.shape().get(1) / size;
    int columns = (int) x.shape().get(2) / size;
    int channels = (int) x.shape().get(3);
    Operand<TFloat32> cut = tf.reshape(x, tf.array(-1, rows, size, columns, size, channels));
    Operand<TFloat32> squares = tf.linalg.transpose(cut, tf.array(0, 1, 3, 2, 4, 5));
    return tf.reshape(squares, tf.array(-1, rows * columns, size * size * channels));
  }

  @Override
  public Schema<Patches> schema() {
    return SCHEMA;
  }
}
