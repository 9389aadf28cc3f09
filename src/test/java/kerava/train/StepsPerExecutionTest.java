package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import kerava.CompileSettings;
import kerava.Loss;
import kerava.Metric;
import kerava.Optimizer;
import kerava.TrainingState;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.CutMix;
import kerava.layers.MixUp;
import kerava.losses.CategoricalCrossentropy;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.Adam;
import kerava.optimizers.AdamW;
import kerava.optimizers.LossScaleOptimizer;
import kerava.optimizers.SGD;
import kerava.optimizers.schedules.CosineDecay;
import kerava.train.callbacks.ModelCheckpoint;
import kerava.train.callbacks.TerminateOnNaN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps that are made in one run of a session are the same, to the bit, as one by one. */
final class StepsPerExecutionTest {
  /** Seven batches of nine: groups of four, of two, and a last batch of six. */
  private static final Dataset DATA = KilledTraining.data(1, 60);

  private static final Loss LOSS = SparseCategoricalCrossentropy.of();
  private static final Fit FIT = Fit.epochs(2).batchSize(9);

  @TempDir private Path folder;

  /** What is trained, with all that changes from step to step. */
  private enum Case {
    ADAM_WITH_AVERAGES(KilledTraining.optimizer()),
    SCHEDULE(AdamW.of().schedule(CosineDecay.of(0.01, 10)).clipnorm(1)),
    ACCUMULATION(SGD.of(0.05).momentum(0.9).gradientAccumulationSteps(3)),
    OVERWRITTEN_BY_AVERAGES(Adam.of(0.01).ema(0.9).emaOverwriteFrequency(3)),
    LOSS_SCALING(LossScaleOptimizer.of(SGD.of(0.05)).initialScale(1e38).dynamicGrowthSteps(2)),
    CLASS_AND_SAMPLE_WEIGHTS(Adam.of(0.01)) {
      @Override
      Fit fit() {
        float[] weights = new float[60];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = i % 5;
        }
        return FIT.classWeights(Map.of(1, 2.5)).sampleWeights(weights);
      }
    },
    ALTERNATE_FLIPS(Adam.of(0.01)) {
      @Override
      Fit fit() {
        return FIT.alternateFlips(true).validationSplit(0.2);
      }
    },
    PARTS(Adam.of(0.01)) {
      @Override
      TrainerOptions options() {
        return super.options().withReplicas(2);
      }
    },
    DEVICES(Adam.of(0.01)) {
      @Override
      TrainerOptions options() {
        return super.options().withDevices(Device.cpu(0), Device.cpu(1));
      }
    },
    TRANSFORMS(Adam.of(0.01)) {
      @Override
      TrainerOptions options() {
        return super.options().withTransforms(MixUp.of(), CutMix.of());
      }

      @Override
      Loss loss() {
        return CategoricalCrossentropy.of();
      }

      @Override
      Dataset data() {
        return DATA.oneHot(3);
      }
    },
    NO_METRICS(Adam.of(0.01)) {
      @Override
      Metric[] metrics() {
        return new Metric[0];
      }
    },
    FLOATS(Adam.of(0.01)) {
      @Override
      Dataset data() {
        return floats();
      }
    },
    FLOATS_OF_PIXELS(Adam.of(0.01)) {
      @Override
      Dataset data() {
        return new FloatPixels(DATA);
      }
    };

    private final Optimizer optimizer;

    Case(Optimizer optimizer) {
      this.optimizer = optimizer;
    }

    Fit fit() {
      return FIT;
    }

    TrainerOptions options() {
      return TrainerOptions.defaults().withSeed(7).withDevice(Device.cpu());
    }

    Loss loss() {
      return LOSS;
    }

    Metric[] metrics() {
      return new Metric[] {Accuracy.of()};
    }

    Dataset data() {
      return DATA;
    }

    Trainer trainer() {
      CompileSettings settings = CompileSettings.of(optimizer, loss(), metrics());
      return Trainer.compile(KilledTraining.MODEL, settings, options());
    }
  }

  private static Dataset floats() {
    Random random = new Random(3);
    float[] values = new float[60 * 8 * 8 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Dataset.of(Array.of(values, 60, 8, 8, 3), DATA.labels());
  }

  /** What a run gives: the loss of each batch, the figures of each epoch, weights and slots. */
  private record Outcome(List<Float> losses, Map<String, List<Double>> figures, TrainingState end) {
    static Outcome of(Trainer trainer, Dataset data, Fit fit) {
      List<Float> losses = new ArrayList<>();
      History history = trainer.fit(data, fit.callbacks(noting(batch -> losses.add(batch.loss()))));
      return new Outcome(losses, history.metrics(), trainer.state());
    }
  }

  /** A callback that looks at figures alone, and so lets steps be made at once. */
  private static Callback noting(Consumer<Batch> note) {
    return run ->
        new Callback.Observer() {
          @Override
          public CallbackAction batchEnd(Batch batch) {
            note.accept(batch);
            return CallbackAction.proceed();
          }

          @Override
          public int batchesAtOnce(long step) {
            return Integer.MAX_VALUE;
          }
        };
  }

  @ParameterizedTest
  @EnumSource
  void areTheSameAsOneByOne(Case own) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Fit fit :
        List.of(
            own.fit().stepsPerExecution(1).resident(false),
            own.fit().stepsPerExecution(4).resident(false),
            own.fit().stepsPerExecution(Integer.MAX_VALUE).resident(true))) {
      try (Trainer trainer = own.trainer()) {
        outcomes.add(Outcome.of(trainer, own.data(), fit));
      }
    }
    assertTrue(outcomes.get(0).losses().size() >= 12);
    assertNotEquals(outcomes.get(0).losses().get(0), outcomes.get(0).losses().get(1));
    assertEquals(outcomes.get(0), outcomes.get(1), "four at once");
    assertEquals(outcomes.get(0), outcomes.get(2), "all at once, from the device's memory");
  }

  @Test
  void followOneAnotherInAnyNumberInOneTrainer() {
    List<Outcome> outcomes = new ArrayList<>();
    for (int[] numbers : new int[][] {{1, 1, 1}, {4, 1, 3}}) {
      try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
        for (int number : numbers) {
          Fit fit = FIT.stepsPerExecution(number);
          outcomes.add(Outcome.of(trainer, number == 4 ? DATA.take(60) : DATA, fit));
        }
      }
    }
    assertEquals(outcomes.subList(0, 3), outcomes.subList(3, 6));
  }

  @Test
  void eachHaveTheirOwnFiguresAndMeans() {
    List<List<String>> seen = new ArrayList<>();
    for (int number : new int[] {1, 4}) {
      List<String> lines = new ArrayList<>();
      Callback note =
          noting(
              batch ->
                  lines.add(
                      "%d %d/%d %d %s"
                          .formatted(
                              batch.epoch(),
                              batch.index(),
                              batch.count(),
                              batch.step(),
                              batch.means().get())));
      try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
        trainer.fit(DATA, FIT.stepsPerExecution(number).callbacks(note));
      }
      seen.add(lines);
    }
    assertEquals(14, seen.get(0).size());
    assertEquals(seen.get(0), seen.get(1));
  }

  @Test
  void sayWhichOfThemTheModelIsAt() {
    List<Boolean> current = new ArrayList<>();
    try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
      Callback note = noting(batch -> current.add(batch.current()));
      trainer.fit(DATA, Fit.epochs(1).batchSize(9).stepsPerExecution(4).callbacks(note));
    }
    assertEquals(List.of(false, false, false, true, false, true, true), current);
  }

  @Test
  void aCallbackThatLooksAtBatchesSeesTheModelOfEach() {
    List<List<Weights>> seen = new ArrayList<>();
    for (int number : new int[] {1, 4}) {
      List<Weights> all = new ArrayList<>();
      try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
        Callback look =
            Callback.onBatch(
                batch -> {
                  assertTrue(batch.current());
                  all.add(trainer.weights());
                  return batch.step() == 2
                      ? CallbackAction.proceed().learningRate(0.1)
                      : CallbackAction.proceed();
                });
        trainer.fit(DATA, FIT.stepsPerExecution(number).callbacks(look));
      }
      seen.add(all);
    }
    assertEquals(14, seen.get(0).size());
    assertEquals(seen.get(0), seen.get(1));
  }

  @Test
  void endWhereACheckpointIsWritten() {
    List<List<Weights>> written = new ArrayList<>();
    for (int number : new int[] {1, 4}) {
      List<Weights> own = new ArrayList<>();
      try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
        Callback checkpoint =
            ModelCheckpoint.always((epoch, view) -> own.add(view.weights())).saveFreq(3);
        trainer.fit(DATA, FIT.stepsPerExecution(number).callbacks(checkpoint));
      }
      written.add(own);
    }
    assertEquals(4, written.get(0).size());
    assertEquals(written.get(0), written.get(1));
  }

  @Test
  void leaveNothingBehindAfterALossThatIsNotANumber() {
    List<Object> ends = new ArrayList<>();
    for (int number : new int[] {1, 4}) {
      try (Trainer trainer = KilledTraining.trainer(SGD.of(1e30).momentum(0.9))) {
        History history =
            trainer.fit(DATA, FIT.stepsPerExecution(number).callbacks(TerminateOnNaN.of()));
        ends.add(List.of(history.stopped().orElseThrow(), trainer.state()));
      }
    }
    assertEquals(ends.get(0), ends.get(1));
  }

  @Test
  void goOnFromABackupInOtherNumbers() {
    Fit plain = Fit.epochs(3).batchSize(9);
    TrainingState whole;
    try (Trainer trainer = KilledTraining.trainer(KilledTraining.optimizer())) {
      trainer.fit(DATA, plain);
      whole = trainer.state();
    }
    Fit kept = plain.callbacks(BackupAndRestore.of(folder).saveFreq(5));
    List<Integer> batches = new ArrayList<>();
    Callback broken =
        noting(
            batch -> {
              if (batch.step() == 12) {
                throw new IllegalStateException("broken off");
              }
            });
    try (Trainer trainer = KilledTraining.trainer(KilledTraining.optimizer())) {
      Fit fit = kept.stepsPerExecution(4).callbacks(broken);
      assertThrows(IllegalStateException.class, () -> trainer.fit(DATA, fit));
    }
    try (Trainer trainer = KilledTraining.trainer(KilledTraining.optimizer())) {
      Callback note = noting(batch -> batches.add((int) batch.step()));
      trainer.fit(DATA, kept.stepsPerExecution(3).resident(true).callbacks(note));
      assertEquals(whole, trainer.state());
    }
    assertEquals(10, batches.get(0), "the backup was made after ten steps");
  }

  @Test
  void readEachSampleOnceThatIsNotInMemory() {
    Streamed streamed = new Streamed(DATA);
    Fit fit = Fit.epochs(1).batchSize(9).stepsPerExecution(4);
    try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01));
        Trainer other = KilledTraining.trainer(Adam.of(0.01))) {
      trainer.fit(streamed, fit);
      other.fit(DATA, fit);
      assertEquals(other.state(), trainer.state());
      // The first one was looked at before, for its type.
      for (int i = 1; i < 60; i++) {
        assertEquals(1, streamed.reads(i), "reads of sample " + i);
      }
      assertEquals(
          "Fit resident: expected floats, or bytes by fours, in memory, got UINT8 of shape"
              + " [8, 8, 3] on a disk.",
          assertThrows(
                  IllegalArgumentException.class, () -> trainer.fit(streamed, fit.resident(true)))
              .getMessage());
    }
  }

  @Test
  void refuseWhatIsNoNumberOfThem() {
    assertEquals(
        "Fit steps per execution: expected at least 1, or 0 to choose, got -1.",
        assertThrows(IllegalArgumentException.class, () -> FIT.stepsPerExecution(-1)).getMessage());
  }

  @Test
  void beginByThemselvesInALongTraining() {
    List<Outcome> outcomes = new ArrayList<>();
    List<Long> ahead = new ArrayList<>();
    for (int number : new int[] {1, 0}) {
      Callback note =
          noting(
              batch -> {
                if (!batch.current()) {
                  ahead.add(batch.step());
                }
              });
      Fit fit = Fit.epochs(75).batchSize(4).stepsPerExecution(number).callbacks(note);
      try (Trainer trainer = KilledTraining.trainer(KilledTraining.optimizer())) {
        outcomes.add(Outcome.of(trainer, DATA, fit));
        if (number == 0) {
          assertEquals(1000, ahead.get(0), "one by one until then");
          ahead.clear();
          trainer.fit(DATA, Fit.epochs(1).batchSize(4).callbacks(note));
          assertTrue(ahead.get(0) < 15, "from the second run on where the loop is there: " + ahead);
        }
      }
    }
    assertEquals(1125, outcomes.get(0).losses().size());
    assertEquals(outcomes.get(0), outcomes.get(1));
  }

  @Test
  void areSaidWithTheArrangement() {
    try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
      String usual = trainer.strategy(DATA, FIT);
      assertEquals(
          trainer.strategy() + ", up to 32 steps a run after the first 1000, data fed", usual);
      String asked = trainer.strategy(DATA, FIT.stepsPerExecution(8).resident(true));
      assertTrue(asked.endsWith(", up to 8 steps a run, data in the device's memory"), asked);
    }
  }
}
