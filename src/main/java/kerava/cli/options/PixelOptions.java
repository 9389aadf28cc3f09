package kerava.cli.options;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kerava.Input;
import kerava.Model;
import kerava.cli.terminal.Console;
import kerava.config.Visible;
import kerava.graph.DType;
import kerava.images.ColorMode;
import kerava.images.ImageSize;
import kerava.images.Interpolation;
import kerava.images.Preprocessing;
import kerava.images.Resize;
import kerava.images.Scaling;
import picocli.CommandLine.Option;

/** The options that say how image files and pixels become what a model takes. */
public final class PixelOptions {
  @Option(
      names = "--pixels",
      paramLabel = "RANGE",
      description = {
        "What the model's first layer gets of pixels: 0..255, as they are; 0..1, divided by 255;",
        "or as Keras' preprocess_input: tf, torch or caffe (default: what the model file says, else",
        "0..255 if the model scales pixels itself, else 0..1)."
      })
  private Optional<String> pixels = Optional.empty();

  @Option(
      names = "--image-size",
      paramLabel = "HxW",
      description = "To which size images are brought (default: the model's, else 32x32).")
  private Optional<String> imageSize = Optional.empty();

  @Option(
      names = "--color-mode",
      paramLabel = "MODE",
      description = "rgb, grayscale or rgba (default: the model's, else rgb).")
  private Optional<String> colorMode = Optional.empty();

  @Option(
      names = "--resize",
      paramLabel = "HOW",
      description = {
        "What happens to proportions: stretch, crop or pad; the last two are Keras'",
        "crop_to_aspect_ratio and pad_to_aspect_ratio (default: the model's, else stretch)."
      })
  private Optional<String> resize = Optional.empty();

  @Option(
      names = "--interpolation",
      paramLabel = "NAME",
      description =
          "nearest, bilinear, bicubic, area, lanczos3, lanczos5, gaussian or mitchellcubic"
              + " (default: the model's, else bilinear).")
  private Optional<String> interpolation = Optional.empty();

  /** Checks the options. */
  public void check(Console console) {
    try {
      over(Preprocessing.defaults());
    } catch (IllegalArgumentException e) {
      throw console.usage(String.valueOf(e.getMessage()));
    }
  }

  /** Whether the arithmetic on pixels is asked for. */
  public boolean scale() {
    return pixels.isPresent();
  }

  /** Whether a size is asked for. */
  public boolean resizes() {
    return imageSize.isPresent();
  }

  /** The options that only images in files can follow, as far as they are given. */
  List<String> forFiles() {
    return java.util.stream.Stream.of(
            imageSize.map(given -> "--image-size"),
            colorMode.map(given -> "--color-mode"),
            resize.map(given -> "--resize"),
            interpolation.map(given -> "--interpolation"))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * A model's own value, with what is asked for instead.
   *
   * @throws IllegalArgumentException if an option has no such value
   */
  public Preprocessing over(Preprocessing own) {
    try {
      Preprocessing how = pixels.map(name -> own.scaling(Scaling.parse(name))).orElse(own);
      how = imageSize.map(ImageSize::parse).map(how::size).orElse(how);
      how = choice("color-mode", ColorMode.class, colorMode).map(how::colorMode).orElse(how);
      how = choice("resize", Resize.class, resize).map(how::resize).orElse(how);
      return choice("interpolation", Interpolation.class, interpolation)
          .map(how::interpolation)
          .orElse(how);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--" + String.valueOf(e.getMessage()).replace("image size:", "image-size:"), e);
    }
  }

  /**
   * What is made of images of which the size is known.
   *
   * @throws IllegalArgumentException if the model takes images of any size and none is asked for
   */
  public static Preprocessing sized(Preprocessing how) {
    if (how.size().isEmpty()) {
      throw new IllegalArgumentException(
          "--image-size: expected a size for a model that takes any, got none. It is the size that"
              + " the model was trained with.");
    }
    return how;
  }

  private static <E extends Enum<E>> Optional<E> choice(
      String option, Class<E> type, Optional<String> name) {
    return name.map(
        wanted ->
            Arrays.stream(type.getEnumConstants())
                .filter(each -> each.toString().equals(wanted.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            Visible.of(
                                option
                                    + ": expected "
                                    + named(type)
                                    + ", got \""
                                    + wanted
                                    + "\"."))));
  }

  private static <E extends Enum<E>> String named(Class<E> type) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::toString).toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  /**
   * The line that says what becomes of images.
   *
   * @param says whether a file or an option says how pixels are scaled
   */
  public static String line(Model model, boolean says) {
    String line = line(model.preprocessing(), says);
    return Input.types(model).equals(List.of(DType.FLOAT32))
        ? line
        : line + "; fractions are cut off, as the model takes whole numbers";
  }

  /**
   * The line that says what becomes of images where no layers are known.
   *
   * @param says whether a file or an option says how pixels are scaled
   */
  public static String line(Preprocessing how, boolean says) {
    String reason =
        says
            ? ""
            : how.scaling() == Scaling.NONE
                ? " (the model scales them itself)"
                : " (assumed, as the file does not say; --pixels decides otherwise)";
    return "Pixels: " + how + reason;
  }
}
