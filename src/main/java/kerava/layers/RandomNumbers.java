package kerava.layers;

import kerava.config.Config;
import kerava.graph.Scope;
import kerava.graph.Seeds;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.StatelessRandomGetKeyCounter;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Random numbers for a batch of images; they follow from the network's seed, the step, and the
 * layer's name and seed. Each draw has its name in the graph.
 *
 * @param scope of the layer
 * @param config holds the layer's own seed
 * @param images (batch, height, width, channels)
 */
record RandomNumbers(Scope scope, Config config, Operand<TFloat32> images) {
  /** TensorFlow's number for its generator Philox. */
  private static final int PHILOX = 1;

  /** The shape of one number an image: (batch). */
  Shape each() {
    return Shape.of(images.shape().get(0));
  }

  /**
   * Uniform numbers, one an image.
   *
   * @param what tells the layer's draws apart
   * @return (batch)
   */
  Operand<TFloat32> uniform(String what, Range range) {
    return uniform(what, range, each());
  }

  /**
   * Uniform numbers.
   *
   * @param what tells the layer's draws apart
   * @param shape where a size is not known, it is that of the images on the same axis
   */
  Operand<TFloat32> uniform(String what, Range range, Shape shape) {
    Ops tf = scope.tf();
    Operand<TFloat32> random =
        tf.random.statelessRandomUniform(
            DynamicShape.of(tf, shape, images), seed(what), TFloat32.class);
    float width = (float) (range.upper() - range.lower());
    return named(
        what,
        tf.math.add(tf.math.mul(random, tf.constant(width)), tf.constant((float) range.lower())));
  }

  /**
   * Whole numbers, each as likely as the others.
   *
   * @param what tells the layer's draws apart
   * @param from the least
   * @param below 1 more than the greatest
   * @param shape where a size is not known, it is that of the images on the same axis
   */
  Operand<TInt32> integers(String what, int from, int below, Shape shape) {
    Ops tf = scope.tf();
    Operand<TInt32> random =
        tf.random.statelessRandomUniformInt(
            DynamicShape.of(tf, shape, images), seed(what), tf.constant(from), tf.constant(below));
    return tf.withName(legal(what)).identity(random);
  }

  /** −1 or 1, each as likely as the other, for each image: (batch). */
  Operand<TFloat32> sign(String what) {
    Ops tf = scope.tf();
    Operand<TBool> minus = tf.math.greater(uniform(what, new Range(0, 1)), tf.constant(0.5f));
    return tf.select(minus, tf.constant(-1f), tf.constant(1f));
  }

  /** Which images are changed, each with a probability that is itself drawn: (batch). */
  Operand<TBool> chosen(Range probability) {
    Operand<TFloat32> likely = uniform("probability", probability);
    return scope.tf().math.less(uniform("threshold", new Range(0, 1)), likely);
  }

  /** Normal numbers of mean 0 and deviation 1, one for every number of the images. */
  Operand<TFloat32> normal(String what) {
    return normal(what, images.shape());
  }

  /**
   * Normal numbers of mean 0 and deviation 1.
   *
   * @param what tells the layer's draws apart
   * @param shape where a size is not known, it is that of the images on the same axis
   */
  Operand<TFloat32> normal(String what, Shape shape) {
    Ops tf = scope.tf();
    return named(
        what,
        tf.random.statelessRandomNormal(
            DynamicShape.of(tf, shape, images), seed(what), TFloat32.class));
  }

  /**
   * Logarithms of numbers of the distribution Gamma(alpha).
   *
   * <p>Not the numbers themselves, which become 0 where alpha is small, and 0 / (0 + 0) is no
   * number: Gamma(a) = Gamma(a + 1) · U^(1 / a) (Marsaglia and Tsang 2000).
   *
   * @param what tells the layer's draws apart
   * @param alpha a scalar above 0
   * @param shape of rank 1 or less; an unknown size is the batch's
   */
  Operand<TFloat32> logGamma(String what, Operand<TFloat32> alpha, Shape shape) {
    Ops tf = scope.tf();
    StatelessRandomGetKeyCounter key =
        tf.random.statelessRandomGetKeyCounter(seed("gamma " + what));
    Operand<TFloat32> gamma =
        tf.random.statelessRandomGamma(
            DynamicShape.of(tf, shape, images),
            key.key(),
            key.counter(),
            tf.constant(PHILOX),
            tf.math.add(alpha, tf.constant(1f)));
    Operand<TFloat32> uniform = tf.math.sub(tf.constant(1f), uniform(what, new Range(0, 1), shape));
    return tf.math.add(tf.math.log(gamma), tf.math.div(tf.math.log(uniform), alpha));
  }

  /**
   * Numbers of the distribution Beta(alpha, alpha).
   *
   * @param alpha a scalar above 0
   * @param shape of rank 1 or less; an unknown size is the batch's
   */
  Operand<TFloat32> beta(Operand<TFloat32> alpha, Shape shape) {
    Ops tf = scope.tf();
    return named(
        "share",
        tf.math.sigmoid(
            tf.math.sub(logGamma("first", alpha, shape), logGamma("second", alpha, shape))));
  }

  /** What was drawn, under its name; its size follows from the images, its numbers do not. */
  Operand<TFloat32> named(String what, Operand<TFloat32> numbers) {
    return scope.tf().withName(legal(what)).stopGradient(numbers);
  }

  private static String legal(String what) {
    return what.replace(' ', '_');
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
