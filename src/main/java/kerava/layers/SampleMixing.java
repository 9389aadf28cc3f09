package kerava.layers;

import kerava.BatchTransform.Samples;
import kerava.config.Config;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
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
  RandomNumbers draws() {
    return new RandomNumbers(scope, config, samples.images());
  }

  /** The partner of each sample, a random order: (batch). */
  Operand<TInt32> partners() {
    Ops tf = scope.tf();
    Operand<TFloat32> keys = draws().uniform("order", new Range(0, 1));
    return tf.withName("partners")
        .identity(
            tf.nn.topK(keys, DynamicShape.of(tf, samples.images(), 0), TInt32.class).indices());
  }

  /**
   * Numbers of the distribution Beta(alpha, alpha), one a sample: (batch).
   *
   * @param alpha a scalar above 0
   */
  Operand<TFloat32> beta(Operand<TFloat32> alpha) {
    return draws().beta(alpha, draws().each());
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
