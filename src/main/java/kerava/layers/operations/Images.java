package kerava.layers.operations;

import static kerava.layers.operations.Definition.TypeRule.MOVES;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import kerava.images.Interpolation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Operations on batches of images with channels last. */
final class Images {
  static final List<Definition> ALL =
      List.of(
          Definition.of(
              "image.ExtractPatches(size, strides, dilation_rate, padding, data_format)(images)",
              Images::patches),
          Definition.of(
              "image.Resize(size, interpolation, antialias, crop_to_aspect_ratio,"
                  + " pad_to_aspect_ratio, fill_mode, fill_value, data_format)(images)",
              Images::resized),
          Definition.of("image.RGBToGrayscale(data_format)(images)", Images::gray),
          Definition.of(
                  "image.PadImages(top_padding, left_padding, bottom_padding, right_padding,"
                      + " target_height, target_width, data_format)(images)",
                  Images::padded)
              .with(MOVES),
          Definition.of(
                  "image.CropImages(top_cropping, left_cropping, bottom_cropping, right_cropping,"
                      + " target_height, target_width, data_format)(images)",
                  Images::cropped)
              .with(MOVES),
          Definition.of(
                  "nn.DepthToSpace(block_size, data_format)(x)",
                  a -> a.tf().nn.depthToSpace(images(a, "x"), (long) a.ints("block_size")[0]))
              .with(MOVES),
          Definition.of(
                  "nn.SpaceToDepth(block_size, data_format)(x)",
                  a -> a.tf().nn.spaceToDepth(images(a, "x"), (long) a.ints("block_size")[0]))
              .with(MOVES));

  private Images() {}

  private static Operand<TFloat32> images(Arguments a, String name) {
    Operand<TFloat32> images = a.operand(name);
    if (images.shape().numDimensions() != 4) {
      throw a.json().refuse(name, "a batch of images");
    }
    if (!a.text("data_format", "channels_last").equals("channels_last")) {
      throw a.json().refuse("data_format", "channels_last");
    }
    return images;
  }

  private static int[] pair(Arguments a, String name, int otherwise) {
    int[] given = a.has(name) ? a.ints(name) : new int[] {otherwise};
    return given.length == 1 ? new int[] {given[0], given[0]} : given;
  }

  /** Patches of pixels as rows of numbers, where they lie in the image. */
  private static Operand<TFloat32> patches(Arguments a) {
    Operand<TFloat32> x = images(a, "images");
    int[] size = pair(a, "size", 1);
    int[] steps = a.has("strides") ? pair(a, "strides", 1) : size;
    int[] rates = pair(a, "dilation_rate", 1);
    if (size.length != 2 || steps.length != 2 || rates.length != 2) {
      throw a.json().refuse("size", "a number, or one for height and width");
    }
    boolean tiles =
        Arrays.equals(size, steps)
            && rates[0] == 1
            && rates[1] == 1
            && a.text("padding", "valid").equals("valid");
    return tiles ? tiles(a, x, size) : windows(a, x, List.of(size, steps));
  }

  /** Patches side by side: what is left over at the right and below is cut off. */
  private static Operand<TFloat32> tiles(Arguments a, Operand<TFloat32> x, int... size) {
    Ops tf = a.tf();
    int rows = a.size("images", x, 1) / size[0];
    int columns = a.size("images", x, 2) / size[1];
    int channels = a.size("images", x, 3);
    Operand<TFloat32> whole =
        tf.slice(
            x, a.constant(0, 0, 0, 0), a.constant(-1, rows * size[0], columns * size[1], channels));
    Operand<TFloat32> apart =
        tf.reshape(whole, a.constant(-1, rows, size[0], columns, size[1], channels));
    Operand<TFloat32> sorted = tf.linalg.transpose(apart, a.constant(0, 1, 3, 2, 4, 5));
    return tf.reshape(sorted, a.constant(-1, rows, columns, size[0] * size[1] * channels));
  }

  /**
   * Patches that lie over each other, or apart: a convolution of which each kernel is one pixel.
   */
  private static Operand<TFloat32> windows(Arguments a, Operand<TFloat32> x, List<int[]> window) {
    Ops tf = a.tf();
    int channels = a.size("images", x, 3);
    int[] size = window.get(0);
    int numbers = size[0] * size[1] * channels;
    Operand<TFloat32> ones = tf.fill(a.constant(numbers), tf.constant(1f));
    Operand<TFloat32> kernel =
        tf.reshape(tf.linalg.tensorDiag(ones), a.constant(size[0], size[1], channels, numbers));
    return tf.nn.conv2d(
        x,
        Convolutions.apart(a, kernel, 2),
        four(window.get(1)),
        a.text("padding", "valid").toUpperCase(Locale.ROOT));
  }

  private static List<Long> four(int... pair) {
    return List.of(1L, (long) pair[0], (long) pair[1], 1L);
  }

  private static Operand<TFloat32> resized(Arguments a) {
    for (String ratio : List.of("crop_to_aspect_ratio", "pad_to_aspect_ratio")) {
      if (a.flag(ratio)) {
        throw a.json().refuse(ratio, "false. A Resizing layer has it");
      }
    }
    String name = a.text("interpolation", "bilinear").toUpperCase(Locale.ROOT);
    Interpolation interpolation =
        Arrays.stream(Interpolation.values())
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> a.json().refuse("interpolation", "one that Kerava has"));
    Operand<TFloat32> x = images(a, "images");
    Operand<TInt32> size = a.constant(pair(a, "size", 1));
    return a.flag("antialias")
        ? interpolation.smooth(a.tf(), x, size)
        : interpolation.resize(a.tf(), x, size);
  }

  private static Operand<TFloat32> gray(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = images(a, "images");
    if (x.shape().get(3) == 1) {
      return x;
    }
    Operand<TFloat32> weights = tf.constant(new float[] {0.2989f, 0.5870f, 0.1140f});
    return tf.sum(
        tf.math.mul(x, weights), tf.constant(-1), org.tensorflow.op.core.Sum.keepDims(true));
  }

  /** One of three numbers along an axis that add up to a whole follows from the others. */
  private static int side(Arguments a, String name, UnaryOperator<Integer> otherwise) {
    return a.has(name) ? a.ints(name)[0] : otherwise.apply(0);
  }

  private static int[] padding(Arguments a, Operand<TFloat32> x, int axis) {
    String before = axis == 1 ? "top_padding" : "left_padding";
    String after = axis == 1 ? "bottom_padding" : "right_padding";
    String target = axis == 1 ? "target_height" : "target_width";
    int size = a.size("images", x, axis);
    int first =
        side(a, before, none -> side(a, target, zero -> size) - side(a, after, zero -> 0) - size);
    int last = side(a, after, none -> side(a, target, zero -> size + first) - first - size);
    if (first < 0 || last < 0) {
      throw a.json().refuse(target, "at least the size of the images");
    }
    return new int[] {first, last};
  }

  private static Operand<TFloat32> padded(Arguments a) {
    Operand<TFloat32> x = images(a, "images");
    int[][] widths = {{0, 0}, padding(a, x, 1), padding(a, x, 2), {0, 0}};
    return a.tf().pad(x, a.tf().constant(widths), a.scalar(0));
  }

  private static int[] cut(Arguments a, Operand<TFloat32> x, int axis) {
    String before = axis == 1 ? "top_cropping" : "left_cropping";
    String after = axis == 1 ? "bottom_cropping" : "right_cropping";
    String target = axis == 1 ? "target_height" : "target_width";
    int size = a.size("images", x, axis);
    int first =
        side(a, before, none -> size - side(a, target, zero -> size) - side(a, after, zero -> 0));
    int kept = side(a, target, none -> size - first - side(a, after, zero -> 0));
    if (first < 0 || kept < 0 || first + kept > size) {
      throw a.json().refuse(target, "at most the size of the images");
    }
    return new int[] {first, kept};
  }

  private static Operand<TFloat32> cropped(Arguments a) {
    Operand<TFloat32> x = images(a, "images");
    int[] rows = cut(a, x, 1);
    int[] columns = cut(a, x, 2);
    return a.tf()
        .slice(x, a.constant(0, rows[0], columns[0], 0), a.constant(-1, rows[1], columns[1], -1));
  }
}
