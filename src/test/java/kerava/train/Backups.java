package kerava.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerava.OptimizerState;
import kerava.TrainingState;
import kerava.graph.Weights;

/** Backups as files, for what looks at them from outside. */
public final class Backups {
  private Backups() {}

  /** Writes a backup of some weights. */
  public static void write(Weights weights, Path file) throws IOException {
    OptimizerState optimizer = new OptimizerState(1, java.util.Optional.of(0.5f), weights);
    History history = new History(new TreeMap<>(Map.of("loss", List.of(1.0))), List.of(1.0));
    FitProgress.Saved progress =
        new FitProgress.Saved(new FitProgress.Place(1, 0, 1), List.of(1.0), 1, history);
    BackupFile.write(
        new Backup(
            new RunPlan(JsonNodeFactory.instance.objectNode().put("seed", 1)),
            progress,
            new TrainingState(weights, optimizer),
            Map.of("callback 0", new ObserverState(Map.of("best", 0.5), weights))),
        file);
  }

  /** Reads the weights of a backup. */
  public static Weights read(Path file) throws IOException {
    return BackupFile.read(file).state().weights();
  }

  /** How many steps were done when a backup was made. */
  public static long step(Path file) throws IOException {
    return BackupFile.read(file).progress().place().step();
  }
}
