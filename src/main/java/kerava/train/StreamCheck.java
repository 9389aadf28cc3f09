package kerava.train;

import java.util.List;
import kerava.KeepsState;
import kerava.Model;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.train.graph.BatchCheck;
import kerava.train.graph.TrainedOutput;

/**
 * What is looked at in each batch of data that cannot be looked through before.
 *
 * @param model what they must fit
 * @param whole whether inputs of whole numbers are looked at
 * @param outputs whose labels are looked at
 */
record StreamCheck(Model model, boolean whole, List<TrainedOutput> outputs) implements BatchCheck {
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
    if (hasBackups(fit)) {
      throw refused("BackupAndRestore", "A stream cannot go back to where it was.");
    }
  }

  /**
   * Refuses what layers that keep their states from batch to batch cannot go on from.
   *
   * @throws IllegalArgumentException if a training of such a model asks for backups
   */
  static void require(Model model, Fit fit) {
    if (hasBackups(fit) && KeepsState.in(model)) {
      throw new IllegalArgumentException(
          "Fit BackupAndRestore: expected a model whose layers keep no states from batch to batch,"
              + " which no backup holds, got one whose do.");
    }
  }

  private static boolean hasBackups(Fit fit) {
    return fit.callbacks().stream().anyMatch(BackupAndRestore.class::isInstance);
  }

  private static IllegalArgumentException refused(String what, String hint) {
    return new IllegalArgumentException(
        "Fit " + what + ": expected data that can be read in any order, got a stream. " + hint);
  }

  @Override
  public void inputs(List<Array> batch) {
    if (whole) {
      NamedInputs.of(model).requireWhole(batch);
    }
  }

  @Override
  public void labels(List<Array> batch) {
    for (int i = 0; i < outputs.size(); i++) {
      DataCheck.labels(model, outputs.get(i), batch.get(i));
    }
  }
}
