package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps that are made in one run of a session are the same, to the bit, as one by one. */
final class StepsPerExecutionTest {
  /** Seven batches of nine: groups of four, of two, and a last batch of six. */
  static final Dataset DATA = KilledTraining.data(1, 60);

  private static final Loss LOSS = SparseCategoricalCrossentropy.of();

  static final Fit FIT = Fit.epochs(2).batchSize(9);

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

  /** What a run gives: the loss of each batch, the metrics of each epoch, weights and slots. */
  record Outcome(List<Float> losses, Map<String, List<Double>> figures, TrainingState end) {
    static Outcome of(Trainer trainer, Dataset data, Fit fit) {
      List<Float> losses = new ArrayList<>();
      History history = trainer.fit(data, fit.callbacks(noting(batch -> losses.add(batch.loss()))));
      return new Outcome(losses, history.metrics(), trainer.state());
    }
  }

  /** A callback that looks at metrics alone, and so lets steps be made at once. */
  static Callback noting(Consumer<Batch> note) {
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
}
