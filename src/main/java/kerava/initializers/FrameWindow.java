package kerava.initializers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Source;

/**
 * What each sample of a frame of sound is multiplied with before the frame is transformed: a window
 * that has a name, or numbers.
 *
 * @param name of the window: {@code hann}; empty where there are numbers
 * @param numbers one a sample; empty where there is a name
 * @param wrapper how Python held the numbers, as Keras writes it; a list where it is not said
 * @see <a href="https://docs.scipy.org/doc/scipy/reference/signal.windows.html">SciPy: window
 *     functions</a>
 */
public record FrameWindow(String name, List<Double> numbers, Optional<JsonNode> wrapper) {
  /** How a window is written and read. */
  public static final Codec<FrameWindow> CODEC =
      Codec.of("the name of a window or its numbers", FrameWindow::write, FrameWindow::read);

  private static final List<String> WRAPPERS = List.of("__numpy__", "__tensor__");

  /** Keeps the numbers as they are now. */
  public FrameWindow {
    numbers = List.copyOf(numbers);
  }

  /**
   * A window by its name.
   *
   * @param name as SciPy has it: {@code hann}, {@code hamming}, {@code blackman}
   */
  public static FrameWindow of(String name) {
    return new FrameWindow(name, List.of(), Optional.empty());
  }

  /** A window of numbers, one a sample of the frame. */
  public static FrameWindow of(double... numbers) {
    return new FrameWindow("", Arrays.stream(numbers).boxed().toList(), Optional.empty());
  }

  /**
   * The numbers of a frame's window.
   *
   * @param length of the frame, in samples
   * @param periodic whether the window is one period of a periodic function; else it is symmetric
   * @throws IllegalArgumentException if there are not as many numbers, or no window has the name
   */
  public float[] values(int length, boolean periodic) {
    double[] values =
        name.isEmpty()
            ? numbers.stream().mapToDouble(Double::doubleValue).toArray()
            : WindowFunctions.of(name, length, periodic);
    if (values.length != length) {
      throw new IllegalArgumentException(
          "Window: expected "
              + length
              + " numbers, one a sample of the frame, got "
              + values.length
              + ".");
    }
    float[] floats = new float[length];
    for (int i = 0; i < length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static JsonNode write(FrameWindow window) {
    if (!window.name.isEmpty()) {
      return JsonNodeFactory.instance.textNode(window.name);
    }
    ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
    window.numbers.forEach(numbers::add);
    if (window.wrapper.isEmpty()) {
      return numbers;
    }
    ObjectNode json = window.wrapper.get().deepCopy();
    ((ObjectNode) json.get("config")).set("value", numbers);
    return json;
  }

  private static FrameWindow read(Source source) {
    if (source.node().isTextual()) {
      return of(source.node().textValue());
    }
    boolean wrapped =
        WRAPPERS.contains(source.node().path("class_name").asText())
            && source.node().path("config").isObject();
    List<Double> numbers =
        Codec.list(Codec.number()).read(wrapped ? source.field("config").field("value") : source);
    return new FrameWindow(
        "", numbers, wrapped ? Optional.of(source.node().deepCopy()) : Optional.empty());
  }

  @Override
  public String toString() {
    return name.isEmpty() ? numbers.toString() : name;
  }
}
