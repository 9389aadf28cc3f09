package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import kerava.KerasCase;
import kerava.TestDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** Loops through steps give what the steps give one behind the other, and their gradients. */
final class RecurrenceTest {
  private static final int BATCH = 3;
  private static final int SIZE = 4;

  /** Numbers that a graph does not know the sizes of. */
  private static Operand<TFloat32> numbers(Ops tf, long seed, Shape known, long... sizes) {
    Random random = new Random(seed);
    float[] values = new float[(int) Shape.of(sizes).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return tf.placeholderWithDefault(tf.reshape(tf.constant(values), tf.constant(sizes)), known);
  }

  /** A step with a mask, two states of which one changes the other, and a constant. */
  private static Recurrence.Turn step(Ops tf, Recurrence.Step given) {
    Operand<TFloat32> x = given.inputs().get(0).asOutput().expect(TFloat32.class);
    Operand<TBool> counts = given.inputs().get(1).asOutput().expect(TBool.class);
    Operand<TFloat32> state = given.states().get(0);
    Operand<TFloat32> product = tf.linalg.matMul(state, given.constants().get(0));
    Operand<TFloat32> next = tf.math.tanh(tf.math.add(x, product));
    Operand<TFloat32> sum =
        tf.math.add(
            tf.math.mul(given.states().get(1), given.constants().get(1)),
            tf.math.mul(next, given.constants().get(2)));
    return new Recurrence.Turn(
        List.of(tf.math.mul(sum, next)),
        List.of(tf.select(counts, next, state), tf.select(counts, sum, given.states().get(1))));
  }

  private static Recurrence recurrence(Ops tf, Operand<TFloat32> x, List<Operand<TFloat32>> rest) {
    Operand<TBool> counts = tf.math.greater(tf.reduceMax(x, tf.constant(-1)), tf.constant(0.5f));
    return new Recurrence(
        RecurrenceTest::step,
        List.of(x, tf.expandDims(counts, tf.constant(-1))),
        rest.subList(0, 2),
        List.of(rest.get(2), rest.get(3), tf.stopGradient(rest.get(3))),
        List.of(Shape.of(-1, SIZE)));
  }

  /** Two recurrences behind each other: the loss of all that they give. */
  private static Operand<TFloat32> loss(
      Ops tf, List<Operand<TFloat32>> all, Function<Recurrence, Recurrence.Turn> through) {
    List<Operand<TFloat32>> rest = all.subList(1, all.size());
    Recurrence.Turn first = through.apply(recurrence(tf, all.get(0), rest));
    Recurrence.Turn second = through.apply(recurrence(tf, first.outputs().get(0), rest));
    List<Operand<TFloat32>> sums = new ArrayList<>();
    for (Operand<TFloat32> each :
        List.of(second.outputs().get(0), second.states().get(1), first.states().get(0))) {
      Operand<TFloat32> row = tf.reshape(tf.math.square(each), tf.constant(new int[] {-1}));
      sums.add(tf.sum(row, tf.constant(0)));
    }
    return tf.math.addN(sums);
  }

  private static List<Operand<TFloat32>> operands(Ops tf, int steps, boolean known) {
    return List.of(
        numbers(tf, 1, Shape.of(known ? steps : -1, -1, SIZE), steps, BATCH, SIZE),
        numbers(tf, 2, Shape.of(-1, SIZE), BATCH, SIZE),
        numbers(tf, 3, Shape.of(-1, SIZE), BATCH, SIZE),
        numbers(tf, 4, Shape.of(SIZE, SIZE), SIZE, SIZE),
        numbers(tf, 5, Shape.of(SIZE), SIZE));
  }

  private static List<Array> results(int steps, boolean known, boolean loop) {
    Network network = Network.create(1);
    Ops tf = network.tf();
    List<Operand<TFloat32>> all = operands(tf, steps, known);
    Operand<TFloat32> loss =
        loss(
            tf, all, recurrence -> loop ? network.repeat(tf, recurrence) : recurrence.unrolled(tf));
    List<Operand<TFloat32>> fetches = new ArrayList<>(List.of(loss));
    fetches.addAll(network.gradients(loss, all));
    try (NetworkSession session = network.start(SessionOptions.on(TestDevice.get()))) {
      Session.Runner runner = session.session().runner();
      fetches.forEach(runner::fetch);
      try (Result result = runner.run()) {
        List<Array> arrays = new ArrayList<>();
        result.forEach(entry -> arrays.add(Tensors.array(entry.getValue())));
        return arrays;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 11})
  void givesWhatTheStepsGiveOneBehindTheOther(int steps) {
    List<Array> expected = results(steps, true, false);
    for (boolean known : List.of(true, false)) {
      List<Array> got = results(steps, known, true);
      assertEquals(expected.size(), got.size());
      for (int i = 0; i < got.size(); i++) {
        KerasCase.assertClose(expected.get(i), got.get(i), 1e-5, "result " + i);
      }
    }
  }

  @Test
  void stepsOneBehindTheOtherMustBeCounted() {
    try (Network network = Network.create(1)) {
      Ops tf = network.tf();
      List<Operand<TFloat32>> all = operands(tf, 3, false);
      Recurrence recurrence = recurrence(tf, all.get(0), all.subList(1, 5));
      assertThrows(IllegalArgumentException.class, () -> recurrence.unrolled(tf));
    }
  }
}
