package kerava.layers;

import java.util.Optional;
import java.util.function.UnaryOperator;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Makes images gray at random in training: (batch, height, width, 3 or 1) → the same; the channels
 * of a gray image are equal.
 *
 * <p>The same seed and step give the same images; outside training the images stay. Keras forgets
 * the seed when it writes the layer; here it is written where it was set.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_grayscale/">Keras:
 *     RandomGrayscale</a>
 */
public record RandomGrayscale(Config config) implements DrawnAugmentation<RandomGrayscale> {
  private static final Key<Double> FACTOR = Key.of("factor", Codec.between(0, 1), 0.5);

  private static final Key<Optional<Integer>> WRITTEN_SEED = SEED.quiet();

  /** How the layer is written and read. */
  public static final Schema<RandomGrayscale> SCHEMA =
      Layer.schema("RandomGrayscale", RandomGrayscale::new, FACTOR)
          .with(DataFormat.KEY, BoxFormat.KEY, WRITTEN_SEED);

  /**
   * The layer.
   *
   * @param factor the probability that an image becomes gray; 0.5 in Keras by default
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public static RandomGrayscale of(double factor) {
    return new RandomGrayscale(SCHEMA.config().with(FACTOR, factor));
  }

  @Override
  public RandomGrayscale seed(int seed) {
    Optional<Integer> given = Optional.of(seed);
    return new RandomGrayscale(config.with(SEED, given).with(WRITTEN_SEED, given));
  }

  /** The config with the seed where draws look for it. */
  private Config seeded() {
    return config.get(SEED).isPresent() ? config : config.with(SEED, config.get(WRITTEN_SEED));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Colors.rgbOrGray(inputs);
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> threshold =
        new RandomNumbers(scope, seeded(), x).uniform("threshold", new Range(0, 1));
    Operand<TBool> chosen =
        RandomNumbers.decided(
            tf, tf.math.less(threshold, tf.constant(config.get(FACTOR).floatValue())));
    return images -> tf.select(chosen, Colors.gray(tf, images), images);
  }

  @Override
  public Schema<RandomGrayscale> schema() {
    return SCHEMA;
  }
}
