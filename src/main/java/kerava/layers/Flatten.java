package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * All numbers of a sample in one row: (batch, ...) → (batch, size).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/flatten/">Keras: Flatten</a>
 */
public record Flatten(Config config) implements TypedUnaryLayer {
  /** How the layer is written and read. */
  public static final Schema<Flatten> SCHEMA =
      Layer.schema("Flatten", Flatten::new, DataFormat.KEY);

  /** The layer; it has no arguments. */
  public static Flatten of() {
    return new Flatten(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.single();
    return Shape.of(x.get(0), size(x));
  }

  private static long size(Shape x) {
    Shape sample = x.numDimensions() == 1 ? Shape.scalar() : x.subShape(1, x.numDimensions());
    return sample.hasUnknownDimension() ? Shape.UNKNOWN_SIZE : sample.size();
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    long size = size(x.shape());
    if (size != Shape.UNKNOWN_SIZE) {
      return tf.reshape(x, tf.constant(new int[] {-1, Math.toIntExact(size)}));
    }
    return tf.reshape(x, tf.stack(List.of(DynamicShape.of(tf, x, 0), tf.constant(-1))));
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public Schema<Flatten> schema() {
    return SCHEMA;
  }
}
