package kerava.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Optimizer;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.files.RecordWriter;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.BatchNormalization;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Dropout;
import kerava.layers.FlipMode;
import kerava.layers.GlobalAveragePooling2D;
import kerava.layers.RandomFlip;
import kerava.layers.RandomTranslation;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.Adam;
import kerava.train.callbacks.EarlyStopping;
import kerava.train.callbacks.ReduceLROnPlateau;

/**
 * A training with all that is random and all that remembers: dropout, augmentation, moving
 * averages, callbacks. As a program it trains with a backup until it is done or killed.
 */
public final class KilledTraining {
  static final int BATCHES = 7;
  static final Model MODEL =
      Sequential.of(
          Input.of(8, 8, 3),
          RandomFlip.of(FlipMode.HORIZONTAL),
          RandomTranslation.of(0.2, 0.2),
          Conv2D.of(8, 3),
          BatchNormalization.of(),
          Dropout.of(0.3),
          Conv2D.of(16, 3).activation(ActivationFunction.RELU),
          GlobalAveragePooling2D.of(),
          Dropout.of(0.2),
          Dense.of(3).activation(ActivationFunction.SOFTMAX));

  private KilledTraining() {}

  public static Dataset data(int seed, int size) {
    Random random = new Random(seed);
    byte[] pixels = new byte[size * 8 * 8 * 3];
    random.nextBytes(pixels);
    int[] labels = random.ints(size, 0, 3).toArray();
    return Dataset.of(Array.of(pixels, size, 8, 8, 3), Array.of(labels, size));
  }

  static Optimizer optimizer() {
    return Adam.of(0.01).ema(0.9);
  }

  public static Trainer trainer(Optimizer optimizer) {
    return Trainer.compile(
        MODEL,
        CompileSettings.of(optimizer, SparseCategoricalCrossentropy.of(), Accuracy.of()),
        TrainerOptions.defaults().withSeed(7).withDevice(Device.cpu()));
  }

  static Fit fit(int epochs) {
    return Fit.epochs(epochs)
        .batchSize(9)
        .validation(data(2, 20))
        .callbacks(
            ReduceLROnPlateau.of().patience(1).minDelta(0.5),
            EarlyStopping.of().patience(epochs).restoreBestWeights());
  }

  /** The first folder takes the backup, the file the weights, when training is done. */
  public static void main(String[] args) throws IOException {
    BackupAndRestore backup = BackupAndRestore.of(Path.of(args[0])).saveFreq(2);
    Callback begun =
        Callback.onBatch(
            batch -> {
              System.out.println("batch " + batch.epoch() + " " + batch.index());
              return CallbackAction.proceed();
            });
    try (Trainer trainer = trainer(optimizer())) {
      History history = trainer.fit(data(1, 60), fit(8).callbacks(backup, begun));
      write(trainer.weights(), history, Path.of(args[1]));
    }
  }

  private static void write(Weights weights, History history, Path file) throws IOException {
    try (RecordWriter writer = new RecordWriter(Files.newOutputStream(file))) {
      writer.write(history.metrics().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      for (Array array : weights.arrays()) {
        writer.write(ArrayBytes.of(array));
      }
    }
  }
}
