package kerava.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import kerava.config.Codec;
import kerava.config.Source;

/**
 * How sizes over a number of axes are made, written and read.
 *
 * @param <S> the class of the sizes
 * @param axes how many axes they have
 * @param maker makes a size of the numbers along the axes
 */
record Sizes<S extends Size>(int axes, Function<IntUnaryOperator, S> maker) {
  /** Along the steps of sequences. */
  static final Sizes<Size1D> ONE = new Sizes<>(1, along -> new Size1D(along.applyAsInt(0)));

  /** Along the sides of images. */
  static final Sizes<Size2D> TWO =
      new Sizes<>(2, along -> new Size2D(along.applyAsInt(0), along.applyAsInt(1)));

  /** Along the sides of volumes. */
  static final Sizes<Size3D> THREE =
      new Sizes<>(
          3, along -> new Size3D(along.applyAsInt(0), along.applyAsInt(1), along.applyAsInt(2)));

  private static final List<String> WORDS =
      List.of("a whole number", "two whole numbers", "three whole numbers");

  /** What has so many axes, for messages. */
  static String thing(int axes) {
    return List.of("a sequence", "an image", "a volume").get(axes - 1);
  }

  /** The same number along all axes. */
  S all(int number) {
    return maker.apply(axis -> number);
  }

  /** Numbers of at least so many; one number is read as equal ones. */
  Codec<S> atLeast(int least) {
    String words = WORDS.get(axes - 1);
    String expected = words + " of at least " + least;
    return Codec.of(expected, Sizes::write, source -> read(source, words))
        .where(expected, size -> numbers(size).min().orElseThrow() >= least);
  }

  private static JsonNode write(Size size) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    numbers(size).forEach(array::add);
    return array;
  }

  private S read(Source source, String words) {
    if (source.node().isInt()) {
      return all(source.node().intValue());
    }
    if (!source.node().isArray() || source.node().size() != axes) {
      throw source.refuse(words);
    }
    return maker.apply(axis -> Codec.integer().read(source.item(axis)));
  }

  /** The numbers along all axes, in their order. */
  static IntStream numbers(Size size) {
    return IntStream.range(0, size.axes()).map(size::along);
  }

  /** Whether all numbers are 1. */
  static boolean isOne(Size size) {
    return numbers(size).allMatch(number -> number == 1);
  }

  /** The numbers along all axes as TensorFlow takes them for values with batch and channels. */
  static List<Long> steps(Size size) {
    return IntStream.concat(IntStream.concat(IntStream.of(1), numbers(size)), IntStream.of(1))
        .asLongStream()
        .boxed()
        .toList();
  }
}
