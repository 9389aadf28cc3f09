package kerava.train;

import static kerava.train.TrainerTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import kerava.Input;
import kerava.Loss;
import kerava.Model;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.losses.CTC;
import kerava.losses.Circle;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import org.junit.jupiter.api.Test;

/** Samples with a class number at each position: how they are weighed, and when refused. */
final class LabelsOfPositionsTest {
  private static final Array INPUTS =
      Array.of(new float[] {1, -1, 0, 2, 1, 1, -2, 0, 1, 0, 3, -1}, 2, 3, 2);
  private static final Array CLASSES = Array.of(new int[] {0, 2, 255, 1, 1, 0}, 2, 3);
  private static final Dataset DATA = Dataset.of(INPUTS, CLASSES);
  private static final Loss LOSS = SparseCategoricalCrossentropy.of().ignoreClass(255);

  private static Trainer trainer(Loss loss) {
    Model model = Sequential.of(Input.of(3, 2), Dense.of(3).activation(ActivationFunction.SOFTMAX));
    return Trainer.compile(
        model,
        kerava.CompileSettings.of(SGD.of(0.1), loss),
        TrainerOptions.defaults().withSeed(1).withReplicas(1));
  }

  @Test
  void aSampleWeighsAtAllItsPositions() {
    try (Trainer trainer = trainer(LOSS)) {
      double first = loss(trainer, 1, 0);
      double second = loss(trainer, 0, 1);
      double both = loss(trainer, 2, 3);
      assertEquals(trainer.evaluate(DATA).loss(), first + second, 1e-6);
      assertEquals(2 * first + 3 * second, both, 1e-6);
      assertNotEquals(first, second, 1e-3);
    }
  }

  /** The loss of a step that changes nothing. */
  private static double loss(Trainer trainer, float... weights) {
    trainer.learningRate(0);
    return trainer.fit(DATA, Fit.epochs(1).batchSize(2).sampleWeights(weights)).get("loss").get(0);
  }

  /** As Keras' data sets of images have them: a last axis of 1 is left out. */
  @Test
  void classNumbersMayHaveALastAxisOfOne() {
    Dataset standing = Dataset.of(INPUTS, Array.of(CLASSES.ints(), 2, 3, 1));
    try (Trainer trainer = trainer(LOSS);
        Trainer other = trainer(LOSS)) {
      Fit fit = Fit.epochs(2).batchSize(1).shuffle(false);
      assertEquals(trainer.fit(DATA, fit).metrics(), other.fit(standing, fit).metrics());
      assertEquals(trainer.evaluate(DATA).loss(), other.evaluate(standing).loss());
    }
  }

  @Test
  void refusesLabelsOfAnotherShape() {
    Dataset flat = Dataset.of(INPUTS, Array.of(new int[2], 2));
    Dataset longer = Dataset.of(INPUTS, Array.of(new int[8], 2, 4));
    try (Trainer trainer = trainer(LOSS)) {
      refused(
          "Dataset labels: expected class numbers of shape [-1, 3], got INT32 [2].",
          () -> trainer.evaluate(flat));
      refused(
          "Dataset labels: expected class numbers of shape [-1, 3], got INT32 [2, 4].",
          () -> trainer.evaluate(longer));
      refused(
          "Fit class weights: expected a model of one class a sample, got one that gives [-1, 3, 3].",
          () -> trainer.fit(DATA, Fit.epochs(1).classWeights(Map.of(1, 2.0))));
    }
    try (Trainer trainer = trainer(SparseCategoricalCrossentropy.of())) {
      refused(
          "Dataset labels: expected class numbers from 0 to 2, the outputs of the model, got 255.",
          () -> trainer.evaluate(DATA));
    }
  }

  @Test
  void refusesModelsOfAnotherShape() {
    Model flat = Sequential.of(Input.of(2), Dense.of(3));
    refused(
        "CTC: expected a model that gives (batch, times, classes), got [-1, 3].",
        () -> Trainer.compile(flat, SGD.of(), CTC.of()).close());
    refused(
        "Circle: expected a model that gives (batch, n), got [-1, 3, 3].",
        () -> trainer(Circle.of()).close());
  }

  @Test
  void refusesWhatNeedsOneClassASample() {
    refused(
        "Dataset one-hot: expected one class number a sample, got INT32 [2, 3].",
        () -> DATA.oneHot(3));
    refused(
        "Dataset binary: expected one class number a sample, got INT32 [2, 3].",
        () -> DATA.binary().labels());
    refused(
        "Dataset sample: expected one class number a sample, got INT32 [2, 3].",
        () -> DATA.sample(1, 1));
  }
}
