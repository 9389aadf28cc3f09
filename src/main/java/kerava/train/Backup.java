package kerava.train;

import java.util.Map;
import kerava.TrainingState;

/**
 * Everything that a run needs to go on in another process.
 *
 * @param plan what the run is
 * @param progress how far it is
 * @param state the weights, and what the optimizer remembers
 * @param observers what callbacks remember, by their names
 */
record Backup(
    RunPlan plan,
    FitProgress.Saved progress,
    TrainingState state,
    Map<String, ObserverState> observers) {}
