package kerava.layers;

import kerava.BatchTransform.Samples;
import kerava.config.Config;
import kerava.graph.Scope;
import kerava.graph.Seeds;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.StatelessRandomGetKeyCounter;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What transforms that mix pairs of samples have in common: who is mixed with whom, and how much.
 *
 * @param scope of the transform
 * @param config holds the transform's own seed
 * @param samples what is mixed
 */
record SampleMixing(Scope scope, Config config, Samples samples) {
  /** TensorFlow's number for its generator Philox. */
  private static final int PHILOX = 1;

  RandomNumbers draws() {
    return new RandomNumbers(scope, config, samples.images());
  }

  /** The partner of each sample, a random order: (batch). */
  Operand<TInt32> partners() {
    Ops tf = scope.tf();
    Operand<TFloat32> keys = draws().uniform("order", new Range(0, 1));
    return tf.nn.topK(keys, DynamicShape.of(tf, samples.images(), 0), TInt32.class).indices();
  }

  /**
   * Numbers of the distribution Beta(alpha, alpha), one a sample: (batch).
   *
   * @param alpha a scalar above 0
   */
  Operand<TFloat32> beta(Operand<TFloat32> alpha) {
    Ops tf = scope.tf();
    return tf.math.sigmoid(tf.math.sub(logGamma("first", alpha), logGamma("second", alpha)));
  }

  // The logarithm, because numbers of Gamma(alpha) themselves become 0 where alpha is small, and
  // 0 / (0 + 0) is no number: Gamma(a) = Gamma(a + 1) · U^(1 / a) (Marsaglia and Tsang 2000).
  private Operand<TFloat32> logGamma(String what, Operand<TFloat32> alpha) {
    Ops tf = scope.tf();
    StatelessRandomGetKeyCounter key =
        tf.random.statelessRandomGetKeyCounter(
            scope.randomSeed(Seeds.of(config.get(SeedArgument.SEED).orElse(0), "gamma " + what)));
    Operand<TInt32> size =
        tf.reshape(DynamicShape.of(tf, samples.images(), 0), tf.constant(new int[] {1}));
    Operand<TFloat32> gamma =
        tf.random.statelessRandomGamma(
            size,
            key.key(),
            key.counter(),
            tf.constant(PHILOX),
            tf.math.add(alpha, tf.constant(1f)));
    Operand<TFloat32> uniform =
        tf.math.sub(tf.constant(1f), draws().uniform(what, new Range(0, 1)));
    return tf.math.add(tf.math.log(gamma), tf.math.div(tf.math.log(uniform), alpha));
  }

  /** Targets of which a share is the sample's own and the rest its partner's. */
  Operand<TFloat32> targets(Operand<TFloat32> share, Operand<TInt32> partners) {
    Ops tf = scope.tf();
    return blend(tf.reshape(share, tf.constant(new int[] {-1, 1})), samples.targets(), partners);
  }

  /** Images of which a share is the sample's own and the rest its partner's. */
  Operand<TFloat32> images(Operand<TFloat32> share, Operand<TInt32> partners) {
    return blend(RandomNumbers.each(scope.tf(), share), samples.images(), partners);
  }

  private Operand<TFloat32> blend(
      Operand<TFloat32> share, Operand<TFloat32> own, Operand<TInt32> partners) {
    Ops tf = scope.tf();
    Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), share);
    return tf.math.add(
        tf.math.mul(share, own), tf.math.mul(rest, tf.gather(own, partners, tf.constant(0))));
  }
}
