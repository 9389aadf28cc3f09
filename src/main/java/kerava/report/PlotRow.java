package kerava.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import kerava.NamedLayer;
import kerava.config.Visible;
import org.tensorflow.ndarray.Shape;

/**
 * What a picture says of one layer.
 *
 * @param name its name in the model
 * @param className the class, which call of a shared layer it is, and whether it has weights that
 *     training leaves alone
 * @param shape of its output, without the batch dimension
 * @param parameters how many numbers its weights hold; empty for none
 * @param kind what it is for
 * @param details all its arguments
 */
record PlotRow(
    String name, String className, String shape, String parameters, PlotKind kind, String details) {
  static PlotRow of(NamedLayer named, int call) {
    long numbers = named.weights().stream().mapToLong(spec -> spec.shape().size()).sum();
    String again = named.calls().size() > 1 ? ", call " + (call + 1) : "";
    String className = named.layer().schema().className();
    String frozen = numbers > 0 && !named.layer().trainable() ? ", frozen" : "";
    boolean repeated = call > 0;
    return new PlotRow(
        Visible.of(named.name()),
        className + again + frozen,
        shape(named.calls().get(call).outputShape()),
        numbers == 0 || repeated ? "" : String.format(Locale.ROOT, "%,d", numbers),
        PlotKind.of(className),
        String.valueOf(named.layer().config()));
  }

  static String shape(Shape shape) {
    if (shape.numDimensions() < 2) {
      return "one number";
    }
    return Arrays.stream(shape.tail().asArray())
        .mapToObj(size -> size == Shape.UNKNOWN_SIZE ? "?" : String.valueOf(size))
        .collect(Collectors.joining(" × "));
  }
}
