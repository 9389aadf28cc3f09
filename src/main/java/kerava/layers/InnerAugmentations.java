package kerava.layers;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kerava.graph.Scope;
import kerava.images.Interpolation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The augmentations that {@link RandAugment} and {@link AugMix} choose from, as Keras sets them up
 * from the arguments of these.
 *
 * @param factor how much each does
 * @param values the pixels' range
 * @param interpolation of those that move pixels
 * @param seed beside the training's
 * @param order of the images in the model; here their channels are last
 */
record InnerAugmentations(
    Range factor,
    Range values,
    Interpolation interpolation,
    Optional<Integer> seed,
    ChannelOrder order) {
  private static final int BITS = 8;

  /** One augmentation. */
  interface Way {
    /** Draws what chance decides; the result changes images by these draws. */
    UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> images);
  }

  /**
   * One augmentation under the name that Keras has for it.
   *
   * @param name {@code random_shear}
   * @param way what it does
   */
  record Named(String name, Way way) {}

  Named shear() {
    RandomShear layer = RandomShear.of(factor, factor).interpolation(interpolation);
    return new Named("random_shear", seeded(layer)::drawn);
  }

  Named translation() {
    RandomTranslation layer = RandomTranslation.of(factor, factor).interpolation(interpolation);
    return new Named("random_translation", seeded(layer)::drawn);
  }

  Named rotation() {
    RandomRotation layer = RandomRotation.of(factor).interpolation(interpolation);
    return new Named("random_rotation", seeded(layer)::drawn);
  }

  Named brightness() {
    return named("random_brightness", RandomBrightness.of(factor));
  }

  Named colorDegeneration() {
    return named(
        "random_color_degeneration", RandomColorDegeneration.of(factor.lower(), factor.upper()));
  }

  Named contrast() {
    return named("random_contrast", RandomContrast.of(factor.lower(), factor.upper()));
  }

  Named sharpness() {
    return named("random_sharpness", RandomSharpness.of(factor.lower(), factor.upper()));
  }

  Named posterization() {
    int bits = Math.max(1, (int) (BITS * factor.upper()));
    return named("random_posterization", RandomPosterization.of(1, bits));
  }

  Named solarization() {
    return named(
        "solarization",
        Solarization.of()
            .additionFactor(factor.lower(), factor.upper())
            .thresholdFactor(factor.lower(), factor.upper()));
  }

  Named autoContrast() {
    AutoContrast layer = AutoContrast.of().valueRange(values.lower(), values.upper());
    return new Named(
        "auto_contrast",
        (scope, shape) ->
            images ->
                order.toLast(scope.tf(), layer.build(scope, order.fromLast(scope.tf(), images))));
  }

  Named equalization() {
    Equalization layer = Equalization.of().valueRange(values.lower(), values.upper());
    return new Named(
        "equalization", (scope, shape) -> images -> layer.equalized(scope.tf(), images));
  }

  private <L extends DrawnAugmentation<L> & ValueRangeArgument<L>> Named named(
      String name, L layer) {
    return new Named(name, seeded(layer.valueRange(values.lower(), values.upper()))::drawn);
  }

  private <L extends DrawnAugmentation<L>> L seeded(L layer) {
    return seed.map(layer::seed).orElse(layer);
  }

  /** Those that RandAugment chooses from, in Keras' order. */
  List<Named> all() {
    return List.of(
        shear(),
        translation(),
        rotation(),
        brightness(),
        colorDegeneration(),
        contrast(),
        sharpness(),
        posterization(),
        solarization(),
        autoContrast(),
        equalization());
  }

  /** Those that AugMix chooses from, in Keras' order: first those that leave colors alone. */
  List<Named> mixed(boolean colors) {
    List<Named> few =
        List.of(
            shear(),
            translation(),
            rotation(),
            posterization(),
            solarization(),
            autoContrast(),
            equalization());
    List<Named> more = List.of(brightness(), colorDegeneration(), contrast(), sharpness());
    return colors ? Stream.concat(few.stream(), more.stream()).toList() : few;
  }
}
