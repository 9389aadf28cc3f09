package kerava;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kerava.config.Visible;
import org.tensorflow.ndarray.Shape;

/** Keras 3's table of a model's layers, as it prints it on a terminal of 80 columns. */
final class Summary {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};
  private static final int BYTES = Float.BYTES;

  private Summary() {}

  static String of(Model model) {
    boolean chain = isChain(model);
    RichTable table = chain ? RichTable.of(33, 24, 15) : RichTable.of(21, 19, 12, 19);
    List<String> header = new ArrayList<>(List.of("Layer (type)", "Output Shape", "Param #"));
    if (!chain) {
      header.add("Connected to");
    }
    List<List<String>> rows = new ArrayList<>();
    for (NamedLayer named : model.layers()) {
      rows.add(row(named, chain));
    }
    return "Model: \""
        + Visible.of(model.name())
        + "\"\n"
        + table.render(header, rows)
        + totals(model);
  }

  /** Whether each layer follows from the one before it alone, so that nobody needs to be told. */
  private static boolean isChain(Model model) {
    if (model.kind() == Model.Kind.SEQUENTIAL) {
      return true;
    }
    List<NamedLayer.Call> calls =
        model.layersWithInputs().stream().flatMap(s -> s.calls().stream()).toList();
    List<NamedLayer.Origin> used = calls.stream().flatMap(call -> call.inputs().stream()).toList();
    return model.inputs().size() == 1
        && calls.size() == model.layersWithInputs().size()
        && calls.stream().allMatch(call -> call.inputs().size() <= 1)
        && used.stream().distinct().count() == used.size();
  }

  private static List<String> row(NamedLayer named, boolean chain) {
    long parameters = named.weights().stream().mapToLong(spec -> spec.shape().size()).sum();
    List<String> row = new ArrayList<>();
    row.add(Visible.of(named.name()) + " (" + named.layer().schema().className() + ")");
    row.add(shapes(named.calls().get(named.calls().size() - 1).outputShapes()));
    row.add(grouped(parameters));
    if (!chain) {
      row.add(connections(named));
    }
    return row;
  }

  private static String shapes(List<Shape> shapes) {
    String text = shapes.stream().map(Summary::shape).collect(Collectors.joining(", "));
    return shapes.size() == 1 ? text : "[" + text + "]";
  }

  private static String shape(Shape shape) {
    String sizes =
        Arrays.stream(shape.asArray())
            .mapToObj(size -> size == Shape.UNKNOWN_SIZE ? "None" : String.valueOf(size))
            .collect(Collectors.joining(", "));
    return "(" + sizes + ")";
  }

  private static String connections(NamedLayer named) {
    String text =
        named.calls().stream()
            .flatMap(call -> call.inputs().stream())
            .map(
                origin ->
                    Visible.of(origin.layer()) + "[" + origin.call() + "][" + origin.output() + "]")
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "-" : text;
  }

  private static String totals(Model model) {
    long all = model.parameterCount();
    long trainable = model.trainableWeights().stream().mapToLong(spec -> spec.shape().size()).sum();
    return total("Total", all)
        + "\n"
        + total("Trainable", trainable)
        + "\n"
        + total("Non-trainable", all - trainable);
  }

  private static String total(String what, long count) {
    return " " + what + " params: " + grouped(count) + " (" + bytes((double) count * BYTES) + ")";
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String bytes(double count) {
    double size = count;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", size, UNITS[unit]);
  }
}
