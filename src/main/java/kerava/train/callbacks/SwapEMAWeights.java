package kerava.train.callbacks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kerava.Slot;
import kerava.TrainingView;
import kerava.config.Visible;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.ObserverState;
import kerava.train.Run;

/**
 * Validates the averages of the weights that an optimizer with {@code ema} keeps, instead of the
 * weights: swaps the two before validation and back after it.
 *
 * @see <a href="https://keras.io/api/callbacks/swap_ema_weights/">Keras: SwapEMAWeights</a>
 */
public final class SwapEMAWeights implements Callback {
  private final boolean onEpoch;

  private SwapEMAWeights(boolean onEpoch) {
    this.onEpoch = onEpoch;
  }

  /** Swaps for validation only. */
  public static SwapEMAWeights of() {
    return new SwapEMAWeights(false);
  }

  /**
   * The same that also swaps at the end of each epoch, and back at the begin of the next, so that
   * callbacks after it see the averages: a {@link ModelCheckpoint} then writes them.
   */
  public SwapEMAWeights swapOnEpoch() {
    return new SwapEMAWeights(true);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the optimizer keeps no averages
   */
  @Override
  public Observer observe(Run run) {
    return new Watch(run.view());
  }

  private final class Watch implements Observer {
    private final TrainingView view;
    private final Map<String, String> averages = new LinkedHashMap<>();
    private Optional<Weights> inModel = Optional.empty();
    private boolean validating;

    Watch(TrainingView view) {
      this.view = view;
      for (Slot slot : view.settings().optimizer().slots(view.model().trainableWeights())) {
        if (slot.name().equals(Slot.AVERAGE)) {
          averages.put(slot.weight().orElseThrow(), slot.path(view.settings().optimizer()));
        }
      }
      if (averages.isEmpty()) {
        throw new IllegalArgumentException(
            Visible.of(
                "SwapEMAWeights: expected an optimizer that keeps averages, got "
                    + view.settings().optimizer().schema().className()
                    + ". Does it want .ema(0.99)?"));
      }
    }

    @Override
    public CallbackAction epochBegin(int epoch) {
      return onEpoch && inModel.isPresent() ? swap() : CallbackAction.proceed();
    }

    @Override
    public CallbackAction validationBegin() {
      validating = true;
      return inModel.isEmpty() ? swap() : CallbackAction.proceed();
    }

    @Override
    public CallbackAction validationEnd() {
      validating = false;
      return inModel.isPresent() ? swap() : CallbackAction.proceed();
    }

    @Override
    public CallbackAction epochEnd(Epoch epoch) {
      return onEpoch && inModel.isEmpty() ? swap() : CallbackAction.proceed();
    }

    private CallbackAction swap() {
      Weights all = view.weights().with(view.state().optimizer().slots());
      Map<String, Array> swapped = new LinkedHashMap<>();
      Map<String, Array> means = new LinkedHashMap<>();
      averages.forEach(
          (weight, average) -> {
            means.put(weight, all.get(average));
            swapped.put(weight, all.get(average));
            swapped.put(average, all.get(weight));
          });
      inModel = inModel.isPresent() ? Optional.empty() : Optional.of(Weights.of(means));
      return CallbackAction.proceed().weights(Weights.of(swapped));
    }

    @Override
    public ObserverState state() {
      return new ObserverState(
          Map.of("swapped", inModel.isPresent() ? 1.0 : 0.0), inModel.orElse(Weights.none()));
    }

    @Override
    public void recall(ObserverState state) {
      inModel = Optional.of(state.arrays()).filter(weights -> weights.size() > 0);
    }

    // The end of a run makes averages the weights; where they were swapped, those are the weights
    // of the last step.
    @Override
    public CallbackAction runEnd() {
      if (inModel.isEmpty() || validating) {
        return inModel.isEmpty() ? CallbackAction.proceed() : swap();
      }
      Weights means = inModel.get();
      Map<String, Array> both = new LinkedHashMap<>();
      averages.forEach(
          (weight, average) -> {
            both.put(weight, means.get(weight));
            both.put(average, means.get(weight));
          });
      return CallbackAction.proceed().weights(Weights.of(both));
    }
  }
}
