package kerava.cli.inference;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kerava.cli.terminal.Console;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.graph.Array;
import kerava.graph.Rows;
import org.tensorflow.ndarray.Shape;

/**
 * What a model gave for some rows, as text.
 *
 * @param outputs by name
 */
public record PredictionFormat(Map<String, Array> outputs) {
  private static final int TOP = 3;

  /** The predictions of parts, one after the other. */
  public static PredictionFormat joined(List<PredictionFormat> parts) {
    return new PredictionFormat(
        SavedModelBatches.joined(parts.stream().map(PredictionFormat::outputs).toList()));
  }

  /** Refuses predictions that would be too many numbers for as many rows as are still to come. */
  public void requireRoom(int rows) {
    for (Array output : outputs.values()) {
      long[] shape = output.shape().asArray().clone();
      if (shape.length > 0) {
        shape[0] = rows;
      }
      Rows.length(Shape.of(shape));
    }
  }

  /** The rows of the only output, or those of each under its name. */
  public void print(Console console) {
    outputs.forEach(
        (name, output) -> {
          if (outputs.size() > 1) {
            console.line(name + ":");
          }
          int count = output.shape().numDimensions() == 0 ? 1 : Rows.count(output);
          IntStream.range(0, count).forEach(row -> console.line(raw(output, row, count)));
        });
  }

  /** What is predicted for an image: its best classes, or a row of each output. */
  public void print(Console console, String image, int row, InferenceModel model) {
    if (outputs.size() == 1) {
      Array output = outputs.values().iterator().next();
      boolean classes = output.shape().numDimensions() == 2;
      console.line(image + ": " + (classes ? best(output, row, model) : extent(output, row)));
      return;
    }
    console.line(image);
    outputs.forEach(
        (name, output) -> console.line("  " + name + ": " + raw(output, row, Rows.count(output))));
  }

  private static String raw(Array output, int row, int rows) {
    int width = output.size() / rows;
    StringJoiner text = new StringJoiner(" ");
    for (int i = row * width; i < (row + 1) * width; i++) {
      text.add(number(output, i));
    }
    return text.toString();
  }

  private static String number(Array output, int i) {
    return switch (output.type()) {
      case UINT8 -> Integer.toString(output.bytes()[i] & 0xff);
      case INT32 -> Integer.toString(output.ints()[i]);
      case INT64 -> Long.toString(output.longs()[i]);
      case FLOAT32 -> Float.toString(output.floats()[i]);
      case STRING -> Visible.of(output.texts()[i]);
    };
  }

  /** What gives no scores of classes, such as a mask of pixels, is too much for a line. */
  private static String extent(Array output, int row) {
    float[] one = Rows.range(output, row, row + 1).to(Array.Type.FLOAT32).floats();
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : one) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return "%s numbers from %s to %s; --output writes them"
        .formatted(output.shape().tail(), least, most);
  }

  private static String best(Array output, int row, InferenceModel model) {
    float[] one = Rows.range(output, row, row + 1).to(Array.Type.FLOAT32).floats();
    return model
        .scores()
        .prediction(one, model.classNames(), model.tellsClasses(one.length))
        .top(TOP)
        .stream()
        .map(each -> Listed.apart(each.name()) + String.format(Locale.ROOT, " %.4f", each.score()))
        .collect(Collectors.joining(", "));
  }
}
