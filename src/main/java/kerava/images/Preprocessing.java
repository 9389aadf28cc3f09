package kerava.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import kerava.config.Visible;

/**
 * What a model expects of images: how files become pixels of one size, and pixels the numbers that
 * its first layer gets.
 *
 * <p>It travels with the model: training, prediction, evaluation, archives and exports all use it,
 * so that a picture means the same to each of them.
 *
 * @param size what images are resized to; empty if the model takes any size and none was chosen
 * @param colorMode which channels they have
 * @param resize what happens to their proportions
 * @param interpolation how pixels of another size are computed
 * @param scaling the arithmetic on pixels
 * @see <a href="https://keras.io/api/data_loading/image/">Keras: image_dataset_from_directory</a>
 */
public record Preprocessing(
    Optional<ImageSize> size,
    ColorMode colorMode,
    Resize resize,
    Interpolation interpolation,
    Scaling scaling) {
  private static final Preprocessing DEFAULTS =
      new Preprocessing(
          Optional.empty(), ColorMode.RGB, Resize.STRETCH, Interpolation.BILINEAR, Scaling.UNIT);

  /** Checks that the parts go with each other. */
  public Preprocessing {
    if (resize == Resize.CROP && !interpolation.isOfLayers()) {
      throw new IllegalArgumentException(
          "interpolation: expected nearest, bilinear, bicubic, area, lanczos3 or lanczos5 where"
              + " images are cropped, got "
              + interpolation
              + ".");
    }
  }

  /** Colour images of any size, stretched bilinearly, divided by 255: the notebook's. */
  public static Preprocessing defaults() {
    return DEFAULTS;
  }

  /**
   * Colour images of a size, stretched bilinearly, divided by 255.
   *
   * @throws IllegalArgumentException if the height or width is below 1
   */
  public static Preprocessing of(int height, int width) {
    return DEFAULTS.size(new ImageSize(height, width));
  }

  /** The same with images of another size. */
  public Preprocessing size(ImageSize other) {
    return new Preprocessing(Optional.of(other), colorMode, resize, interpolation, scaling);
  }

  /** The same with other channels. */
  public Preprocessing colorMode(ColorMode other) {
    return new Preprocessing(size, other, resize, interpolation, scaling);
  }

  /** The same with another way to treat proportions. */
  public Preprocessing resize(Resize other) {
    return new Preprocessing(size, colorMode, other, interpolation, scaling);
  }

  /**
   * The same with another interpolation.
   *
   * @throws IllegalArgumentException if Keras does not crop with it
   */
  public Preprocessing interpolation(Interpolation other) {
    return new Preprocessing(size, colorMode, resize, other, scaling);
  }

  /** The same with other arithmetic on pixels. */
  public Preprocessing scaling(Scaling other) {
    return new Preprocessing(size, colorMode, resize, interpolation, other);
  }

  /** Whether another one makes the same pixels of files; what is done to them may differ. */
  public boolean readsLike(Preprocessing other) {
    return scaling(other.scaling).equals(other);
  }

  /** Whether an image of this size stays as it is, so that its pixels are whole numbers. */
  public boolean keeps(int height, int width) {
    return interpolation.keepsSameSize()
        && size.filter(one -> one.height() == height && one.width() == width).isPresent();
  }

  /** As it stands in files. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    size.ifPresent(given -> json.putArray("image_size").add(given.height()).add(given.width()));
    json.put("color_mode", colorMode.toString());
    json.put("resize", resize.toString());
    json.put("interpolation", interpolation.toString());
    json.put("pixels", scaling.toString());
    return json;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Preprocessing fromJson(JsonNode json) {
    JsonNode sides = json.path("image_size");
    Optional<ImageSize> size =
        sides.isArray()
            ? Optional.of(new ImageSize(sides.path(0).asInt(), sides.path(1).asInt()))
            : Optional.empty();
    return new Preprocessing(
        size,
        choice(ColorMode.class, json, "color_mode"),
        choice(Resize.class, json, "resize"),
        choice(Interpolation.class, json, "interpolation"),
        Scaling.parse(json.path("pixels").asText()));
  }

  private static <E extends Enum<E>> E choice(Class<E> type, JsonNode json, String key) {
    String name = json.path(key).asText();
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Visible.of(
                        "preprocessing "
                            + key
                            + ": expected one of "
                            + Arrays.toString(type.getEnumConstants())
                            + ", got \""
                            + name
                            + "\".")));
  }

  /** How files are read, in a few words: {@code 64x64 rgb, stretch, bilinear}. */
  public String reading() {
    return "%s %s, %s, %s"
        .formatted(
            size.map(ImageSize::toString).orElse("any size"), colorMode, resize, interpolation);
  }

  /** One line for people: {@code 64x64 rgb, stretch, bilinear; pixels divided by 255}. */
  @Override
  public String toString() {
    return reading() + "; pixels " + scaling.words();
  }
}
