package kerava.layers;

import kerava.BatchTransform;
import kerava.Layer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.graph.Seeds;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Pastes into each image a rectangle of another one of the batch, and mixes their targets by its
 * area (Yun et al. 2019).
 *
 * <pre>{@code
 * TrainerOptions.defaults().withTransforms(CutMix.of())
 * }</pre>
 *
 * <p>As a layer of a model it pastes in training and leaves the targets alone, as in Keras.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/cut_mix/">Keras:
 *     CutMix</a>
 * @see <a href="https://arxiv.org/abs/1905.04899">The paper</a>
 */
public record CutMix(Config config) implements BatchTransform, ImageAugmentation<CutMix> {
  private static final Key<Range> FACTOR = Key.of("factor", Range.within(0, 1), new Range(0, 1));

  /** How the transform, or the layer, is written and read. */
  public static final Schema<CutMix> SCHEMA =
      Layer.schema("CutMix", CutMix::new, FACTOR, SEED, DataFormat.KEY, BoxFormat.KEY);

  /** The transform with Keras' factor, 0 to 1. */
  public static CutMix of() {
    return new CutMix(SCHEMA.config());
  }

  /**
   * The same transform with another factor, drawn anew for each batch: the area that stays follows
   * the distribution Beta(factor, factor).
   *
   * @throws IllegalArgumentException if it goes beyond 0 to 1
   */
  public CutMix factor(double lower, double upper) {
    return new CutMix(config.with(FACTOR, new Range(lower, upper)));
  }

  /**
   * What chance gives a batch; (batch) each.
   *
   * @param partners the numbers of the other samples
   * @param share of the area that stays, before the rectangle is drawn; 0 to 1
   * @param top 0, where the rectangle begins at the upper edge, to 1, where it ends at the lower
   * @param left the same from left to right
   */
  record Drawn(
      Operand<TInt32> partners,
      Operand<TFloat32> share,
      Operand<TFloat32> top,
      Operand<TFloat32> left) {}

  @Override
  public Samples apply(Scope scope, Samples samples) {
    SampleMixing mixing = new SampleMixing(scope, config, samples);
    return mixed(mixing, drawn(mixing));
  }

  @Override
  public Operand<TFloat32> augment(Scope scope, Operand<TFloat32> images) {
    SampleMixing mixing = new SampleMixing(scope, config, new Samples(images, images));
    return pasted(mixing, drawn(mixing)).images;
  }

  private Drawn drawn(SampleMixing mixing) {
    Range all = new Range(0, 1);
    return new Drawn(
        mixing.partners(),
        mixing.beta(factor(mixing.scope())),
        mixing.draws().uniform("top", all),
        mixing.draws().uniform("left", all));
  }

  /**
   * What was pasted.
   *
   * @param images with the rectangles
   * @param own the part of each that is its own: (batch)
   */
  private record Pasted(Operand<TFloat32> images, Operand<TFloat32> own) {}

  static Samples mixed(SampleMixing mixing, Drawn drawn) {
    Pasted pasted = pasted(mixing, drawn);
    return new Samples(pasted.images, mixing.targets(pasted.own, drawn.partners));
  }

  private static Pasted pasted(SampleMixing mixing, Drawn drawn) {
    Ops tf = mixing.scope().tf();
    Operand<TFloat32> own = mixing.samples().images();
    Operand<TFloat32> side = tf.math.sqrt(tf.math.sub(tf.constant(1f), drawn.share));
    Shape shape = own.shape();
    Sides rows = sides(tf, drawn.top, side, shape.get(1));
    Sides columns = sides(tf, drawn.left, side, shape.get(2));
    Operand<TFloat32> area =
        tf.math.div(
            tf.math.mul(rows.length(), columns.length()),
            tf.constant((float) (shape.get(1) * shape.get(2))));
    Operand<TBool> pasted =
        tf.math.logicalAnd(inside(tf, rows, shape, 1), inside(tf, columns, shape, 2));
    Operand<TFloat32> others = tf.gather(own, drawn.partners, tf.constant(0));
    Operand<TFloat32> stays = tf.math.sub(tf.constant(1f), area);
    return new Pasted(tf.select(pasted, others, own), stays);
  }

  private Operand<TFloat32> factor(Scope scope) {
    Ops tf = scope.tf();
    Range range = config.get(FACTOR);
    Operand<TFloat32> draw =
        tf.random.statelessRandomUniform(
            tf.constant(new int[0]),
            scope.randomSeed(Seeds.of(config.get(SEED).orElse(0), "factor")),
            TFloat32.class);
    Operand<TFloat32> scaled =
        tf.math.mul(draw, tf.constant((float) (range.upper() - range.lower())));
    // As in Keras, so that a factor of 0 is a distribution, too.
    return tf.math.add(scaled, tf.constant((float) (range.lower() + 1e-6)));
  }

  /** The rectangle along one axis, in pixels; (batch) each. */
  private record Sides(Operand<TFloat32> from, Operand<TFloat32> to, Operand<TFloat32> length) {}

  private static Sides sides(Ops tf, Operand<TFloat32> start, Operand<TFloat32> side, long pixels) {
    Operand<TFloat32> all = tf.constant((float) pixels);
    Operand<TFloat32> length = tf.math.mul(side, all);
    Operand<TFloat32> from = tf.math.mul(start, tf.math.sub(all, length));
    return new Sides(from, tf.math.add(from, length), length);
  }

  private static Operand<TBool> inside(Ops tf, Sides sides, Shape shape, int axis) {
    int[] sizes = {1, 1, 1, 1};
    sizes[axis] = Math.toIntExact(shape.get(axis));
    float[] numbers = new float[sizes[axis]];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    Operand<TFloat32> pixel = tf.reshape(tf.constant(numbers), tf.constant(sizes));
    return tf.math.logicalAnd(
        tf.math.greaterEqual(pixel, RandomNumbers.each(tf, sides.from())),
        tf.math.less(pixel, RandomNumbers.each(tf, sides.to())));
  }

  @Override
  public Schema<CutMix> schema() {
    return SCHEMA;
  }
}
