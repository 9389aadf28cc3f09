package kerava.layers;

import java.util.List;
import java.util.function.UnaryOperator;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.images.Interpolation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Changes images in training by a few augmentations that are chosen at random (Cubuk et al. 2019):
 * (batch, height, width, 3 or 1) → the same. Which ones is drawn once for the batch, among shear,
 * translation, rotation, brightness, color degeneration, contrast, sharpness, posterization,
 * solarization, auto contrast and equalization; how much each does, for each image.
 *
 * <p>The same seed and step give the same images; outside training the images stay. No gradient
 * passes through it in training, so what comes before it cannot have weights to train. As in Keras,
 * an augmentation that is chosen twice does the same twice.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/rand_augment/">Keras:
 *     RandAugment</a>
 * @see <a href="https://arxiv.org/abs/1909.13719">The paper</a>
 */
public record RandAugment(Config config)
    implements ImageAugmentation<RandAugment>, ValueRangeArgument<RandAugment> {
  private static final Key<Integer> NUM_OPS =
      Key.of("num_ops", Codec.integer().where("a number of at least 0", number -> number >= 0), 2);
  private static final Key<Range> FACTOR = Key.of("factor", Range.within(0, 1), new Range(0, 0.5));

  /** How the layer is written and read. */
  public static final Schema<RandAugment> SCHEMA =
      Layer.schema("RandAugment", RandAugment::new, VALUE_RANGE, NUM_OPS, FACTOR)
          .with(InterpolationArguments.INTERPOLATION, SEED, ChannelOrder.KEY, BoxFormat.KEY);

  /** The layer with Keras' defaults: two augmentations of up to half their strength. */
  public static RandAugment of() {
    return new RandAugment(SCHEMA.config());
  }

  /**
   * The same layer with more or fewer augmentations; 2 by default.
   *
   * @throws IllegalArgumentException if there are less than 0
   */
  public RandAugment numOps(int number) {
    return new RandAugment(config.with(NUM_OPS, number));
  }

  /**
   * The same layer with stronger or weaker augmentations; from 0 to 0.5 by default.
   *
   * @throws IllegalArgumentException if one is beyond 0 to 1
   */
  public RandAugment factor(double lower, double upper) {
    return new RandAugment(config.with(FACTOR, new Range(lower, upper)));
  }

  /**
   * The same layer with another interpolation; {@code BILINEAR} by default.
   *
   * @throws IllegalArgumentException if it is neither {@code NEAREST} nor {@code BILINEAR}
   */
  public RandAugment interpolation(Interpolation interpolation) {
    return new RandAugment(config.with(InterpolationArguments.INTERPOLATION, interpolation));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return config.get(ChannelOrder.KEY).rgbOrGray(inputs);
  }

  @Override
  public Operand<TFloat32> augment(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    ChannelOrder order = config.get(ChannelOrder.KEY);
    int number = config.get(NUM_OPS);
    Operand<TFloat32> images = order.toLast(tf, x);
    Operand<TInt32> chosen =
        new RandomNumbers(scope, config, images)
            .integers("layers", 0, augmentations().size(), Shape.of(number));
    List<UnaryOperator<Operand<TFloat32>>> ways = ways(scope, images);
    for (int i = 0; i < number; i++) {
      Operand<TInt32> way = tf.gather(chosen, tf.constant(i), tf.constant(0));
      images = WayChosen.of(tf, way, images, ways);
    }
    return order.fromLast(tf, images);
  }

  private List<UnaryOperator<Operand<TFloat32>>> ways(Scope scope, Operand<TFloat32> images) {
    return augmentations().stream()
        .map(one -> one.way().drawn(scope.child(one.name()), images))
        .toList();
  }

  private List<InnerAugmentations.Named> augmentations() {
    return new InnerAugmentations(
            config.get(FACTOR),
            config.get(VALUE_RANGE),
            config.get(InterpolationArguments.INTERPOLATION),
            config.get(SEED),
            config.get(ChannelOrder.KEY))
        .all();
  }

  @Override
  public Schema<RandAugment> schema() {
    return SCHEMA;
  }
}
