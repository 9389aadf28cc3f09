package kerava.layers;

import kerava.BatchTransform;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Blends each image and its target with those of another sample of the batch (Zhang et al. 2017),
 * by a share of the distribution Beta(alpha, alpha) for each.
 *
 * <pre>{@code
 * TrainerOptions.defaults().withTransforms(MixUp.of())
 * }</pre>
 *
 * <p>As a layer of a model it blends images in training and leaves the targets alone, as in Keras.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/mix_up/">Keras:
 *     MixUp</a>
 * @see <a href="https://arxiv.org/abs/1710.09412">The paper</a>
 */
public record MixUp(Config config) implements BatchTransform, ImageAugmentation<MixUp> {
  private static final Key<Double> ALPHA =
      Key.of(
          "alpha",
          Codec.number().where("a number above 0, at most 1", alpha -> alpha > 0 && alpha <= 1),
          0.2);

  /** How the transform, or the layer, is written and read. */
  public static final Schema<MixUp> SCHEMA =
      Layer.schema("MixUp", MixUp::new, ALPHA, SEED, DataFormat.KEY, BoxFormat.KEY);

  /** The transform with Keras' alpha, 0.2: most images are blended little. */
  public static MixUp of() {
    return new MixUp(SCHEMA.config());
  }

  /**
   * The same transform with another alpha: the smaller, the more images stay nearly as they are.
   *
   * @throws IllegalArgumentException if it is not above 0 and at most 1
   */
  public MixUp alpha(double alpha) {
    return new MixUp(config.with(ALPHA, alpha));
  }

  /**
   * What chance gives a batch: who is blended with whom, and the share that stays; (batch) each.
   *
   * @param partners the numbers of the other samples
   * @param share 0 to 1
   */
  record Drawn(Operand<TInt32> partners, Operand<TFloat32> share) {}

  @Override
  public Samples apply(Scope scope, Samples samples) {
    SampleMixing mixing = new SampleMixing(scope, config, samples);
    return mixed(mixing, drawn(mixing));
  }

  @Override
  public Operand<TFloat32> augment(Scope scope, Operand<TFloat32> images) {
    SampleMixing mixing = new SampleMixing(scope, config, new Samples(images, images));
    Drawn drawn = drawn(mixing);
    return mixing.images(drawn.share, drawn.partners);
  }

  private Drawn drawn(SampleMixing mixing) {
    float alpha = config.get(ALPHA).floatValue();
    return new Drawn(mixing.partners(), mixing.beta(mixing.scope().tf().constant(alpha)));
  }

  static Samples mixed(SampleMixing mixing, Drawn drawn) {
    return new Samples(
        mixing.images(drawn.share, drawn.partners), mixing.targets(drawn.share, drawn.partners));
  }

  @Override
  public Schema<MixUp> schema() {
    return SCHEMA;
  }
}
