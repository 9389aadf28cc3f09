package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import kerava.BatchTransform;
import kerava.CompileSettings;
import kerava.Computation;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Mode;
import kerava.graph.Scope;
import kerava.graph.Weights;
import kerava.losses.CategoricalCrossentropy;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Images and targets that are mixed, as Keras' layers of the same names define it. Image i is full
 * of the number i and its target is class i, so that what came out says what was done.
 */
final class MixTest {
  private static final int SIZE = 400;
  private static final int SIDE = 8;

  /** What became of one sample. */
  private record Mixed(int own, int partner, double share, Array pixels) {}

  private static List<Mixed> mixed(BatchTransform transform, String name) {
    float[] pixels = new float[SIZE * SIDE * SIDE];
    float[] targets = new float[SIZE * SIZE];
    for (int i = 0; i < SIZE; i++) {
      Arrays.fill(pixels, i * SIDE * SIDE, (i + 1) * SIDE * SIDE, i);
      targets[i * SIZE + i] = 1;
    }
    float[] both =
        Computation.inNetwork(
                network -> {
                  network.iteration();
                  Scope scope = network.pass("train", Mode.TRAIN).scope(name);
                  BatchTransform.Samples samples =
                      transform.apply(
                          scope,
                          new BatchTransform.Samples(
                              Computation.floats(scope.tf(), Array.of(pixels, SIZE, SIDE, SIDE, 1)),
                              Computation.floats(scope.tf(), Array.of(targets, SIZE, SIZE))));
                  return joined(scope, samples);
                })
            .floats();
    return java.util.stream.IntStream.range(0, SIZE).mapToObj(i -> sample(both, i)).toList();
  }

  private static Operand<TFloat32> joined(Scope scope, BatchTransform.Samples samples) {
    var tf = scope.tf();
    return tf.concat(
        List.of(
            tf.reshape(samples.images(), tf.constant(new int[] {SIZE, SIDE * SIDE})),
            samples.targets()),
        tf.constant(1));
  }

  private static Mixed sample(float[] both, int own) {
    int width = SIDE * SIDE + SIZE;
    float[] pixels = Arrays.copyOfRange(both, own * width, own * width + SIDE * SIDE);
    float[] target = Arrays.copyOfRange(both, own * width + SIDE * SIDE, (own + 1) * width);
    int partner = own;
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += target[i];
      partner = target[i] != 0 && i != own ? i : partner;
    }
    assertEquals(1, sum, 1e-5, "targets stay distributions");
    return new Mixed(own, partner, target[own], Array.of(pixels, SIDE * SIDE));
  }

  private static double mean(List<Mixed> all, ToDoubleFunction<Mixed> figure) {
    return all.stream().mapToDouble(figure).average().orElseThrow();
  }

  @Test
  void mixUpBlendsImagesAndTargetsAlike() {
    for (double alpha : new double[] {0.2, 1}) {
      List<Mixed> all = mixed(MixUp.of().alpha(alpha), "mix_up");
      for (Mixed one : all) {
        double expected = one.share * one.own + (1 - one.share) * one.partner;
        for (float pixel : one.pixels.floats()) {
          assertEquals(expected, pixel, 0.01);
        }
      }
      List<Mixed> pairs = all.stream().filter(one -> one.partner != one.own).toList();
      assertEquals(0.5, mean(pairs, Mixed::share), 0.07);
      // The variance of Beta(a, a) is 1 / (4 (2a + 1)).
      double variance = mean(pairs, one -> (one.share - 0.5) * (one.share - 0.5));
      assertEquals(1 / (4 * (2 * alpha + 1)), variance, 0.02);
    }
  }

  @Test
  void partnersAreAnOrderOfTheBatch() {
    List<Mixed> all = mixed(MixUp.of().alpha(1), "mix_up");
    assertEquals(SIZE, all.stream().mapToInt(Mixed::partner).distinct().count());
    assertTrue(all.stream().filter(one -> one.partner == one.own).count() < 8);
  }

  @Test
  void cutMixPastesARectangleAndMixesTargetsByItsArea() {
    List<Mixed> all = mixed(CutMix.of().factor(1, 1), "cut_mix");
    double shares = 0;
    for (Mixed one : all) {
      int top = SIDE;
      int left = SIDE;
      int bottom = -1;
      int right = -1;
      int count = 0;
      float[] pixels = one.pixels.floats();
      for (int i = 0; i < pixels.length; i++) {
        assertTrue(pixels[i] == one.own || pixels[i] == one.partner);
        if (pixels[i] != one.own) {
          top = Math.min(top, i / SIDE);
          bottom = Math.max(bottom, i / SIDE);
          left = Math.min(left, i % SIDE);
          right = Math.max(right, i % SIDE);
          count++;
        }
      }
      int height = Math.max(0, bottom - top + 1);
      int width = Math.max(0, right - left + 1);
      assertEquals(height * width, count, "a rectangle");
      if (one.partner != one.own) {
        double side = SIDE * Math.sqrt(1 - one.share);
        assertEquals(side, height, 1.001);
        assertEquals(side, width, 1.001);
      }
      shares += one.share;
    }
    // Of Beta(1, 1), the uniform distribution.
    assertEquals(0.5, shares / SIZE, 0.05);
  }

  @Test
  void cutMixOfAFactorNearNothingIsNoNaN() {
    for (Mixed one : mixed(CutMix.of().factor(0, 0), "cut_mix")) {
      assertTrue(one.share < 0.01 || one.share > 0.99, "all or nothing: " + one.share);
    }
  }

  @Test
  void theSameSeedDrawsTheSame() {
    assertEquals(shares(MixUp.of(), "mix_up"), shares(MixUp.of(), "mix_up"));
    assertNotEquals(shares(MixUp.of(), "mix_up"), shares(MixUp.of().seed(3), "mix_up"));
    assertNotEquals(shares(MixUp.of(), "mix_up"), shares(MixUp.of(), "other"));
  }

  private static List<Double> shares(BatchTransform transform, String name) {
    return mixed(transform, name).stream().map(Mixed::share).toList();
  }

  @Test
  void refusesWhatKerasRefuses() {
    assertThrows(IllegalArgumentException.class, () -> MixUp.of().alpha(0));
    assertThrows(IllegalArgumentException.class, () -> MixUp.of().alpha(1.5));
    assertThrows(IllegalArgumentException.class, () -> CutMix.of().factor(0, 2));
  }

  private static final Model MODEL =
      Sequential.of(
          Input.of(8, 8, 3), Flatten.of(), Dense.of(4).activation(ActivationFunction.SOFTMAX));

  private static final TrainerOptions OPTIONS =
      TrainerOptions.defaults().withSeed(5).withDevice(Device.cpu());

  private static Dataset data() {
    Random random = new Random(1);
    byte[] pixels = new byte[40 * 8 * 8 * 3];
    random.nextBytes(pixels);
    return Dataset.of(Array.of(pixels, 40, 8, 8, 3), Array.of(random.ints(40, 0, 4).toArray(), 40));
  }

  private static Weights trained(TrainerOptions options) {
    CompileSettings settings = CompileSettings.of(SGD.of(0.1), CategoricalCrossentropy.of());
    try (Trainer trainer = Trainer.compile(MODEL, settings, options)) {
      double before = trainer.evaluate(data().oneHot(4)).loss();
      assertEquals(before, trainer.evaluate(data().oneHot(4)).loss(), "nothing is mixed here");
      History history = trainer.fit(data().oneHot(4), Fit.epochs(3).batchSize(16));
      assertTrue(Double.isFinite(history.get("loss").get(2)));
      return trainer.weights();
    }
  }

  @Test
  void trainingMixesAndRepeats() {
    TrainerOptions mixing = OPTIONS.withTransforms(MixUp.of(), CutMix.of());
    assertEquals(trained(mixing), trained(mixing));
    assertNotEquals(trained(OPTIONS), trained(mixing));
    assertNotEquals(trained(OPTIONS.withTransforms(MixUp.of())), trained(mixing));
    // The batch is mixed as a whole, whatever parts it is computed in.
    float[] one = trained(mixing.withReplicas(1)).arrays().get(0).floats();
    float[] two = trained(mixing.withReplicas(2)).arrays().get(0).floats();
    for (int i = 0; i < one.length; i++) {
      assertEquals(one[i], two[i], 1e-5);
    }
  }

  @Test
  void refusesLabelsThatCannotBeMixed() {
    assertEquals(
        "MixUp: expected a loss of targets, such as CategoricalCrossentropy, got"
            + " SparseCategoricalCrossentropy. Dataset.oneHot() makes targets of class numbers.",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Trainer.compile(
                        MODEL,
                        CompileSettings.of(SGD.of(0.1), SparseCategoricalCrossentropy.of()),
                        OPTIONS.withTransforms(MixUp.of())))
            .getMessage());
  }
}
