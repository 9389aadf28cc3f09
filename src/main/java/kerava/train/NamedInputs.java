package kerava.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kerava.Input;
import kerava.Model;
import kerava.Structure;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.data.Column;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Rows;
import org.tensorflow.ndarray.Shape;

/**
 * The inputs of a model under the names by which they are given: their keys where the model takes a
 * dict, as in Keras, else those of the layers they enter at.
 *
 * @param model whose inputs they are
 * @param names in the model's order
 */
record NamedInputs(Model model, List<String> names) {
  static NamedInputs of(Model model) {
    Structure structure = model.inputStructure();
    return new NamedInputs(
        model, structure.hasKeys() ? structure.names("input") : model.inputNames());
  }

  /** The arrays in the model's order. */
  List<Array> ordered(Map<String, Array> inputs) {
    if (!inputs.keySet().equals(Set.copyOf(names))) {
      throw refused(
          "expected the inputs " + Listed.of(names), Listed.of(new TreeSet<>(inputs.keySet())));
    }
    List<Array> ordered = new ArrayList<>();
    names.forEach(name -> ordered.add(inputs.get(name)));
    return ordered;
  }

  /** Refuses what does not fit the only input. */
  void requireOne(Array input) {
    DType type = Input.types(model).get(0);
    if (type.floating() || type == DType.UINT8) {
      DataCheck.batch(model, input);
      requireWhole(List.of(input));
    } else {
      require(List.of(input));
    }
  }

  /** Refuses arrays that do not fit, and gives the number of their rows. */
  int require(List<Array> inputs) {
    if (inputs.size() != names.size()) {
      throw refused(
          "expected " + names.size() + " inputs (" + Listed.of(names) + ")",
          String.valueOf(inputs.size()));
    }
    for (int i = 0; i < inputs.size(); i++) {
      require(i, inputs.get(i));
    }
    requireWhole(inputs);
    int rows = Rows.count(inputs.get(0));
    if (inputs.stream().anyMatch(input -> Rows.count(input) != rows)) {
      throw refused("expected as many rows in every input", Listed.of(counts(inputs)));
    }
    return rows;
  }

  /**
   * Refuses parts of numbers where an input is of whole ones: Keras would cut them off there, which
   * can hardly be meant.
   */
  void requireWhole(List<Array> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      DType type = Input.types(model).get(i);
      if (type.whole() && inputs.get(i).type() == Array.Type.FLOAT32) {
        requireWhole(type.toString(), names.get(i), inputs.get(i).floats());
      }
    }
  }

  private void requireWhole(String type, String name, float[] values) {
    boolean unsigned = type.startsWith("u");
    int bits = Integer.parseInt(type.replaceAll("\\D", ""));
    double most = Math.pow(2, unsigned ? bits : bits - 1) - 1;
    double least = unsigned ? 0 : -most - 1;
    for (float value : values) {
      if (!(value >= least && value <= most) || value != Math.rint(value)) {
        throw new IllegalArgumentException(
            Visible.of(
                "Model \"%s\" input \"%s\": expected whole numbers, which fit into %s, got %s."
                    .formatted(model.name(), name, type, value)));
      }
    }
  }

  private List<String> counts(List<Array> inputs) {
    List<String> counts = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      counts.add(names.get(i) + ": " + Rows.count(inputs.get(i)));
    }
    return counts;
  }

  private void require(int i, Array input) {
    Shape wanted = model.inputShapes().get(i);
    boolean fits =
        input.shape().numDimensions() > 0 && rest(wanted).isCompatibleWith(rest(input.shape()));
    require(i, input.type(), fits, input);
  }

  /** Refuses a column of a data set that does not fit. */
  void require(int i, Column column) {
    Shape wanted = model.inputShapes().get(i);
    boolean fits = rest(wanted).isCompatibleWith(column.shape());
    require(i, column.type(), fits, column.type() + " of shape " + column.shape().prepend(-1));
  }

  private void require(int i, Array.Type type, boolean fits, Object got) {
    Shape wanted = model.inputShapes().get(i);
    List<Array.Type> types = types(Input.types(model).get(i));
    if (!types.contains(type) || !fits) {
      throw new IllegalArgumentException(
          Visible.of(
              "Model \""
                  + model.name()
                  + "\" input \""
                  + names.get(i)
                  + "\": expected "
                  + types.stream().map(Enum::name).collect(Collectors.joining(" or "))
                  + " of shape "
                  + wanted
                  + ", got "
                  + got
                  + "."));
    }
  }

  /** The types of arrays that are taken at an input. */
  private static List<Array.Type> types(DType input) {
    return switch (input) {
      case STRING -> List.of(Array.Type.STRING);
      case BOOL -> List.of(Array.Type.UINT8);
      default ->
          input.whole()
              ? List.of(Array.Type.FLOAT32, Array.Type.UINT8, Array.Type.INT32, Array.Type.INT64)
              : List.of(Array.Type.FLOAT32, Array.Type.UINT8);
    };
  }

  private static Shape rest(Shape shape) {
    return shape.subShape(1, shape.numDimensions());
  }

  private IllegalArgumentException refused(String expected, String got) {
    return new IllegalArgumentException(
        Visible.of("Model \"" + model.name() + "\": " + expected + ", got " + got + "."));
  }
}
