package kerava.train;

import java.util.List;
import java.util.stream.IntStream;
import kerava.Model;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.data.Column;
import kerava.data.Dataset;
import kerava.train.graph.BoundData;
import kerava.train.graph.TrainedOutput;

/**
 * Finds out which columns of a data set are which inputs and outputs of a model: by name, or, where
 * columns have none, by their order.
 */
final class DataBinding {
  private DataBinding() {}

  /**
   * Data to train or to evaluate on.
   *
   * @throws IllegalArgumentException if a column that is needed is missing, or one is too many
   */
  static BoundData of(Model model, List<TrainedOutput> outputs, Dataset data) {
    List<String> names = outputs.stream().map(TrainedOutput::name).toList();
    return new BoundData(
        data,
        inputColumns(model, data),
        labels(model, outputs, names, data.labelColumns()),
        outputs);
  }

  /**
   * Data to predict for.
   *
   * @throws IllegalArgumentException if an input is missing, or one is too many
   */
  static BoundData inputs(Model model, Dataset data) {
    return new BoundData(data, inputColumns(model, data), List.of(), List.of());
  }

  private static List<Integer> inputColumns(Model model, Dataset data) {
    List<String> names = NamedInputs.of(model).names();
    List<Column> columns = data.inputColumns();
    return columns.size() == names.size() && byOrder(columns)
        ? inOrder(names.size())
        : byName("inputs", names, columns);
  }

  /** A single column needs no name. */
  private static boolean byOrder(List<Column> columns) {
    return columns.size() == 1 || columns.stream().allMatch(column -> column.name().isEmpty());
  }

  private static List<Integer> inOrder(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<Integer> labels(
      Model model, List<TrainedOutput> outputs, List<String> names, List<Column> columns) {
    if (byOrder(columns)) {
      if (columns.size() == names.size()) {
        return inOrder(names.size());
      }
      if (columns.size() == model.targetNames().size()) {
        return outputs.stream().map(TrainedOutput::index).toList();
      }
    }
    // Labels of outputs that are not trained may be there too.
    List<Column> known =
        columns.stream()
            .filter(one -> names.contains(one.name()) || !isOutput(model, one.name()))
            .toList();
    List<Integer> found = byName("labels", names, known);
    return found.stream().map(index -> columns.indexOf(known.get(index))).toList();
  }

  private static boolean isOutput(Model model, String name) {
    return model.targetNames().contains(name);
  }

  private static List<Integer> byName(String what, List<String> names, List<Column> columns) {
    List<String> given = columns.stream().map(Column::name).toList();
    if (given.size() != names.size() || !given.containsAll(names)) {
      throw new IllegalArgumentException(
          Visible.of(
              "Dataset %s: expected %s, got %s."
                  .formatted(
                      what,
                      Listed.of(names),
                      byOrder(columns) ? given.size() + " without names" : Listed.of(given))));
    }
    return names.stream().map(given::indexOf).toList();
  }
}
