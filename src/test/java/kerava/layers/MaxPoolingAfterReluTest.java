package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.graph.Array;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.Pass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Pooling what ReLU passed gives what it says, values and gradients, in whatever order it runs. */
final class MaxPoolingAfterReluTest {
  private static final int SIZE = 6;
  private static final int WIDE = SIZE / 2;
  private static final Model MODEL =
      Sequential.of(
          Input.of(SIZE, SIZE, 1), Activation.of(ActivationFunction.RELU), MaxPooling2D.of());

  @ParameterizedTest
  @EnumSource(Mode.class)
  void passesTheFirstGreatestNumberAboveZero(Mode mode) {
    SplittableRandom random = new SplittableRandom(11);
    float[] x = new float[SIZE * SIZE];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextInt(-3, 3); // few numbers: many ties, and windows without one above 0
    }
    float[] upstream = new float[WIDE * WIDE];
    for (int i = 0; i < upstream.length; i++) {
      upstream[i] = i + 1;
    }
    LayerRun.Outcome got =
        new LayerRun(
                MODEL,
                java.util.List.of(Array.of(x, 1, SIZE, SIZE, 1)),
                Map.of(),
                Optional.of(Array.of(upstream, 1, WIDE, WIDE, 1)),
                Map.of())
            .run(mode);
    float[] values = new float[WIDE * WIDE];
    float[] gradient = new float[x.length];
    for (int window = 0; window < values.length; window++) {
      int best = first(x, window);
      values[window] = Math.max(x[best], 0);
      gradient[best] = x[best] > 0 ? upstream[window] : 0;
    }
    assertArrayEquals(values, got.output().floats());
    assertArrayEquals(gradient, got.gradients().get(0).floats());
  }

  private static int first(float[] x, int window) {
    int corner = window / WIDE * 2 * SIZE + window % WIDE * 2;
    int best = corner;
    for (int place : new int[] {corner + 1, corner + SIZE, corner + SIZE + 1}) {
      best = x[place] > x[best] ? place : best;
    }
    return best;
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void poolsFirstOnlyInTraining(Mode mode) {
    try (Network network = Network.create(1)) {
      Pass pass = network.pass("test", mode);
      Operand<TFloat32> x =
          network.tf().placeholder(TFloat32.class, Placeholder.shape(MODEL.inputShape()));
      Deque<String> types = new ArrayDeque<>();
      GraphOperation op = (GraphOperation) MODEL.build(pass, x).op();
      while (op.numInputs() > 0) {
        types.addFirst(op.type());
        op = (GraphOperation) op.input(0).op();
      }
      assertEquals(mode == Mode.TRAIN ? "[MaxPool, Relu]" : "[Relu, MaxPool]", types.toString());
    }
  }
}
