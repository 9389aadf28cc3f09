package kerava.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kerava.graph.Weights;

/**
 * What a callback wants.
 *
 * @param stop why training should end now, if it should
 * @param learningRate the learning rate from now on, if it should change
 * @param weights the weights to go on with, if they should change
 * @param metrics what to report beside the metrics of an epoch; left alone elsewhere
 */
public record CallbackAction(
    Optional<String> stop,
    Optional<Double> learningRate,
    Optional<Weights> weights,
    Map<String, Double> metrics) {
  private static final CallbackAction CONTINUE =
      new CallbackAction(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  /** Keeps the metrics as they are now. */
  public CallbackAction {
    metrics = Map.copyOf(metrics);
  }

  /** Training should go on. */
  public static CallbackAction proceed() {
    return CONTINUE;
  }

  /**
   * Training should end now.
   *
   * @param reason a clause that says why: "val_loss did not improve for 3 epochs"
   */
  public static CallbackAction stop(String reason) {
    return new CallbackAction(Optional.of(reason), Optional.empty(), Optional.empty(), Map.of());
  }

  /** The same decision, and another learning rate. */
  public CallbackAction learningRate(double rate) {
    return new CallbackAction(stop, Optional.of(rate), weights, metrics);
  }

  /** The same decision, and other weights. */
  public CallbackAction weights(Weights replacement) {
    return new CallbackAction(stop, learningRate, Optional.of(replacement), metrics);
  }

  /** The same decision, and a metric that is reported with those of the epoch. */
  public CallbackAction metric(String name, double value) {
    Map<String, Double> all = new HashMap<>(metrics);
    all.put(name, value);
    return new CallbackAction(stop, learningRate, weights, all);
  }
}
