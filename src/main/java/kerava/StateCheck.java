package kerava;

import java.util.List;
import java.util.Set;
import kerava.config.Nearest;
import kerava.config.Visible;
import kerava.graph.Array;
import kerava.graph.Weights;
import org.tensorflow.ndarray.Shape;

/** Refuses numbers that are not those of a model. */
final class StateCheck {
  private StateCheck() {}

  static void require(Model model, Weights weights) {
    List<WeightSpec> specs = model.weights();
    requireNames(specs.stream().map(WeightSpec::name).toList(), weights);
    specs.forEach(spec -> requireShape(spec.name(), spec.shape(), weights));
  }

  static void require(Model model, Optimizer optimizer, OptimizerState state) {
    List<Slot> slots = optimizer.slots(model.trainableWeights());
    requireNames(slots.stream().map(slot -> slot.path(optimizer)).toList(), state.slots());
    slots.forEach(slot -> requireShape(slot.path(optimizer), slot.shape(), state.slots()));
    boolean scheduled = optimizer.learningRate().schedule().isPresent();
    if (scheduled == state.learningRate().isPresent()) {
      throw new IllegalArgumentException(
          "OptimizerState learningRate: expected "
              + (scheduled ? "none beside a schedule" : "a number")
              + ", got "
              + state.learningRate()
              + ".");
    }
  }

  private static void requireNames(List<String> expected, Weights weights) {
    if (!Set.copyOf(expected).equals(weights.names())) {
      throw new IllegalArgumentException(
          Visible.of(
              "Weights: expected the "
                  + expected.size()
                  + " of the model, got "
                  + weights.size()
                  + ", "
                  + Nearest.difference(expected, weights.names())
                  + "."));
    }
  }

  private static void requireShape(String name, Shape shape, Weights weights) {
    Array array = weights.get(name);
    if (array.type() != Array.Type.FLOAT32 || !array.shape().equals(shape)) {
      throw new IllegalArgumentException(
          Visible.of(name + ": expected FLOAT32 " + shape + ", got " + array + "."));
    }
  }
}
