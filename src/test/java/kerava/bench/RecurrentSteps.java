package kerava.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Layer;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.layers.recurrent.Bidirectional;
import kerava.layers.recurrent.GRU;
import kerava.layers.recurrent.LSTM;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.Adam;
import kerava.train.Fit;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;

/** Kerava's side of {@code tools/bench/recurrent}: an epoch for each line that comes in. */
public final class RecurrentSteps {
  private static final int CLASSES = 10;

  private RecurrentSteps() {}

  private static Layer layer(String kind, int units) {
    return switch (kind) {
      case "lstm" -> LSTM.of(units);
      case "gru" -> GRU.of(units);
      case "both" -> Bidirectional.of(LSTM.of(units));
      default -> throw new IllegalArgumentException("expected lstm, gru or both, got " + kind);
    };
  }

  /**
   * Answers each line with the seconds of an epoch.
   *
   * @param args the kind of layer, its units, how many steps a sequence has, how many features a
   *     step, how many sequences a batch, how many batches an epoch
   */
  public static void main(String[] args) throws IOException {
    int[] sizes = new int[args.length];
    for (int i = 1; i < args.length; i++) {
      sizes[i] = Integer.parseInt(args[i]);
    }
    int rows = sizes[4] * sizes[5];
    SplittableRandom random = new SplittableRandom(1);
    float[] numbers = new float[rows * sizes[2] * sizes[3]];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    int[] labels = random.ints(rows, 0, CLASSES).toArray();
    Dataset data = Dataset.of(Array.of(numbers, rows, sizes[2], sizes[3]), Array.of(labels, rows));
    var model =
        Sequential.of(
            Input.of(sizes[2], sizes[3]),
            layer(args[0], sizes[1]),
            Dense.of(CLASSES).activation(ActivationFunction.SOFTMAX));
    CompileSettings settings = CompileSettings.of(Adam.of(), SparseCategoricalCrossentropy.of());
    try (Trainer trainer = Trainer.compile(model, settings, TrainerOptions.defaults().withSeed(1));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (lines.readLine() != null) {
        long start = System.nanoTime();
        trainer.fit(data, Fit.epochs(1).batchSize(sizes[4]));
        System.out.println((System.nanoTime() - start) / 1e9);
      }
    }
  }
}
