package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Changes brightness, contrast, saturation and hue of images at random in training, in this order:
 * (batch, height, width, 3) → the same. What has no factor stays; the factors are those of {@link
 * RandomBrightness}, {@link RandomContrast}, {@link RandomSaturation} and {@link RandomHue}.
 *
 * <p>The same seed and step give the same images; outside training the images stay. No gradient
 * passes saturation and hue in training. As in Keras, images with their channels first are taken
 * for such with their channels last.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_color_jitter/">Keras:
 *     RandomColorJitter</a>
 */
public record RandomColorJitter(Config config)
    implements ImageAugmentation<RandomColorJitter>, ValueRangeArgument<RandomColorJitter> {
  private static final Key<Optional<List<Double>>> BRIGHTNESS = key("brightness_factor", -1);
  private static final Key<Optional<List<Double>>> CONTRAST = key("contrast_factor", 0);
  private static final Key<Optional<List<Double>>> SATURATION = key("saturation_factor", -1);
  private static final Key<Optional<List<Double>>> HUE = key("hue_factor", 0);

  /** How the layer is written and read. */
  public static final Schema<RandomColorJitter> SCHEMA =
      Layer.schema("RandomColorJitter", RandomColorJitter::new, VALUE_RANGE)
          .with(BRIGHTNESS, CONTRAST, SATURATION, HUE)
          .with(SEED, ChannelOrder.KEY, BoxFormat.KEY);

  // As given, for so Keras writes it: a single number stands for another range in each of them.
  private static Key<Optional<List<Double>>> key(String name, double least) {
    String expected = "a number or two in rising order, from " + least + " to 1";
    return Key.optional(
        name,
        Codec.oneOrMany(Codec.between(least, 1))
            .where(
                expected,
                list -> list.size() == 1 || (list.size() == 2 && list.get(0) <= list.get(1))));
  }

  /** The layer that changes nothing. */
  public static RandomColorJitter of() {
    return new RandomColorJitter(SCHEMA.config());
  }

  /**
   * The same layer that changes the brightness.
   *
   * @param lower the least that is added, as a part of the pixels' range
   * @param upper the most, not below {@code lower}
   * @throws IllegalArgumentException if they are not in rising order from −1 to 1
   */
  public RandomColorJitter brightness(double lower, double upper) {
    return with(BRIGHTNESS, lower, upper);
  }

  /**
   * The same layer that changes the contrast, by a factor from 1 − lower to 1 + upper.
   *
   * @throws IllegalArgumentException if they are not in rising order from 0 to 1
   */
  public RandomColorJitter contrast(double lower, double upper) {
    return with(CONTRAST, lower, upper);
  }

  /**
   * The same layer that changes the saturation.
   *
   * @param lower 0 makes images gray
   * @param upper 0.5 leaves images as they are, 1 makes all colors full; not below {@code lower}
   * @throws IllegalArgumentException if they are not in rising order from −1 to 1
   */
  public RandomColorJitter saturation(double lower, double upper) {
    return with(SATURATION, lower, upper);
  }

  /**
   * The same layer that turns the hue.
   *
   * @param lower how far at least, in half turns
   * @param upper how far at most, not below {@code lower}
   * @throws IllegalArgumentException if they are not in rising order from 0 to 1
   */
  public RandomColorJitter hue(double lower, double upper) {
    return with(HUE, lower, upper);
  }

  private RandomColorJitter with(Key<Optional<List<Double>>> key, double lower, double upper) {
    return new RandomColorJitter(config.with(key, Optional.of(List.of(lower, upper))));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    boolean colors = config.get(SATURATION).isPresent() || config.get(HUE).isPresent();
    return colors ? Colors.rgb(inputs) : inputs.image();
  }

  @Override
  public Operand<TFloat32> augment(Scope scope, Operand<TFloat32> x) {
    Operand<TFloat32> y = x;
    for (Step step : steps()) {
      y = step.layer.augment(scope.child(step.name), y);
    }
    return y;
  }

  /** One of the four, under the name that Keras has for it. */
  private record Step(String name, ImageAugmentation<?> layer) {}

  private List<Step> steps() {
    Range values = config.get(VALUE_RANGE);
    double black = values.lower();
    double white = values.upper();
    List<Step> steps = new ArrayList<>();
    range(BRIGHTNESS, -1)
        .map(factor -> RandomBrightness.of(factor).valueRange(black, white))
        .ifPresent(layer -> steps.add(new Step("random_brightness", seeded(layer))));
    range(CONTRAST, 0)
        .map(factor -> RandomContrast.of(factor.lower(), factor.upper()).valueRange(black, white))
        .ifPresent(layer -> steps.add(new Step("random_contrast", seeded(layer))));
    range(SATURATION, -1)
        .map(factor -> RandomSaturation.of(factor.lower(), factor.upper()).valueRange(black, white))
        .ifPresent(layer -> steps.add(new Step("random_saturation", seeded(layer))));
    range(HUE, 0)
        .map(factor -> RandomHue.of(factor.lower(), factor.upper()).valueRange(black, white))
        .ifPresent(layer -> steps.add(new Step("random_hue", seeded(layer))));
    return steps;
  }

  private <L extends ImageAugmentation<L>> L seeded(L layer) {
    return config.get(SEED).map(layer::seed).orElse(layer);
  }

  private Optional<Range> range(Key<Optional<List<Double>>> key, double least) {
    return config
        .get(key)
        .map(
            list -> {
              double upper = list.get(list.size() - 1);
              return list.size() == 2
                  ? new Range(list.get(0), upper)
                  : new Range(Math.max(-Math.abs(upper), least), Math.abs(upper));
            });
  }

  @Override
  public Schema<RandomColorJitter> schema() {
    return SCHEMA;
  }
}
