package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import kerava.CompileSettings;
import kerava.DTypePolicy;
import kerava.Model;
import kerava.Optimizer;
import kerava.OptimizerState;
import kerava.TrainingState;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.Adam;
import kerava.optimizers.LossScaleOptimizer;
import kerava.optimizers.Nadam;
import kerava.optimizers.SGD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A loss that is scaled from step to step. */
final class LossScaleTest {
  private static final String SCALE = "loss_scale_optimizer/dynamic_scale";

  static List<Optimizer> optimizers() {
    return List.of(
        Adam.of(0.01),
        Adam.of(0.01).globalClipnorm(0.1).weightDecay(0.01),
        Nadam.of(0.01),
        SGD.of(0.1).momentum(0.9).gradientAccumulationSteps(2));
  }

  private static Trainer trainer(Model model, Optimizer optimizer) {
    Trainer trainer =
        Trainer.compile(
            model,
            CompileSettings.of(optimizer, SparseCategoricalCrossentropy.of()),
            TrainerOptions.defaults().withSeed(0).withDevice(Device.cpu()));
    trainer.restore(Small.weights());
    return trainer;
  }

  private static TrainingState trained(Optimizer optimizer, int epochs) {
    try (Trainer trainer = trainer(Small.MODEL, optimizer)) {
      trainer.fit(Small.DATA, Fit.epochs(epochs).batchSize(7).shuffle(false));
      return trainer.state();
    }
  }

  /** A power of two goes into numbers and comes out again without rounding. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void changesNothingWhereGradientsAreFinite(Optimizer inner) {
    TrainingState alone = trained(inner, 2);
    LossScaleOptimizer scaling = LossScaleOptimizer.of(inner).dynamicGrowthSteps(4);
    TrainingState scaled = trained(scaling, 2);
    assertEquals(alone.weights(), scaled.weights());
    assertEquals(6, scaled.optimizer().iterations());
    assertEquals(alone.optimizer().slots(), inner(scaled.optimizer()));
    assertEquals(65536f, scaled.optimizer().slots().get(SCALE).floats()[0]);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void leavesStepsOutWhoseGradientsAreNotFinite(Optimizer inner) {
    double huge = Math.scalb(1.0, 127);
    Dataset large = large();
    LossScaleOptimizer scaling = LossScaleOptimizer.of(inner).initialScale(huge * 1.9);
    try (Trainer trainer = trainer(Small.MODEL, scaling)) {
      OptimizerState fresh = trainer.state().optimizer();
      trainer.fit(large, Fit.epochs(1).batchSize(21).shuffle(false));
      OptimizerState after = trainer.state().optimizer();
      assertEquals((float) (huge * 0.95), after.slots().get(SCALE).floats()[0]);
      assertEquals(0, after.iterations());
      assertEquals(Small.weights(), trainer.weights());
      assertEquals(inner(fresh), inner(after));
      trainer.fit(large, Fit.epochs(20).batchSize(21).shuffle(false));
      assertTrue(trainer.state().optimizer().iterations() > 0);
      assertNotEquals(Small.weights(), trainer.weights());
    }
  }

  private static Weights inner(OptimizerState state) {
    return state.slots().where(name -> !name.startsWith("loss_scale_optimizer/"));
  }

  /** The data with inputs that are a thousand times as large, and gradients that follow. */
  private static Dataset large() {
    Array inputs = Small.DATA.inputs(IntStream.range(0, 21).toArray());
    float[] values = new float[inputs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1000 * inputs.floats()[i];
    }
    return Dataset.of(Array.of(values, inputs.shape().asArray()), Small.DATA.labels());
  }

  @Test
  void averagesOfWeightsAreThoseOfTheInnerOptimizer() {
    changesNothingWhereGradientsAreFinite(Adam.of(0.01).ema(0.9).emaOverwriteFrequency(4));
  }

  @Test
  void float16ScalesTheLossUnlessItIsScaledAlready() {
    Model half = Small.MODEL.withPolicy(DTypePolicy.MIXED_FLOAT16);
    try (Trainer trainer = trainer(half, Adam.of())) {
      assertEquals(LossScaleOptimizer.of(Adam.of()), trainer.settings().optimizer());
    }
    for (Optimizer asked :
        List.of(
            LossScaleOptimizer.of(Adam.of()).initialScale(64), Adam.of().lossScaleFactor(128))) {
      try (Trainer trainer = trainer(half, asked)) {
        assertEquals(asked, trainer.settings().optimizer());
      }
    }
    try (Trainer trainer = trainer(Small.MODEL.withPolicy(DTypePolicy.MIXED_BFLOAT16), Adam.of())) {
      assertEquals(Adam.of(), trainer.settings().optimizer());
    }
  }

  /** A model that was trained in float32 goes on in float16. */
  @Test
  void takesUpTheStateOfItsInnerOptimizer() {
    TrainingState state = trained(Adam.of(0.01), 1);
    try (Trainer trainer =
        trainer(Small.MODEL.withPolicy(DTypePolicy.MIXED_FLOAT16), Adam.of(0.01))) {
      trainer.restore(state);
      OptimizerState taken = trainer.state().optimizer();
      assertEquals(state.optimizer().iterations(), taken.iterations());
      assertEquals(32768f, taken.slots().get(SCALE).floats()[0]);
      assertEquals(state.optimizer().slots(), inner(taken));
    }
  }

  @Test
  void refusesToScaleTwice() {
    LossScaleOptimizer once = LossScaleOptimizer.of(Adam.of());
    String message =
        assertThrows(IllegalArgumentException.class, () -> LossScaleOptimizer.of(once))
            .getMessage();
    assertTrue(message.startsWith("LossScaleOptimizer inner_optimizer: expected"), message);
    assertThrows(IllegalArgumentException.class, () -> once.initialScale(0));
    assertThrows(IllegalArgumentException.class, () -> once.dynamicGrowthSteps(0));
    assertEquals(
        once, LossScaleOptimizer.of(Adam.of().lossScaleFactor(8)), "the inner factor is dropped");
  }
}
