package kerava.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import kerava.config.Codec;
import kerava.config.Source;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Two numbers that a third is drawn or kept between.
 *
 * @param lower the least
 * @param upper the greatest, not below {@code lower}
 */
public record Range(double lower, double upper) {
  /** The numbers of pixels as they are stored. */
  static final Range PIXELS = new Range(0, 255);

  /** Two numbers that are read as those of pixels, whatever they are. */
  static final Codec<Range> UNUSED = Codec.of("two numbers", Range::write, source -> PIXELS);

  /** The numbers of an image's pixels: written as two. */
  static final Codec<Range> VALUES =
      Codec.of("two numbers", Range::write, source -> read(source, Double.NEGATIVE_INFINITY));

  /**
   * A range.
   *
   * @throws IllegalArgumentException if the numbers are in the wrong order or not finite
   */
  public Range {
    if (!(lower <= upper) || Double.isInfinite(lower) || Double.isInfinite(upper)) {
      throw new IllegalArgumentException(
          "Range: expected two finite numbers in rising order, got "
              + lower
              + " and "
              + upper
              + ".");
    }
  }

  /** The range from −size to size. */
  public static Range around(double size) {
    return new Range(0 - Math.abs(size), Math.abs(size));
  }

  /** Numbers brought into this range. */
  Operand<TFloat32> clip(Ops tf, Operand<TFloat32> x) {
    return tf.clipByValue(x, tf.constant((float) lower), tf.constant((float) upper));
  }

  /** The same range around 1 more. */
  Range plusOne() {
    return new Range(1 + lower, 1 + upper);
  }

  /**
   * A range within bounds, written as two numbers; a single number is read as the greatest, and its
   * negative or the lower bound as the least.
   */
  static Codec<Range> within(double least, double most) {
    return within(least, most, Range::write);
  }

  /** The same, written as a single number where that means the same. */
  static Codec<Range> shortlyWithin(double least, double most) {
    return within(
        least,
        most,
        range ->
            range.upper == -range.lower
                ? JsonNodeFactory.instance.numberNode(range.upper)
                : write(range));
  }

  private static Codec<Range> within(
      double least, double most, java.util.function.Function<Range, JsonNode> writer) {
    String expected = "a number or two, from " + least + " to " + most;
    return Codec.of(expected, writer, source -> read(source, least))
        .where(expected, range -> range.lower >= least && range.upper <= most);
  }

  private static JsonNode write(Range range) {
    return JsonNodeFactory.instance.arrayNode().add(range.lower).add(range.upper);
  }

  private static Range read(Source source, double least) {
    if (source.node().isNumber() && !Double.isInfinite(least)) {
      double size = Math.abs(Codec.number().read(source));
      return new Range(Math.max(0 - size, least), size);
    }
    if (!source.node().isArray() || source.node().size() != 2) {
      throw source.refuse("two numbers");
    }
    double one = Codec.number().read(source.item(0));
    double other = Codec.number().read(source.item(1));
    return new Range(Math.min(one, other), Math.max(one, other));
  }

  @Override
  public String toString() {
    return "[" + lower + ", " + upper + "]";
  }
}
