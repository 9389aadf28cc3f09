package kerava.layers.recurrent;

import static kerava.layers.recurrent.RecurrentArguments.GO_BACKWARDS;
import static kerava.layers.recurrent.RecurrentArguments.RETURN_SEQUENCES;
import static kerava.layers.recurrent.RecurrentArguments.RETURN_STATE;
import static kerava.layers.recurrent.RecurrentArguments.UNROLL;
import static kerava.layers.recurrent.RecurrentArguments.ZERO_OUTPUT_FOR_MASK;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import kerava.DTypePolicy;
import kerava.Inputs;
import kerava.LayerCall;
import kerava.config.Config;
import kerava.graph.Recurrence;
import kerava.graph.Scope;
import kerava.graph.TensorValue;
import kerava.layers.ActivityRegularization;
import kerava.layers.DynamicShape;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * The way of a recurrent layer through a sequence.
 *
 * @param scope of the layer
 * @param cellScope of its cell
 * @param config of the layer
 * @param cell what it calls at each step
 */
record Passage(Scope scope, Scope cellScope, Config config, RecurrentCell cell) {
  /**
   * What is gone through.
   *
   * @param steps of shape (steps, batch, ...), in the order in which they are taken
   * @param step what the cell is given at each
   * @param states the first ones, if they were given
   * @param mask of shape (steps, batch), in the order of the steps, if there is one
   */
  record Given(
      Operand<TFloat32> steps,
      Inputs step,
      List<Operand<TFloat32>> states,
      Optional<Operand<TBool>> mask) {}

  /** What a call gives, rounded as the layer's policy rounds it. */
  List<TensorValue> call(LayerCall call, Inputs step, DTypePolicy policy) {
    Ops tf = scope.tf();
    Operand<TFloat32> x = Floats.of(tf, call.values().get(0), policy);
    Given given =
        new Given(
            ordered(x),
            step,
            Floats.of(tf, call.values(RecurrentLayer.INITIAL_STATE), policy),
            call.mask().map(this::ordered));
    Recurrence.Turn ends = through(given);
    List<Operand<TFloat32>> results = new ArrayList<>(ends.outputs());
    if (config.get(RETURN_STATE)) {
      results.addAll(ends.states());
    }
    config
        .get(RecurrentArguments.ACTIVITY_REGULARIZER)
        .ifPresent(
            penalty ->
                results.forEach(result -> ActivityRegularization.penalize(scope, penalty, result)));
    return results.stream().map(result -> Floats.given(tf, result, policy)).toList();
  }

  /** (batch, steps, ...) → (steps, batch, ...), the last one first where the layer wants it so. */
  private <T extends TType> Operand<T> ordered(Operand<T> x) {
    Operand<T> steps = turned(x);
    return config.get(GO_BACKWARDS)
        ? scope.tf().reverse(steps, scope.tf().constant(new int[] {0}))
        : steps;
  }

  private <T extends TType> Operand<T> turned(Operand<T> x) {
    int[] axes = IntStream.range(0, x.shape().numDimensions()).toArray();
    axes[0] = 1;
    axes[1] = 0;
    return scope.tf().linalg.transpose(x, scope.tf().constant(axes));
  }

  /** The output, and the last states. */
  private Recurrence.Turn through(Given given) {
    Ops tf = scope.tf();
    boolean all = config.get(RETURN_SEQUENCES);
    boolean masked = given.mask().isPresent();
    Shape output = cell.stepShape(given.step());
    StepBatch batch = new StepBatch(DynamicShape.of(tf, given.steps(), 1), given.step());
    CellSteps steps = cell.steps(cellScope, batch);
    List<Operand<? extends TType>> sequences = new ArrayList<>();
    sequences.add(steps.projection().of(tf, given.steps(), steps.inputConstants()));
    given.mask().ifPresent(mask -> sequences.add(fitted(mask, output)));
    List<Operand<TFloat32>> states = new ArrayList<>(given.states());
    if (states.isEmpty()) {
      cell.stateShapes(given.step()).forEach(shape -> states.add(batch.zeros(tf, shape)));
    }
    int count = states.size();
    // Keras' outputs begin with zeros, which states do unless they are given.
    OptionalInt own =
        masked && !given.states().isEmpty() ? OptionalInt.empty() : cell.outputState(given.step());
    MaskedStep.OutputState last = MaskedStep.output(own, count, masked || !all);
    if (last.added()) {
      states.add(batch.zeros(tf, output));
    }
    Recurrence recurrence =
        new Recurrence(
            new MaskedStep(steps.stepping(), all, masked, last),
            sequences,
            states,
            steps.constants(),
            all ? List.of(output) : List.of());
    Recurrence.Turn ends = config.get(UNROLL) ? recurrence.unrolled(tf) : scope.repeat(recurrence);
    Operand<TFloat32> result =
        all
            ? turned(zeroed(given, ends.outputs().get(0)))
            : lastZeroed(given, ends.states().get(last.index()));
    return new Recurrence.Turn(List.of(result), ends.states().subList(0, count));
  }

  /** A mask (steps, batch) with as many dimensions as what it is to choose among. */
  private Operand<TBool> fitted(Operand<TBool> mask, Shape output) {
    Operand<TBool> fitted = mask;
    for (int i = 1; i < output.numDimensions(); i++) {
      fitted = scope.tf().expandDims(fitted, scope.tf().constant(-1));
    }
    return fitted;
  }

  private Operand<TFloat32> zeroed(Given given, Operand<TFloat32> outputs) {
    if (given.mask().isEmpty() || !config.get(ZERO_OUTPUT_FOR_MASK)) {
      return outputs;
    }
    Ops tf = scope.tf();
    // Keras takes the mask of an unrolled layer in the order of its input, also backwards.
    boolean turned = config.get(UNROLL) && config.get(GO_BACKWARDS);
    Operand<TBool> mask =
        turned ? tf.reverse(given.mask().get(), tf.constant(new int[] {0})) : given.mask().get();
    Operand<TBool> fitted = fitted(mask, cell.stepShape(given.step()));
    return tf.select(fitted, outputs, tf.zerosLike(outputs));
  }

  private Operand<TFloat32> lastZeroed(Given given, Operand<TFloat32> output) {
    if (given.mask().isEmpty() || !config.get(ZERO_OUTPUT_FOR_MASK)) {
      return output;
    }
    Ops tf = scope.tf();
    Operand<TBool> counts =
        tf.gather(
            fitted(given.mask().get(), cell.stepShape(given.step())),
            tf.math.sub(DynamicShape.of(tf, given.steps(), 0), tf.constant(1)),
            tf.constant(0));
    return tf.select(counts, output, tf.zerosLike(output));
  }
}
