package kerava.saving.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.CompileSettings;
import kerava.Input;
import kerava.LearningRate;
import kerava.Model;
import kerava.Optimizer;
import kerava.OptimizerState;
import kerava.Sequential;
import kerava.Slot;
import kerava.StoredModel;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.Dense;
import kerava.losses.MeanSquaredError;
import kerava.optimizers.LossScaleOptimizer;
import kerava.optimizers.SGD;
import kerava.optimizers.schedules.ExponentialDecay;
import kerava.saving.hdf5.Hdf5Draft;
import kerava.saving.hdf5.Hdf5File;
import kerava.saving.hdf5.NamedArrays;
import kerava.saving.json.LayerOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** How many variables an optimizer has in the files of each Keras, and what each of them is. */
final class OptimizerVariablesTest {
  private static final Model MODEL = Sequential.of(Input.of(2), Dense.of(1).named("d"));
  private static final LayerOrder ORDER = LayerOrder.of(MODEL);
  private static final StoredModel STORED =
      StoredModel.of(
          MODEL,
          Weights.of(
              Map.of(
                  "d/kernel", Array.of(new float[] {1, 2}, 2, 1),
                  "d/bias", Array.of(new float[] {3}, 1))));
  private static final SGD PLAIN = SGD.of(0.25);
  private static final SGD MOMENTUM = PLAIN.momentum(0.9);
  private static final Array KERNEL = Array.of(new float[] {4, 5}, 2, 1);
  private static final Array BIAS = Array.of(new float[] {6}, 1);

  @TempDir Path folder;

  /** The variables of a file in their order. */
  private final Map<String, Object> variables = new LinkedHashMap<>();

  private OptimizerVariablesTest number(Object number) {
    variables.put("vars/" + variables.size(), number);
    return this;
  }

  private OptimizerVariablesTest slots() {
    return number(KERNEL).number(BIAS);
  }

  private static Array of(Object value) {
    return value instanceof Array array
        ? array
        : Array.of(new float[] {((Number) value).floatValue()});
  }

  private StoredModel read(Optimizer optimizer) throws ModelFormatException {
    NamedArrays file =
        new NamedArrays() {
          @Override
          public Array floats(String name, Shape shape) {
            Array array = of(variables.get(name));
            assertEquals(shape, array.shape(), name);
            return array;
          }

          @Override
          public long integer(String name) {
            return (long) of(variables.get(name)).floats()[0];
          }
        };
    CompileSettings settings = CompileSettings.of(optimizer, MeanSquaredError.of());
    return new OptimizerVariables(file, optimizer)
        .addTo(
            STORED, settings, new OptimizerVariables.Place(List.copyOf(variables.keySet()), ORDER));
  }

  private OptimizerState state(Optimizer optimizer) throws ModelFormatException {
    StoredModel read = read(optimizer);
    assertEquals(List.of(), read.card().remarks());
    return read.optimizer().orElseThrow();
  }

  private static float[] slot(OptimizerState state, Optimizer optimizer, String weight) {
    Slot slot =
        optimizer.slots(MODEL.trainableWeights()).stream()
            .filter(one -> one.weight().equals(Optional.of(weight)))
            .findFirst()
            .orElseThrow();
    return state.slots().get(slot.path(optimizer)).floats();
  }

  private static void assertSlots(OptimizerState state, Optimizer optimizer) {
    assertArrayEquals(KERNEL.floats(), slot(state, optimizer, "d/kernel"));
    assertArrayEquals(BIAS.floats(), slot(state, optimizer, "d/bias"));
  }

  @Test
  void theIterationTheRateAndTheSlots() throws ModelFormatException {
    OptimizerState state = number(7).number(0.125f).slots().state(MOMENTUM);
    assertEquals(7, state.iterations());
    assertEquals(Optional.of(0.125f), state.learningRate());
    assertSlots(state, MOMENTUM);
  }

  @Test
  void withoutARateItIsThatOfTheSettings() throws ModelFormatException {
    OptimizerState state = number(7).slots().state(MOMENTUM);
    assertEquals(Optional.of(0.25f), state.learningRate());
    assertSlots(state, MOMENTUM);
  }

  @Test
  void aScheduleHasNoRateOfItsOwn() throws ModelFormatException {
    Optimizer scheduled =
        MOMENTUM.withLearningRate(LearningRate.of(ExponentialDecay.of(0.1, 10, 0.5)));
    OptimizerState state = number(7).slots().state(scheduled);
    assertEquals(Optional.empty(), state.learningRate());
    assertSlots(state, scheduled);
  }

  @Test
  void otherNumbersOfVariablesAreLeftOut() throws ModelFormatException {
    number(7).number(0.125f).slots().number(BIAS);
    StoredModel read = read(MOMENTUM);
    assertEquals(Optional.empty(), read.optimizer());
    assertEquals(
        List.of(
            "The state of the optimizer was left out: expected 4 variables of SGD, got 5. Were"
                + " layers frozen after training?"),
        read.card().remarks());
  }

  @Test
  void oneThatWasNeverUsedHasNoSlotsAndIsNotMissed() throws ModelFormatException {
    assertEquals(List.of(), read(MOMENTUM).card().remarks());
    assertEquals(List.of(), number(0).read(MOMENTUM).card().remarks());
    assertEquals(List.of(), number(0.125f).read(MOMENTUM).card().remarks());
    assertEquals(Optional.empty(), read(MOMENTUM).optimizer());
    variables.put("vars/0", 1);
    assertEquals(1, read(MOMENTUM).card().remarks().size());
  }

  @Test
  void slotsThatAreNotUsedArePassedOver() throws ModelFormatException {
    OptimizerState state = number(7).slots().state(PLAIN);
    assertEquals(7, state.iterations());
    assertEquals(Optional.of(0.25f), state.learningRate());
    assertEquals(List.of(), List.copyOf(state.slots().names()));
    variables.clear();
    number(8);
    variables.put("SGD/learning_rate:0", 0.5f);
    OptimizerState rated = slots().state(PLAIN);
    assertEquals(8, rated.iterations());
    assertEquals(Optional.of(0.5f), rated.learningRate());
  }

  @Test
  void aScaledLossHasFourVariablesInFront() throws ModelFormatException {
    Optimizer scaling = LossScaleOptimizer.of(MOMENTUM);
    number(0).number(0f).number(3).number(1024f);
    OptimizerState state = number(7).number(0.125f).slots().state(scaling);
    assertEquals(7, state.iterations());
    assertEquals(Optional.of(0.125f), state.learningRate());
    List<float[]> numbers = new ArrayList<>();
    state.slots().arrays().forEach(array -> numbers.add(array.floats()));
    assertArrayEquals(new float[] {3}, numbers.get(0));
    assertArrayEquals(new float[] {1024}, numbers.get(1));
    assertArrayEquals(KERNEL.floats(), numbers.get(2));
    assertArrayEquals(BIAS.floats(), numbers.get(3));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    for (Optimizer optimizer : List.of(MOMENTUM, LossScaleOptimizer.of(MOMENTUM))) {
      Map<String, Array> slots = new LinkedHashMap<>();
      for (Slot slot : optimizer.slots(MODEL.trainableWeights())) {
        float[] values = new float[Math.toIntExact(slot.shape().size())];
        java.util.Arrays.fill(values, slots.size() + 16);
        slots.put(slot.path(optimizer), Array.of(values, slot.shape().asArray()));
      }
      CompileSettings settings = CompileSettings.of(optimizer, MeanSquaredError.of());
      OptimizerState state = new OptimizerState(9, Optional.of(0.5f), Weights.of(slots));
      Path path = folder.resolve(optimizer.schema().className() + ".weights.h5");
      WeightsH5.write(STORED.compiled(settings, state), path);
      try (Hdf5File file = Hdf5File.read(path)) {
        OptimizerVariables.Place place = OptimizerVariables.Place.in(file, ORDER);
        assertEquals(optimizer == MOMENTUM ? 4 : 8, place.datasets().size());
        assertEquals(
            Optional.of(state),
            new OptimizerVariables(file, optimizer).addTo(STORED, settings, place).optimizer());
        // Keras wraps optimizers without saying so in the settings.
        CompileSettings plain = CompileSettings.of(MOMENTUM, MeanSquaredError.of());
        assertEquals(
            optimizer.lossScaling().isPresent(),
            OptimizerVariables.scaled(plain, file).optimizer().lossScaling().isPresent());
        assertEquals(settings, OptimizerVariables.scaled(settings, file));
        Weights read = WeightsH5.read(file, MODEL, ORDER);
        for (String name : STORED.weights().names()) {
          assertEquals(STORED.weights().get(name), read.get(name));
        }
      }
    }
  }

  @Test
  void weightsThatJustFitIntoTheirFile() throws IOException {
    Path path = folder.resolve("few.weights.h5");
    try (Hdf5Draft draft = Hdf5Draft.create(path)) {
      draft.put("x", 1f);
    }
    try (Hdf5File file = Hdf5File.read(path)) {
      int room = Math.toIntExact(file.bytes() / Float.BYTES);
      Model most = Sequential.of(Input.of(room - 1), Dense.of(1).named("d"));
      WeightsSizeCheck.require(file, most.weights());
      Model more = Sequential.of(Input.of(room), Dense.of(1).named("d"));
      assertEquals(
          "few.weights.h5: d/bias: expected weights that fit into a file of "
              + file.bytes()
              + " bytes, got [1].",
          assertThrows(
                  ModelFormatException.class, () -> WeightsSizeCheck.require(file, more.weights()))
              .getMessage());
    }
  }
}
