package kerava.layers;

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
 * x if x &gt; 0, else α (exp(x) - 1) (Clevert et al. 2015): any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/activation_layers/elu/">Keras: ELU</a>
 */
public record ELU(Config config) implements UnaryLayer, PassesMask {
  private static final Key<Double> ALPHA = Key.of("alpha", Codec.number(), 1.0);

  /** How the layer is written and read. */
  public static final Schema<ELU> SCHEMA = Layer.schema("ELU", ELU::new, ALPHA);

  /** The layer with an α of 1. */
  public static ELU of() {
    return new ELU(SCHEMA.config());
  }

  /** The layer with an α. */
  public static ELU of(double alpha) {
    return new ELU(SCHEMA.config().with(ALPHA, alpha));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.single();
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> y = tf.nn.elu(x);
    if (config.get(ALPHA) == 1) {
      return y;
    }
    Operand<TFloat32> scaled = tf.math.mul(y, tf.constant(config.get(ALPHA).floatValue()));
    return tf.select(tf.math.greater(x, tf.constant(0f)), y, scaled);
  }

  @Override
  public Schema<ELU> schema() {
    return SCHEMA;
  }
}
