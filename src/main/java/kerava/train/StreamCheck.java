package kerava.train;

import java.util.List;
import kerava.Model;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.train.graph.BatchCheck;
import kerava.train.graph.TrainedOutput;

/**
 * What is looked at in each batch of data that cannot be looked through before.
 *
 * @param model what they must fit
 * @param outputs whose labels are looked at
 */
record StreamCheck(Model model, List<TrainedOutput> outputs) implements BatchCheck {
  /**
   * Refuses what a stream cannot be used for.
   *
   * @throws IllegalArgumentException if a training on it asks for samples in another order
   */
  static void require(Dataset data, Fit fit) {
    if (!data.sequential()) {
      return;
    }
    if (fit.validationSplit() > 0) {
      throw refused("validation split", "Give it validation data.");
    }
    if (!fit.sampleWeights().isEmpty()) {
      throw refused("sample weights", "Each epoch may have other samples.");
    }
    if (fit.callbacks().stream().anyMatch(BackupAndRestore.class::isInstance)) {
      throw refused("BackupAndRestore", "A stream cannot go back to where it was.");
    }
  }

  private static IllegalArgumentException refused(String what, String hint) {
    return new IllegalArgumentException(
        "Fit " + what + ": expected data that can be read in any order, got a stream. " + hint);
  }

  @Override
  public void inputs(List<Array> batch) {
    NamedInputs.of(model).requireWhole(batch);
  }

  @Override
  public void labels(List<Array> batch) {
    for (int i = 0; i < outputs.size(); i++) {
      DataCheck.labels(model, outputs.get(i), batch.get(i));
    }
  }
}
