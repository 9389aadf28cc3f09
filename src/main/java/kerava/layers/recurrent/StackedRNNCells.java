package kerava.layers.recurrent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import kerava.DTypePolicy;
import kerava.InnerLayer;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.SnakeCase;
import kerava.graph.Recurrence;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Several cells as one: each is given what the one before gives, and the output is that of the last
 * one. Its states are those of all of them.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/recurrent_layers/stacked_rnn_cell/">Keras:
 *     StackedRNNCells</a>
 */
public record StackedRNNCells(Config config) implements RecurrentCell {
  private static final Key<List<RecurrentCell>> CELLS =
      Key.required(
          "cells",
          Codec.list(Cells.CODEC).where("a list of at least one cell", cells -> !cells.isEmpty()));

  /** How the layer is written and read. */
  public static final Schema<StackedRNNCells> SCHEMA =
      Layer.schema("StackedRNNCells", StackedRNNCells::new, CELLS);

  /**
   * The cells as one.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static StackedRNNCells of(List<RecurrentCell> cells) {
    return new StackedRNNCells(SCHEMA.config().with(CELLS, List.copyOf(cells)));
  }

  @Override
  public StackedRNNCells withPolicy(DTypePolicy policy) {
    List<RecurrentCell> cells =
        cells().stream().map(cell -> (RecurrentCell) cell.withPolicy(policy)).toList();
    return new StackedRNNCells(config.with(DTYPE, policy).with(CELLS, cells));
  }

  private List<RecurrentCell> cells() {
    return config.get(CELLS);
  }

  @Override
  public List<InnerLayer> inner(Inputs inputs) {
    List<InnerLayer> inner = new ArrayList<>();
    Map<String, Integer> classes = new HashMap<>();
    Map<String, Integer> names = new HashMap<>();
    Inputs step = new Inputs(inputs.where(), List.of(inputs.shapes().get(0)));
    for (RecurrentCell cell : cells()) {
      String kind = SnakeCase.of(cell.schema().className());
      String attribute = "cells/" + numbered(kind, classes);
      inner.add(new InnerLayer(attribute, numbered(cell.name().orElse(kind), names), cell, step));
      step = new Inputs(inputs.where(), List.of(cell.stepShape(step)));
    }
    return List.copyOf(inner);
  }

  /** A name, with a number from its second use on. */
  private static String numbered(String name, Map<String, Integer> counts) {
    int count = counts.merge(name, 1, Integer::sum) - 1;
    return count == 0 ? name : name + "_" + count;
  }

  @Override
  public List<Shape> stateShapes(Inputs step) {
    List<Shape> shapes = new ArrayList<>();
    inner(step)
        .forEach(each -> shapes.addAll(((RecurrentCell) each.layer()).stateShapes(each.inputs())));
    return List.copyOf(shapes);
  }

  @Override
  public Shape stepShape(Inputs step) {
    List<InnerLayer> inner = inner(step);
    Inputs last = inner.get(inner.size() - 1).inputs();
    return cells().get(cells().size() - 1).stepShape(last);
  }

  @Override
  public OptionalInt outputState(Inputs step) {
    List<InnerLayer> inner = inner(step);
    InnerLayer last = inner.get(inner.size() - 1);
    int own = cell(last).stateShapes(last.inputs()).size();
    OptionalInt found = cell(last).outputState(last.inputs());
    return found.isPresent()
        ? OptionalInt.of(stateShapes(step).size() - own + found.getAsInt())
        : found;
  }

  private static RecurrentCell cell(InnerLayer inner) {
    return (RecurrentCell) inner.layer();
  }

  /**
   * One of the cells, when steps are made.
   *
   * @param states how many it has
   */
  private record Part(CellSteps steps, int states) {
    static Part of(InnerLayer inner, Scope scope, Operand<TInt32> batch) {
      return new Part(
          cell(inner).steps(scope.child(inner.name()), new StepBatch(batch, inner.inputs())),
          cell(inner).stateShapes(inner.inputs()).size());
    }
  }

  @Override
  public CellSteps steps(Scope scope, StepBatch batch) {
    List<Part> parts =
        inner(batch.step()).stream().map(each -> Part.of(each, scope, batch.size())).toList();
    CellSteps first = parts.get(0).steps();
    List<Operand<TFloat32>> constants = new ArrayList<>(first.constants());
    for (Part part : parts.subList(1, parts.size())) {
      constants.addAll(part.steps().inputConstants());
      constants.addAll(part.steps().constants());
    }
    return new CellSteps(
        first.inputConstants(),
        constants,
        first.projection(),
        (tf, projected, states, all) -> step(tf, parts, projected, states, all));
  }

  private static Recurrence.Turn step(
      Ops tf,
      List<Part> parts,
      Operand<TFloat32> projected,
      List<Operand<TFloat32>> states,
      List<Operand<TFloat32>> constants) {
    Deque<Operand<TFloat32>> statesLeft = new ArrayDeque<>(states);
    Deque<Operand<TFloat32>> constantsLeft = new ArrayDeque<>(constants);
    List<Operand<TFloat32>> next = new ArrayList<>();
    Operand<TFloat32> x = projected;
    for (Part part : parts) {
      CellSteps steps = part.steps();
      Operand<TFloat32> input =
          part.equals(parts.get(0))
              ? x
              : steps.projection().of(tf, x, taken(constantsLeft, steps.inputConstants().size()));
      List<Operand<TFloat32>> own = taken(constantsLeft, steps.constants().size());
      Recurrence.Turn turn = steps.stepping().of(tf, input, taken(statesLeft, part.states()), own);
      next.addAll(turn.states());
      x = turn.outputs().get(0);
    }
    return new Recurrence.Turn(List.of(x), next);
  }

  private static List<Operand<TFloat32>> taken(Deque<Operand<TFloat32>> left, int count) {
    List<Operand<TFloat32>> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(left.remove());
    }
    return taken;
  }

  @Override
  public Schema<StackedRNNCells> schema() {
    return SCHEMA;
  }
}
