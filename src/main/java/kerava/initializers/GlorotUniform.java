package kerava.initializers;

import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Uniform between ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#glorotuniform-class">Keras:
 *     GlorotUniform</a>
 */
public record GlorotUniform(Config config) implements Initializer {
  private static final Key<Optional<Integer>> SEED = Key.optional("seed", Codec.integer());

  /** How the initializer is written and read. */
  public static final Schema<GlorotUniform> SCHEMA =
      Schema.of("keras.initializers", "GlorotUniform", GlorotUniform::new, SEED);

  /** The initializer. */
  public static GlorotUniform of() {
    return new GlorotUniform(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    double limit = Math.sqrt(6 / (Scaling.fanIn(shape) + Scaling.fanOut(shape)));
    return Scaling.uniform(tf, shape, config.get(SEED).map(Integer::longValue).orElse(seed), limit);
  }

  @Override
  public Schema<GlorotUniform> schema() {
    return SCHEMA;
  }
}
