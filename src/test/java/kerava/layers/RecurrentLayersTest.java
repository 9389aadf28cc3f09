package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.ModelLayer;
import kerava.Node;
import kerava.Sequential;
import kerava.graph.Array;
import kerava.graph.Mode;
import kerava.initializers.Zeros;
import kerava.layers.recurrent.Bidirectional;
import kerava.layers.recurrent.ConvLSTM1D;
import kerava.layers.recurrent.GRU;
import kerava.layers.recurrent.LSTM;
import kerava.layers.recurrent.LSTMCell;
import kerava.layers.recurrent.RNN;
import kerava.layers.recurrent.SimpleRNN;
import kerava.layers.recurrent.StackedRNNCells;
import kerava.layers.recurrent.TimeDistributed;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** What recurrent layers leave out in training, and what they refuse. */
final class RecurrentLayersTest {
  private static final int ROWS = 40;
  private static final int STEPS = 3;
  private static final int UNITS = 50;

  private static SimpleRNN plain() {
    return SimpleRNN.of(UNITS)
        .activation(ActivationFunction.LINEAR)
        .useBias(false)
        .returnSequences(true)
        .seed(3);
  }

  private static Array ones(long... shape) {
    float[] numbers = new float[(int) Shape.of(shape).size()];
    Arrays.fill(numbers, 1);
    return Array.of(numbers, shape);
  }

  private static Array diagonal(float value) {
    float[] numbers = new float[UNITS * UNITS];
    for (int i = 0; i < UNITS; i++) {
      numbers[i * UNITS + i] = value;
    }
    return Array.of(numbers, UNITS, UNITS);
  }

  private static Map<String, Array> weights(float kernel, float recurrent) {
    return Map.of(
        "simple_rnn_cell/kernel", diagonal(kernel),
        "simple_rnn_cell/recurrent_kernel", diagonal(recurrent));
  }

  private static float at(Array array, int row, int step, int unit) {
    return array.floats()[(row * STEPS + step) * UNITS + unit];
  }

  /** The inputs are multiplied with the same factors at all steps: 0, or what makes up for it. */
  @Test
  void dropoutLeavesOutTheSameInputsAtAllSteps() {
    LayerRun run =
        LayerRun.of(plain().dropout(0.25), List.of(ones(ROWS, STEPS, UNITS)))
            .weights(weights(1, 0));
    Array trained = run.run(Mode.TRAIN).output();
    int zeros = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int unit = 0; unit < UNITS; unit++) {
        float first = at(trained, row, 0, unit);
        assertTrue(first == 0 || Math.abs(first - 4f / 3) < 1e-6, "" + first);
        assertEquals(first, at(trained, row, 1, unit));
        assertEquals(first, at(trained, row, 2, unit));
        zeros += first == 0 ? 1 : 0;
      }
    }
    // 2,000 draws: three standard deviations are 0.03.
    assertEquals(0.25, zeros / (double) (ROWS * UNITS), 0.03);
    assertTrue(!trained.equals(run.run(Mode.TRAIN, 1).output()), "another step draws others");
    assertEquals(ones(ROWS, STEPS, UNITS), run.run(Mode.INFER).output());
  }

  /** So are the states, at each step again. */
  @Test
  void recurrentDropoutLeavesOutTheSameStatesAtAllSteps() {
    LayerRun run =
        LayerRun.of(
                plain().recurrentDropout(0.5), List.of(ones(ROWS, STEPS, UNITS), ones(ROWS, UNITS)))
            .weights(weights(0, 1));
    Array trained = run.run(Mode.TRAIN).output();
    int zeros = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int unit = 0; unit < UNITS; unit++) {
        float first = at(trained, row, 0, unit);
        assertTrue(first == 0 || first == 2, "" + first);
        assertEquals(first * first, at(trained, row, 1, unit));
        assertEquals(first * first * first, at(trained, row, 2, unit));
        zeros += first == 0 ? 1 : 0;
      }
    }
    assertEquals(0.5, zeros / (double) (ROWS * UNITS), 0.035);
    assertEquals(ones(ROWS, STEPS, UNITS), run.run(Mode.INFER).output());
  }

  /** Each gate leaves out other parts of the state; all draws have a gradient of the weights. */
  @Test
  void dropoutTrainsInEveryLayer() {
    Array x = ones(2, STEPS, 4);
    for (Layer layer :
        List.of(
            LSTM.of(3).dropout(0.5).recurrentDropout(0.5),
            GRU.of(3).dropout(0.5).recurrentDropout(0.5),
            GRU.of(3).resetAfter(false).dropout(0.5).recurrentDropout(0.5).unroll(true),
            RNN.of(List.of(LSTMCell.of(3).dropout(0.5), LSTMCell.of(3).recurrentDropout(0.5))),
            Bidirectional.of(LSTM.of(3).recurrentDropout(0.5)))) {
      LayerRun run = LayerRun.of(layer, List.of(x));
      Array output = run.run(Mode.TRAIN).output();
      List<Array> gradients =
          run.differentiated(ones(output.shape().asArray())).run(Mode.TRAIN).gradients();
      assertEquals(1 + run.weightNames().size(), gradients.size());
      assertTrue(!output.equals(run.run(Mode.TRAIN, 1).output()), layer.toString());
      assertEquals(run.run(Mode.INFER).output(), run.run(Mode.INFER, 1).output());
    }
    Array images = ones(2, STEPS, 5, 2);
    LayerRun convolved =
        LayerRun.of(ConvLSTM1D.of(2, 3).dropout(0.5).recurrentDropout(0.5), List.of(images));
    assertTrue(!convolved.run(Mode.TRAIN).output().equals(convolved.run(Mode.TRAIN, 1).output()));
  }

  @Test
  void statefulIsReadAndWrittenButNotComputed() {
    for (Layer plain : List.of(SimpleRNN.of(2), LSTM.of(2), GRU.of(2), RNN.of(LSTMCell.of(2)))) {
      ObjectNode json = (ObjectNode) KerasConfig.write(plain);
      json.put("stateful", true);
      Layer layer = (Layer) KerasConfig.read(Layer.class, plain.schema().className(), json);
      assertEquals(json, KerasConfig.write(layer));
      LayerRun run = LayerRun.of(layer, List.of(ones(2, 3, 4)));
      assertRefused("stateful: expected false, got true", () -> run.run(Mode.INFER));
      assertRefused("stateful: expected false, got true", () -> run.run(Mode.TRAIN));
    }
  }

  private static void assertRefused(String words, org.junit.jupiter.api.function.Executable made) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, made).getMessage());
    assertTrue(message.contains(words), message);
    assertTrue(message.length() < 300, message);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    Node x = Input.of(4, 3);
    Node state = Input.of(2);
    assertRefused("expected 2 initial states", () -> LSTM.of(2).apply(x, state));
    assertRefused(
        "expected as many initial states", () -> Bidirectional.of(GRU.of(2)).apply(x, state));
    assertRefused("expected input of rank 3 or more", () -> GRU.of(2).apply(state));
    assertRefused(
        "expected input of rank 3 or more", () -> TimeDistributed.of(Dense.of(2)).apply(state));
    assertRefused(
        "expected a known number of steps", () -> GRU.of(2).unroll(true).apply(Input.of(-1, 3)));
    assertRefused("a recurrent layer", () -> Bidirectional.of(Dense.of(2)));
    assertRefused(
        "expected layers of opposite go_backwards", () -> Bidirectional.of(GRU.of(2), GRU.of(2)));
    assertRefused(
        "expected layers of one return_sequences",
        () -> Bidirectional.of(GRU.of(2), GRU.of(2).goBackwards(true).returnSequences(true)));
    assertRefused("at least one cell", () -> StackedRNNCells.of(List.of()));
    assertRefused("from 0 up to", () -> LSTM.of(2).dropout(1));
    assertRefused("strides: expected 1", () -> ConvLSTM1D.of(2, 3).strides(2).dilationRate(2));
  }

  @Test
  void aModelIsCalledAtEachStep() {
    Model each =
        Sequential.of(Input.of(3), Dense.of(2).kernelInitializer(Zeros.of()), Softmax.of());
    LayerRun run = LayerRun.of(TimeDistributed.of(ModelLayer.of(each)), List.of(ones(2, 4, 3)));
    assertEquals(2, run.weightNames().size());
    Array output = run.run(Mode.INFER).output();
    assertArrayEquals(new long[] {2, 4, 2}, output.shape().asArray());
    for (float number : output.floats()) {
      assertEquals(0.5f, number);
    }
  }
}
