package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Random;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Conv3D;
import kerava.layers.Conv3DTranspose;
import kerava.layers.Dense;
import kerava.layers.GlobalAveragePooling3D;
import kerava.layers.MaxPooling3D;
import kerava.layers.Padding;
import kerava.layers.Size3D;
import kerava.layers.recurrent.ConvLSTM2D;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import org.junit.jupiter.api.Test;

/** Gradients of convolutions of volumes are the same however a training is arranged. */
final class VolumeTrainingTest {
  private static final Model MODEL =
      Sequential.of(
          Input.of(4, 6, 4, 1),
          Conv3D.of(4, 3).padding(Padding.SAME).activation(ActivationFunction.RELU),
          MaxPooling3D.of(2),
          Conv3D.of(4, 2).padding(Padding.SAME).dilationRate(new Size3D(1, 2, 1)),
          Conv3DTranspose.of(3, 2).strides(2).activation(ActivationFunction.TANH),
          GlobalAveragePooling3D.of(),
          Dense.of(3).activation(ActivationFunction.SOFTMAX));
  private static final TrainerOptions OPTIONS =
      TrainerOptions.defaults().withSeed(7).withDevice(Device.cpu()).withReplicas(1);

  /** What a run leaves. */
  private record Outcome(List<Double> losses, Weights weights) {}

  @Test
  void inReplicas() {
    assertSame(run(OPTIONS, 1), run(OPTIONS.withReplicas(2), 1));
  }

  @Test
  void severalStepsInARun() {
    assertSame(run(OPTIONS, 1), run(OPTIONS, 3));
  }

  @Test
  void compiledByXla() {
    assertSame(run(OPTIONS, 1), run(OPTIONS.withJitCompile(true), 1));
  }

  /** What a recurrent layer keeps in lists is on the way back from a convolution behind it. */
  @Test
  void flowThroughALoopBefore() {
    Model model =
        Sequential.of(
            Input.of(4, 6, 4, 1),
            ConvLSTM2D.of(2, 3).padding(Padding.SAME).returnSequences(true),
            Conv3D.of(2, 2),
            GlobalAveragePooling3D.of(),
            Dense.of(3).activation(ActivationFunction.SOFTMAX));
    CompileSettings settings = CompileSettings.of(SGD.of(0.1), SparseCategoricalCrossentropy.of());
    String kernel = model.weights().get(0).name();
    try (Trainer trainer = Trainer.compile(model, settings, OPTIONS)) {
      float[] before = trainer.weights().get(kernel).floats();
      trainer.fit(data(), Fit.epochs(1).batchSize(13));
      float[] after = trainer.weights().get(kernel).floats();
      for (int i = 0; i < before.length; i++) {
        assertNotEquals(before[i], after[i], kernel + i);
      }
    }
  }

  private static void assertSame(Outcome expected, Outcome actual) {
    for (int i = 0; i < expected.losses().size(); i++) {
      assertEquals(expected.losses().get(i), actual.losses().get(i), 1e-5, "loss of epoch " + i);
    }
    for (String name : expected.weights().names()) {
      assertArrayEquals(
          expected.weights().get(name).floats(), actual.weights().get(name).floats(), 1e-5f, name);
    }
  }

  private static Outcome run(TrainerOptions options, int steps) {
    CompileSettings settings = CompileSettings.of(SGD.of(0.1), SparseCategoricalCrossentropy.of());
    try (Trainer trainer = Trainer.compile(MODEL, settings, options)) {
      Fit fit = Fit.epochs(2).batchSize(8).shuffle(false).stepsPerExecution(steps);
      History history = trainer.fit(data(), fit);
      return new Outcome(history.get("loss"), trainer.weights());
    }
  }

  private static Dataset data() {
    Random random = new Random(3);
    float[] values = new float[26 * 4 * 6 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    int[] labels = random.ints(26, 0, 3).toArray();
    return Dataset.of(Array.of(values, 26, 4, 6, 4, 1), Array.of(labels, 26));
  }
}
