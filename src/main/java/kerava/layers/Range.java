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

  /** The numbers of an image's pixels where Keras does not sort them: written as two. */
  static final Codec<Range> RISING =
      Codec.of("two numbers in rising order", Range::write, Range::readRising);

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

  /** Numbers of this range in another one; as they are if it is the same. */
  Operand<TFloat32> moved(Ops tf, Operand<TFloat32> x, Range target) {
    if (equals(target)) {
      return x;
    }
    Operand<TFloat32> unit =
        tf.math.div(tf.math.sub(x, tf.constant((float) lower)), tf.constant(width()));
    return tf.math.add(
        tf.math.mul(unit, tf.constant(target.width())), tf.constant((float) target.lower));
  }

  private float width() {
    return (float) upper - (float) lower;
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

  /**
   * A range that meets bounds, as most of Keras' layers take it: a single number is within them, of
   * two the lower is not above both and the upper not below. Written as two numbers.
   */
  static Codec<Range> factor(double least, double most) {
    String expected = "a number or two, from " + least + " to " + most;
    return Codec.of(expected, Range::write, source -> readFactor(source, least, most, expected))
        .where(expected, range -> range.lower <= most && range.upper >= least);
  }

  private static Range readFactor(Source source, double least, double most, String expected) {
    Range read = read(source, least);
    if (source.node().isNumber() && !within(source.node().doubleValue(), least, most)) {
      throw source.refuse(expected);
    }
    return read;
  }

  private static boolean within(double number, double least, double most) {
    return number >= least && number <= most;
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

  /** The same, written otherwise. */
  static Codec<Range> within(
      double least, double most, java.util.function.Function<Range, JsonNode> writer) {
    String expected = "a number or two, from " + least + " to " + most;
    return Codec.of(expected, writer, source -> read(source, least))
        .where(expected, range -> range.lower >= least && range.upper <= most);
  }

  /** Two numbers. */
  static JsonNode write(Range range) {
    return JsonNodeFactory.instance.arrayNode().add(range.lower).add(range.upper);
  }

  private static Range readRising(Source source) {
    Range read = read(source, Double.NEGATIVE_INFINITY);
    if (source.item(0).node().doubleValue() > source.item(1).node().doubleValue()) {
      throw source.refuse("two numbers in rising order");
    }
    return read;
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
