package kerava.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import kerava.data.Dataset;
import kerava.graph.Seeds;

/** One run of training: epochs, batches, validation, and what callbacks make of them. */
final class FitLoop {
  private final Trainer trainer;
  private final Fit fit;
  private final Dataset data;
  private final Optional<Dataset> validation;
  private final SampleWeights weights;
  private final SampleWeights validationWeights;
  private final List<Callback.Observer> observers = new ArrayList<>();
  private final TreeMap<String, List<Double>> history = new TreeMap<>();
  private final List<Double> seconds = new ArrayList<>();
  private Optional<String> stopped = Optional.empty();
  private long step;

  private FitLoop(Trainer trainer, Dataset all, Fit fit) {
    this.trainer = trainer;
    this.fit = fit;
    int kept = (int) Math.floor(all.size() * (1 - fit.validationSplit()));
    boolean split = fit.validationSplit() > 0 && fit.validation().isEmpty();
    this.data = split ? all.range(0, kept) : all;
    this.validation = split ? Optional.of(all.range(kept, all.size())) : fit.validation();
    this.weights = SampleWeights.of(fit, all);
    this.validationWeights = split ? weights.validation(kept) : SampleWeights.ones();
    requireSplit(all);
  }

  private void requireSplit(Dataset all) {
    if (data.size() == 0 || validation.map(Dataset::size).orElse(1) == 0) {
      throw new IllegalArgumentException(
          "Fit validation split: expected samples on both sides, got "
              + data.size()
              + " of "
              + all.size()
              + " for training.");
    }
  }

  static History run(Trainer trainer, Dataset all, Fit fit) {
    DataCheck.labelled(trainer.model(), trainer.settings().loss().labels(), all);
    fit.validation()
        .ifPresent(
            set -> DataCheck.labelled(trainer.model(), trainer.settings().loss().labels(), set));
    DataCheck.classWeights(trainer.model(), fit.classWeights().keySet());
    return new FitLoop(trainer, all, fit).run();
  }

  private History run() {
    Run run =
        new Run(fit.initialEpoch(), fit.epochs(), order(0).batches(), fit.batchSize(), trainer);
    fit.callbacks().forEach(callback -> observers.add(callback.observe(run)));
    try {
      for (int epoch = fit.initialEpoch(); epoch < fit.epochs() && stopped.isEmpty(); epoch++) {
        epoch(epoch);
      }
      trainer.finish();
    } finally {
      ask(Callback.Observer::runEnd);
    }
    return new History(history, List.copyOf(seconds), stopped);
  }

  private void epoch(int index) {
    int epoch = index;
    ask(observer -> observer.epochBegin(epoch));
    long start = System.nanoTime();
    Means means = new Means(trainer.metricNames());
    Order order = order(index);
    for (int i = 0; i < order.batches() && stopped.isEmpty(); i++) {
      batch(index, i, order, means);
    }
    if (stopped.isPresent()) {
      return;
    }
    Map<String, Double> figures = means.named("");
    validation.ifPresent(
        set -> figures.putAll(trainer.evaluateChecked(set, validationWeights).named("val_")));
    end(new Epoch(index, fit.epochs(), order.batches(), since(start), figures));
  }

  private void batch(int epoch, int index, Order order, Means means) {
    int[] samples = order.batch(index);
    float[] figures = trainer.trainBatch(seen(epoch), samples, weights);
    means.add(figures, samples.length);
    if (!observers.isEmpty()) {
      Batch batch =
          new Batch(epoch, index, order.batches(), step, figures[0], () -> means.named(""));
      ask(observer -> observer.batchEnd(batch));
    }
    step++;
  }

  /** The data as an epoch sees them. */
  private Dataset seen(int epoch) {
    if (!fit.alternateFlips()) {
      return data;
    }
    long seed = trainer.options().seed();
    return data.mirrored(sample -> (Seeds.of(seed, "flip " + sample) + epoch) % 2 == 0);
  }

  private void end(Epoch epoch) {
    for (Map.Entry<String, Double> figure : epoch.figures().entrySet()) {
      history.computeIfAbsent(figure.getKey(), name -> new ArrayList<>()).add(figure.getValue());
    }
    seconds.add(epoch.seconds());
    ask(observer -> observer.epochEnd(epoch));
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private Order order(int epoch) {
    return fit.shuffle()
        ? Order.shuffled(data.size(), fit.batchSize(), trainer.options().seed(), epoch)
        : Order.straight(data.size(), fit.batchSize());
  }

  private void ask(Function<Callback.Observer, Decision> question) {
    for (Callback.Observer observer : observers) {
      Decision decision = question.apply(observer);
      if (stopped.isEmpty()) {
        stopped = decision.stop();
      }
      decision.learningRate().ifPresent(trainer::learningRate);
      decision.weights().ifPresent(trainer::restore);
    }
  }
}
