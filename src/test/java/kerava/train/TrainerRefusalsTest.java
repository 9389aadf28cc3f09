package kerava.train;

import static kerava.train.TrainerTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kerava.OptimizerState;
import kerava.TrainingState;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** States, data and times at which a trainer refuses to work. */
final class TrainerRefusalsTest {
  @Test
  void refusesAStateOfAnotherModelOrOptimizer() {
    try (Trainer trainer = Small.trainer()) {
      TrainingState state = trainer.state();
      Weights fewer = state.weights().where(name -> !name.equals("dense/bias"));
      OptimizerState empty = new OptimizerState(1, Optional.empty(), Weights.none());
      for (TrainingState other :
          List.of(
              new TrainingState(fewer, state.optimizer()),
              new TrainingState(state.weights(), empty))) {
        String message =
            assertThrows(IllegalArgumentException.class, () -> trainer.restore(other)).getMessage();
        assertTrue(message.endsWith("Is it of this model and optimizer?"), message);
      }
      refused(
          "dense/bias: expected the shape [5], got [4].",
          () -> trainer.restore(one("dense/bias", Array.of(new float[4], 4))));
      refused(
          "dense/bias: expected numbers of type TFloat32, got INT32 [5].",
          () -> trainer.restore(one("dense/bias", Array.of(new int[5], 5))));
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> trainer.restore(one("conv/bias", Array.of(new float[5], 5))))
              .getMessage();
      assertTrue(message.endsWith(", got \"conv/bias\"."), message);
      assertEquals(state, trainer.state());
    }
  }

  private static Weights one(String name, Array array) {
    return Weights.of(new LinkedHashMap<>(Map.of(name, array)));
  }

  @Test
  void refusesDataThatDoNotFitTheModel() {
    Dataset narrow = Dataset.of(Array.of(new float[10], 2, 5), Array.of(new int[2], 2));
    Dataset high = Dataset.of(Array.of(new float[12], 2, 6), Array.of(new int[] {0, 3}, 2));
    Dataset low = Dataset.of(Array.of(new float[12], 2, 6), Array.of(new int[] {-1, 0}, 2));
    Dataset targets = Dataset.of(Array.of(new float[12], 2, 6), Array.of(new float[6], 2, 3));
    Dataset none = Small.DATA.take(0);
    String shape = "Model \"sequential\": expected samples of shape [6], got [5].";
    String classes =
        "Dataset labels: expected class numbers from 0 to 2, the outputs of the model, got ";
    String kind =
        "Dataset labels: expected class numbers (INT32), got FLOAT32 [2, 3]. Does the loss go with"
            + " them?";
    try (Trainer trainer = Small.trainer()) {
      for (Executable code : everyUse(trainer, narrow)) {
        refused(shape, code);
      }
      refused(shape, () -> trainer.predict(narrow));
      for (Executable code : everyUse(trainer, high)) {
        refused(classes + "3.", code);
      }
      for (Executable code : everyUse(trainer, low)) {
        refused(classes + "-1.", code);
      }
      for (Executable code : everyUse(trainer, targets)) {
        refused(kind, code);
      }
      for (Executable code : everyUse(trainer, none)) {
        refused("Dataset: expected at least one sample, got none.", code);
      }
      assertEquals("[0, 3]", trainer.predict(none).shape().toString());
      assertEquals(Small.weights(), trainer.weights());
    }
  }

  private static List<Executable> everyUse(Trainer trainer, Dataset data) {
    return List.of(
        () -> trainer.fit(data, Fit.epochs(1)),
        () -> trainer.fit(Small.DATA, Fit.epochs(1).validation(data)),
        () -> trainer.evaluate(data));
  }

  @Test
  void nothingWorksAfterClose() {
    Trainer trainer = Small.trainer();
    TrainingState state = trainer.state();
    trainer.close();
    trainer.close();
    Stream<Executable> uses =
        Stream.of(
            () -> trainer.fit(Small.DATA, Fit.epochs(1)),
            () -> trainer.evaluate(Small.DATA),
            () -> trainer.predict(Small.DATA),
            trainer::weights,
            trainer::state,
            trainer::learningRate,
            () -> trainer.learningRate(1),
            () -> trainer.restore(state),
            () -> trainer.restore(state.weights()));
    uses.forEach(
        use ->
            assertEquals(
                "NetworkSession: expected an open session, got a closed one.",
                assertThrows(IllegalStateException.class, use).getMessage()));
  }
}
