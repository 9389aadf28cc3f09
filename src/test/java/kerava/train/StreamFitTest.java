package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.TestDevice;
import kerava.data.Dataset;
import kerava.data.Sequences;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.layers.Dense;
import kerava.layers.Embedding;
import kerava.layers.GlobalAveragePooling1D;
import kerava.losses.MeanSquaredError;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on streams, and on sequences whose batches are padded. */
final class StreamFitTest {
  private static final int COUNT = 22;
  private static final Fit FIT = Fit.epochs(3).batchSize(4);

  private static final Dataset ALL =
      Dataset.of(floats(COUNT * 3, 3), Array.of(classes(COUNT), COUNT));

  private static Array floats(int size, int width) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (i * 7 % 23 - 11) / 9f;
    }
    return Array.of(values, size / width, width);
  }

  private static int[] classes(int count) {
    return IntStream.range(0, count).map(i -> i * 5 % 3).toArray();
  }

  private static Trainer trainer(Model model) {
    TrainerOptions options = TrainerOptions.defaults().withSeed(5).withDevice(TestDevice.get());
    return Trainer.compile(
        model,
        CompileSettings.of(
            Adam.of(0.05), SparseCategoricalCrossentropy.of().fromLogits(true), Accuracy.of()),
        options);
  }

  private static Trainer dense() {
    return trainer(Sequential.of(Input.of(3), Dense.of(3)));
  }

  /** All samples in pieces of some size. */
  private static Iterator<Dataset> pieces(int size) {
    return IntStream.range(0, (COUNT + size - 1) / size)
        .mapToObj(i -> ALL.range(i * size, Math.min(COUNT, (i + 1) * size)))
        .iterator();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 22})
  void aStreamTrainsAsTheSameSamplesInOrder(int size) {
    try (Trainer trainer = dense();
        Trainer other = dense()) {
      Dataset stream = Dataset.stream(() -> pieces(size), COUNT);
      History history = trainer.fit(stream, FIT.validation(ALL).stepsPerExecution(2));
      History expected = other.fit(ALL, FIT.validation(ALL).shuffle(false));
      assertEquals(expected.metrics(), history.metrics());
    }
  }

  @Test
  void anEndlessStreamGoesOnInTheNextEpoch() {
    try (Trainer trainer = dense();
        Trainer other = dense()) {
      Iterator<Dataset> endless =
          Stream.iterate(0, i -> (i + 11) % COUNT).map(i -> ALL.range(i, i + 11)).iterator();
      History half = trainer.fit(Dataset.stream(() -> endless, 11), Fit.epochs(2).batchSize(11));
      other.fit(ALL, Fit.epochs(1).batchSize(11).shuffle(false));
      assertEquals(2, half.epochs());
      assertArrayEquals(
          other.weights().get("dense/kernel").floats(),
          trainer.weights().get("dense/kernel").floats());
    }
  }

  @Test
  void validatesEvaluatesAndPredictsOnStreams() {
    try (Trainer trainer = dense();
        Trainer other = dense()) {
      History history =
          trainer.fit(ALL, FIT.shuffle(false).validation(Dataset.stream(() -> pieces(3), COUNT)));
      History expected = other.fit(ALL, FIT.shuffle(false).validation(ALL));
      assertEquals(expected.metrics(), history.metrics());
      assertEquals(trainer.evaluate(ALL), trainer.evaluate(Dataset.stream(() -> pieces(4), COUNT)));
      assertArrayEquals(
          trainer.predict(ALL).floats(),
          trainer.predict(Dataset.stream(() -> pieces(4), COUNT)).floats());
    }
  }

  @Test
  void refusesWhatAStreamCannotDo(@TempDir Path folder) {
    Dataset stream = Dataset.stream(() -> pieces(4), COUNT);
    String begin = ": expected data that can be read in any order, got a stream. ";
    try (Trainer trainer = dense()) {
      assertEquals(
          "Fit validation split" + begin + "Give it validation data.",
          refusal(trainer, stream, FIT.validationSplit(0.5)));
      assertEquals(
          "Fit sample weights" + begin + "Each epoch may have other samples.",
          refusal(trainer, stream, FIT.sampleWeights(new float[COUNT])));
      assertEquals(
          "Fit BackupAndRestore" + begin + "A stream cannot go back to where it was.",
          refusal(trainer, stream, FIT.callbacks(BackupAndRestore.of(folder))));
      Dataset wrong = Dataset.of(floats(6, 3), Array.of(new int[] {0, 7}, 2));
      assertEquals(
          "Dataset labels: expected class numbers from 0 to 2, the outputs of the model, got 7.",
          refusal(trainer, Dataset.stream(() -> List.of(wrong).iterator(), 2), FIT));
      Dataset wide = Dataset.of(floats(8, 4), Array.of(new int[2], 2));
      Dataset unlike = Dataset.stream(() -> List.of(ALL.take(2), wide).iterator(), 4);
      assertTrue(
          refusal(trainer, unlike, FIT)
              .startsWith("Dataset: expected pieces of a stream that are all alike, ["));
    }
  }

  private static String refusal(Trainer trainer, Dataset data, Fit fit) {
    return assertThrows(IllegalArgumentException.class, () -> trainer.fit(data, fit)).getMessage();
  }

  @Test
  void paddingThatIsMaskedChangesNothing() {
    int[][] words =
        IntStream.range(0, COUNT)
            .mapToObj(i -> IntStream.range(0, 1 + i * 7 % 5).map(j -> 1 + (i + j) % 6).toArray())
            .toArray(int[][]::new);
    Array labels = Array.of(classes(COUNT), COUNT);
    Model model =
        Sequential.of(
            Input.of(DType.INT32, -1),
            Embedding.of(7, 4).maskZero(true),
            GlobalAveragePooling1D.of(),
            Dense.of(3));
    try (Trainer trainer = trainer(model);
        Trainer other = trainer(model)) {
      Dataset padded = Dataset.ofSequences(words, labels, Sequences.padded());
      Dataset even = Dataset.of(Sequences.padded().array(words), labels);
      History history = trainer.fit(padded, FIT.shuffle(false).validation(padded));
      History expected = other.fit(even, FIT.shuffle(false).validation(even));
      expected
          .metrics()
          .forEach(
              (name, values) ->
                  assertArrayEquals(
                      doubles(values), doubles(history.get(name)), TestDevice.tolerance(1e-5)));
      assertArrayEquals(other.predict(even).floats(), trainer.predict(padded).floats(), 1e-5f);
    }
  }

  private static double[] doubles(List<Double> values) {
    return Arrays.stream(values.toArray(Double[]::new)).mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void partsOfNumbersAreRefusedWhereAModelTakesWholeOnes() {
    Model model =
        Sequential.of(
            Input.of(DType.INT32, 2), Embedding.of(7, 4), GlobalAveragePooling1D.of(), Dense.of(1));
    Dataset data = Dataset.of(floats(6, 2), Array.of(new float[3], 3, 1));
    Dataset stream = Dataset.stream(() -> List.of(data).iterator(), 3);
    try (Trainer trainer = Trainer.compile(model, Adam.of(), MeanSquaredError.of())) {
      assertEquals(refusal(trainer, data, FIT), refusal(trainer, stream, FIT));
      assertTrue(
          refusal(trainer, data, FIT)
              .startsWith("Model \"sequential\" input \"input_layer\": expected whole numbers"));
    }
  }
}
