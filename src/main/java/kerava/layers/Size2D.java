package kerava.layers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import kerava.config.Codec;
import kerava.config.Source;

/**
 * Two numbers, one along the height and one along the width of an image.
 *
 * @param height along the height
 * @param width along the width
 */
public record Size2D(int height, int width) {
  /** Two whole numbers of at least 1; one number is read as two equal ones. */
  static final Codec<Size2D> POSITIVE =
      Codec.of("two whole numbers of at least 1", Size2D::write, Size2D::read)
          .where("two whole numbers of at least 1", size -> size.height >= 1 && size.width >= 1);

  /** Two whole numbers of at least 0; one number is read as two equal ones. */
  static final Codec<Size2D> AT_LEAST_ZERO =
      Codec.of("two whole numbers of at least 0", Size2D::write, Size2D::read)
          .where("two whole numbers of at least 0", size -> size.height >= 0 && size.width >= 0);

  /** The same number along both. */
  public static Size2D of(int side) {
    return new Size2D(side, side);
  }

  /** The size of a window of this size whose elements stand apart. */
  Size2D dilated(Size2D rate) {
    return new Size2D(
        Math.multiplyExact(height - 1, rate.height) + 1,
        Math.multiplyExact(width - 1, rate.width) + 1);
  }

  private static com.fasterxml.jackson.databind.JsonNode write(Size2D size) {
    return JsonNodeFactory.instance.arrayNode().add(size.height).add(size.width);
  }

  private static Size2D read(Source source) {
    if (source.node().isInt()) {
      return of(source.node().intValue());
    }
    if (!source.node().isArray() || source.node().size() != 2) {
      throw source.refuse("two whole numbers");
    }
    return new Size2D(Codec.integer().read(source.item(0)), Codec.integer().read(source.item(1)));
  }

  @Override
  public String toString() {
    return "(" + height + ", " + width + ")";
  }
}
