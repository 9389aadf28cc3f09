package kerava.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import kerava.config.Codec;
import kerava.config.Source;

/**
 * Widths of the four borders of an image, in pixels.
 *
 * @param top above
 * @param bottom below
 * @param left on the left
 * @param right on the right
 */
public record Sides2D(int top, int bottom, int left, int right) {
  private static final String EXPECTED =
      "widths of at least 0, ((top, bottom), (left, right)), (height, width) or one for all";

  /** As Keras writes them; one number stands for all, two for the height and the width. */
  static final Codec<Sides2D> CODEC =
      Codec.of(EXPECTED, Sides2D::write, Sides2D::read)
          .where(
              EXPECTED,
              sides ->
                  Math.min(Math.min(sides.top, sides.bottom), Math.min(sides.left, sides.right))
                      >= 0);

  /** The same on all sides. */
  public static Sides2D of(int width) {
    return new Sides2D(width, width, width, width);
  }

  /** What both borders take of the height. */
  int height() {
    return top + bottom;
  }

  /** What both borders take of the width. */
  int width() {
    return left + right;
  }

  private static JsonNode write(Sides2D sides) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    array.addArray().add(sides.top).add(sides.bottom);
    array.addArray().add(sides.left).add(sides.right);
    return array;
  }

  private static Sides2D read(Source source) {
    if (source.node().isInt()) {
      return of(source.node().intValue());
    }
    if (!source.node().isArray() || source.node().size() != 2) {
      throw source.refuse(EXPECTED);
    }
    List<Integer> height = pair(source.item(0));
    List<Integer> width = pair(source.item(1));
    return new Sides2D(height.get(0), height.get(1), width.get(0), width.get(1));
  }

  private static List<Integer> pair(Source source) {
    if (source.node().isInt()) {
      return List.of(source.node().intValue(), source.node().intValue());
    }
    List<Integer> pair = Codec.list(Codec.integer()).read(source);
    if (pair.size() != 2) {
      throw source.refuse(EXPECTED);
    }
    return pair;
  }

  @Override
  public String toString() {
    return "((" + top + ", " + bottom + "), (" + left + ", " + right + "))";
  }
}
