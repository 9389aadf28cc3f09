package kerava.layers;

import kerava.config.Config;
import kerava.graph.Scope;
import kerava.graph.Seeds;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Random numbers for a batch of images, a number an image; they follow from the network's seed, the
 * step, and the layer's name and seed.
 *
 * @param scope of the layer
 * @param config holds the layer's own seed
 * @param images (batch, height, width, channels)
 */
record RandomNumbers(Scope scope, Config config, Operand<TFloat32> images) {

  /**
   * Uniform numbers.
   *
   * @param what tells the layer's draws apart
   * @return (batch)
   */
  Operand<TFloat32> uniform(String what, Range range) {
    Ops tf = scope.tf();
    Shape batch = Shape.of(images.shape().get(0));
    Operand<TFloat32> random =
        tf.random.statelessRandomUniform(
            DynamicShape.of(tf, batch, images), seed(what), TFloat32.class);
    float width = (float) (range.upper() - range.lower());
    // Random operations have no gradient, and their size follows from the images.
    return tf.stopGradient(
        tf.math.add(tf.math.mul(random, tf.constant(width)), tf.constant((float) range.lower())));
  }

  /** Normal numbers of mean 0 and deviation 1, one for every number of the images. */
  Operand<TFloat32> normal(String what) {
    Ops tf = scope.tf();
    return tf.stopGradient(
        tf.random.statelessRandomNormal(
            DynamicShape.of(tf, images.shape(), images), seed(what), TFloat32.class));
  }

  /** One number an image in a shape that goes with the images: (batch) → (batch, 1, 1, 1). */
  static Operand<TFloat32> each(Ops tf, Operand<TFloat32> numbers) {
    return tf.reshape(numbers, tf.constant(new int[] {-1, 1, 1, 1}));
  }

  /** One decision an image in a shape that goes with the images: (batch) → (batch, 1, 1, 1). */
  static Operand<TBool> decided(Ops tf, Operand<TBool> decisions) {
    return tf.reshape(decisions, tf.constant(new int[] {-1, 1, 1, 1}));
  }

  private Operand<TInt64> seed(String what) {
    return scope.randomSeed(Seeds.of(config.get(SeedArgument.SEED).orElse(0), what));
  }
}
