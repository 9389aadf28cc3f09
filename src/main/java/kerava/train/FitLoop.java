package kerava.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kerava.data.Dataset;
import kerava.data.ReadAhead;
import kerava.graph.Seeds;
import kerava.train.graph.BatchOrder;
import kerava.train.graph.BoundData;
import kerava.train.graph.FixedBatch;
import kerava.train.graph.TrainedOutput;

/** One run of training: epochs, batches, validation, and what callbacks make of them. */
final class FitLoop {
  private final Trainer trainer;
  private final Fit fit;
  private final Dataset data;
  private final BoundData bound;
  private final Optional<BoundData> validation;
  private final TrainingSteps steps;
  private final Optional<BackupAndRestore.Session> backups;
  private final FitProgress progress;
  private final Observers observers;

  private FitLoop(Trainer trainer, BoundData all, Optional<BoundData> given, Fit fit) {
    this.trainer = trainer;
    this.fit = fit;
    ValidationSplit cut = ValidationSplit.of(all.data(), fit, trainer.options().seed());
    this.data = cut.training();
    // A part of the training data has its columns where those are; other data have their own.
    this.validation =
        given
            .or(() -> cut.validation().map(all::seenAs))
            .map(set -> set.weighted(cut.validationWeights()));
    requireSplit(all.data());
    FixedBatch.of(trainer.model()).require(fit.batchSize(), data.size());
    this.bound = all.seenAs(data).weighted(cut.weights());
    this.steps = trainer.session().steps(bound, fit);
    this.backups = backups();
    Optional<Backup> backup = backups.flatMap(BackupAndRestore.Session::found);
    this.progress =
        backup
            .map(found -> FitProgress.of(trainer.session().reported(), found.progress()))
            .orElseGet(() -> new FitProgress(trainer.session().reported(), fit.initialEpoch()));
    Run run =
        new Run(
            progress.place().epoch(),
            fit.epochs(),
            order(0).batches(),
            fit.batchSize(),
            trainer,
            backup.isPresent());
    // Callbacks look at the model when they begin to observe it.
    backup.ifPresent(found -> trainer.restore(found.state()));
    this.observers = new Observers(trainer, fit.callbacks(), run);
    backup.ifPresent(this::recall);
  }

  private Optional<BackupAndRestore.Session> backups() {
    List<BackupAndRestore> all =
        fit.callbacks().stream()
            .filter(BackupAndRestore.class::isInstance)
            .map(BackupAndRestore.class::cast)
            .toList();
    if (all.size() > 1) {
      throw new IllegalArgumentException(
          "Fit callbacks: expected at most one BackupAndRestore, got " + all.size() + ".");
    }
    return all.stream().findFirst().map(one -> one.begin(RunPlan.of(trainer, fit, data)));
  }

  private void recall(Backup backup) {
    int epoch = progress.place().epoch();
    if (progress.place().batch() > 0) {
      // What it decided was done when the epoch began.
      observers.tell(observer -> observer.epochBegin(epoch));
    }
    observers.recall(backup.observers());
  }

  private void requireSplit(Dataset all) {
    if (data.size() == 0 || validation.map(set -> set.data().size()).orElse(1) == 0) {
      throw new IllegalArgumentException(
          "Fit validation split: expected samples on both sides, got "
              + data.size()
              + " of "
              + all.size()
              + " for training.");
    }
  }

  static History run(Trainer trainer, Dataset all, Fit fit) {
    List<TrainedOutput> outputs = trainer.session().outputs();
    BoundData bound = DataCheck.labelled(trainer.model(), outputs, all);
    Optional<BoundData> validation =
        fit.validation().map(set -> DataCheck.evaluated(trainer.model(), outputs, set));
    StreamCheck.require(all, fit);
    StreamCheck.require(trainer.model(), fit);
    DataCheck.classWeights(trainer.model(), fit.classWeights().keySet());
    DataCheck.sampleWeights(outputs, fit.sampleWeights().keySet());
    RunLocks locks = RunLocks.of(fit.callbacks());
    try {
      return new FitLoop(trainer, bound, validation, fit).run();
    } finally {
      locks.close();
    }
  }

  private History run() {
    try (steps) {
      while (progress.place().epoch() < fit.epochs() && progress.stopped().isEmpty()) {
        epoch();
      }
      trainer.session().finish();
    } finally {
      ask(Callback.Observer::runEnd);
    }
    backups.ifPresent(session -> session.end(progress));
    return progress.history();
  }

  private void epoch() {
    int index = progress.place().epoch();
    if (progress.place().batch() == 0) {
      ask(observer -> observer.epochBegin(index));
      progress.beginEpoch();
    }
    BatchOrder order = order(index);
    Dataset seen = seen(index);
    steps.begin(bound.seenAs(seen));
    try (ReadAhead ahead = ReadAhead.of(seen, order.from(progress.place().batch()))) {
      while (progress.place().batch() < order.batches() && progress.stopped().isEmpty()) {
        batches(order, ahead);
      }
    }
    if (progress.stopped().isPresent()) {
      return;
    }
    Map<String, Double> metrics = progress.totals().named("");
    validation.ifPresent(set -> metrics.putAll(validate(set)));
    end(new Epoch(index, fit.epochs(), order.batches(), progress.epochSeconds(), metrics));
  }

  private Map<String, Double> validate(BoundData set) {
    ask(Callback.Observer::validationBegin);
    Map<String, Double> metrics = trainer.session().evaluate(set, fit.batchSize()).named("val_");
    ask(Callback.Observer::validationEnd);
    return metrics;
  }

  private void batches(BatchOrder order, Dataset ahead) {
    List<int[]> samples = order.alike(progress.place().batch(), batchesAtOnce());
    List<float[]> metrics = steps.run(bound.seenAs(ahead), samples);
    for (int i = 0; i < samples.size() && progress.stopped().isEmpty(); i++) {
      FitProgress.Place place = progress.place();
      progress.endBatch(metrics.get(i), samples.get(i).length);
      if (!observers.none()) {
        boolean current = i == samples.size() - 1;
        Batch batch =
            new Batch(
                place.epoch(),
                place.batch(),
                order.batches(),
                place.step(),
                current,
                metrics.get(i)[0],
                () -> progress.totals().named(""));
        ask(observer -> observer.batchEnd(batch));
      }
    }
    if (progress.stopped().isEmpty()) {
      backups.ifPresent(session -> session.batchEnd(trainer, progress, observers));
    }
  }

  /** As many as fit in a run before somebody wants to see the model. */
  private int batchesAtOnce() {
    long step = progress.place().step();
    int wanted = Math.min(steps.most(), observers.batchesAtOnce(step));
    return backups.map(session -> Math.min(wanted, session.batchesUntil(step))).orElse(wanted);
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
    Observers.Shown shown = observers.show(epoch);
    progress.endEpoch(shown.epoch());
    progress.stop(shown.stop());
    backups.ifPresent(session -> session.epochEnd(trainer, progress, observers));
  }

  private BatchOrder order(int epoch) {
    boolean shuffled = fit.shuffle() && !data.sequential();
    if (shuffled && fit.shuffleBuffer() > 0) {
      BatchOrder.Shuffling how =
          new BatchOrder.Shuffling(trainer.options().seed(), epoch, fit.shuffleBuffer());
      return BatchOrder.buffered(data.size(), fit.batchSize(), how);
    }
    return shuffled
        ? BatchOrder.shuffled(data.size(), fit.batchSize(), trainer.options().seed(), epoch)
        : BatchOrder.straight(data.size(), fit.batchSize());
  }

  private void ask(Function<Callback.Observer, CallbackAction> question) {
    progress.stop(observers.ask(question));
  }
}
