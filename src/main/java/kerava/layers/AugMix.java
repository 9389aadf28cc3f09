package kerava.layers;

import java.util.ArrayList;
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
 * Mixes images in training with what chains of augmentations make of them (Hendrycks et al. 2019):
 * (batch, height, width, 3 or 1) → the same. The augmentations and the shares are drawn once for
 * the batch, what each augmentation does for each image.
 *
 * <p>The same seed and step give the same images; outside training the images stay. No gradient
 * passes through it in training, so what comes before it cannot have weights to train. Keras
 * chooses the augmentations when it traces a graph and keeps to them in all steps of it; here each
 * step chooses anew, as each call outside a graph does there.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/aug_mix/">Keras:
 *     AugMix</a>
 * @see <a href="https://arxiv.org/abs/1912.02781">The paper</a>
 */
public record AugMix(Config config)
    implements ImageAugmentation<AugMix>, ValueRangeArgument<AugMix> {
  private static final Key<Integer> NUM_CHAINS = Key.of("num_chains", Codec.positive(), 3);
  private static final Key<Integer> CHAIN_DEPTH =
      Key.of(
          "chain_depth", Codec.integer().where("a number of at least 0", depth -> depth >= 0), 3);
  private static final Key<Range> FACTOR = Key.of("factor", Range.within(0, 1), new Range(0, 0.3));
  private static final Key<Double> ALPHA =
      Key.of("alpha", Codec.number().where("a number above 0", alpha -> alpha > 0), 1.0);
  private static final Key<Boolean> ALL_OPS = Key.of("all_ops", Codec.bool(), true);

  /** How the layer is written and read. */
  public static final Schema<AugMix> SCHEMA =
      Layer.schema("AugMix", AugMix::new, VALUE_RANGE, NUM_CHAINS, CHAIN_DEPTH)
          .with(FACTOR, ALPHA, ALL_OPS, InterpolationArguments.INTERPOLATION)
          .with(SEED, ChannelOrder.KEY, BoxFormat.KEY);

  /** The layer with Keras' defaults: three chains of three augmentations. */
  public static AugMix of() {
    return new AugMix(SCHEMA.config());
  }

  /**
   * The same layer with other chains; 3 of depth 3 by default.
   *
   * @param number of chains that are mixed
   * @param depth of each: how many augmentations, some of which may do nothing
   * @throws IllegalArgumentException if there is no chain, or the depth is below 0
   */
  public AugMix chains(int number, int depth) {
    return new AugMix(config.with(NUM_CHAINS, number).with(CHAIN_DEPTH, depth));
  }

  /**
   * The same layer with stronger or weaker augmentations; from 0 to 0.3 by default.
   *
   * @throws IllegalArgumentException if one is beyond 0 to 1
   */
  public AugMix factor(double lower, double upper) {
    return new AugMix(config.with(FACTOR, new Range(lower, upper)));
  }

  /**
   * The same layer with other shares, of the distributions Dirichlet(alpha, ...) for the chains and
   * Beta(alpha, alpha) for the image itself; 1 by default.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public AugMix alpha(double alpha) {
    return new AugMix(config.with(ALPHA, alpha));
  }

  /** The same layer with or without the augmentations that change colors; with them by default. */
  public AugMix allOps(boolean all) {
    return new AugMix(config.with(ALL_OPS, all));
  }

  /**
   * The same layer with another interpolation; {@code BILINEAR} by default.
   *
   * @throws IllegalArgumentException if it is neither {@code NEAREST} nor {@code BILINEAR}
   */
  public AugMix interpolation(Interpolation interpolation) {
    return new AugMix(config.with(InterpolationArguments.INTERPOLATION, interpolation));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    ChannelOrder order = config.get(ChannelOrder.KEY);
    return config.get(ALL_OPS) ? order.rgbOrGray(inputs) : order.images(inputs);
  }

  @Override
  public Operand<TFloat32> augment(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    ChannelOrder order = config.get(ChannelOrder.KEY);
    Operand<TFloat32> images = order.toLast(tf, x);
    RandomNumbers draws = new RandomNumbers(scope, config, images);
    Operand<TFloat32> alpha = tf.constant(config.get(ALPHA).floatValue());
    int number = config.get(NUM_CHAINS);
    Operand<TFloat32> shares =
        draws.named(
            "chain_mixing_weights",
            tf.nn.softmax(draws.logGamma("chains", alpha, Shape.of(number))));
    Operand<TFloat32> own = draws.beta(alpha, Shape.scalar());
    Operand<TFloat32> mixed = tf.zerosLike(images);
    for (int i = 0; i < number; i++) {
      Operand<TFloat32> share = tf.gather(shares, tf.constant(i), tf.constant(0));
      Operand<TFloat32> changed = chain(scope.child("chain_" + i), images);
      mixed = tf.math.add(mixed, tf.math.mul(changed, share));
    }
    Operand<TFloat32> both =
        tf.math.add(
            tf.math.mul(own, images), tf.math.mul(tf.math.sub(tf.constant(1f), own), mixed));
    return order.fromLast(tf, config.get(VALUE_RANGE).clip(tf, both));
  }

  private Operand<TFloat32> chain(Scope scope, Operand<TFloat32> images) {
    Operand<TFloat32> changed = images;
    for (int depth = 0; depth < config.get(CHAIN_DEPTH); depth++) {
      Scope own = scope.child("depth_" + depth);
      List<UnaryOperator<Operand<TFloat32>>> ways = ways(own, images);
      Operand<TInt32> way =
          new RandomNumbers(own, config, images).integers("layer", 0, ways.size(), Shape.scalar());
      changed = WayChosen.of(own.tf(), way, changed, ways);
    }
    return changed;
  }

  /** All augmentations, and behind them what does nothing. */
  private List<UnaryOperator<Operand<TFloat32>>> ways(Scope scope, Operand<TFloat32> images) {
    List<UnaryOperator<Operand<TFloat32>>> ways = new ArrayList<>();
    for (InnerAugmentations.Named one : augmentations()) {
      ways.add(one.way().drawn(scope.child(one.name()), images));
    }
    ways.add(UnaryOperator.identity());
    return ways;
  }

  private List<InnerAugmentations.Named> augmentations() {
    return new InnerAugmentations(
            config.get(FACTOR),
            config.get(VALUE_RANGE),
            config.get(InterpolationArguments.INTERPOLATION),
            config.get(SEED),
            config.get(ChannelOrder.KEY))
        .mixed(config.get(ALL_OPS));
  }

  @Override
  public Schema<AugMix> schema() {
    return SCHEMA;
  }
}
