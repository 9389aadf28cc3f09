package kerava.train;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.data.Dataset;
import kerava.data.StratifiedOrder;
import kerava.train.graph.SampleWeights;

/**
 * Data split into what is trained on and what is evaluated on after each epoch.
 *
 * @param training the samples to train on
 * @param weights their weights
 * @param validation the samples to evaluate on, if there are any
 * @param validationWeights their weights
 */
record ValidationSplit(
    Dataset training,
    SampleWeights weights,
    Optional<Dataset> validation,
    SampleWeights validationWeights) {
  static ValidationSplit of(Dataset all, Fit fit, long seed) {
    SampleWeights weights = SampleWeights.of(fit.sampleWeights(), fit.classWeights(), all);
    if (fit.validationSplit() == 0 || fit.validation().isPresent()) {
      return new ValidationSplit(all, weights, fit.validation(), SampleWeights.ones());
    }
    int kept = (int) Math.floor(all.size() * (1 - fit.validationSplit()));
    return all.orderedByClass()
        ? drawn(all, weights, StratifiedOrder.of(all.labels(), seed).share(all.size() - kept))
        : last(all, weights, kept);
  }

  /** As Keras does. */
  private static ValidationSplit last(Dataset all, SampleWeights weights, int kept) {
    int[] rest = IntStream.range(kept, all.size()).toArray();
    return new ValidationSplit(
        all.range(0, kept),
        weights,
        Optional.of(all.range(kept, all.size())),
        weights.only(rest).validation());
  }

  private static ValidationSplit drawn(Dataset all, SampleWeights weights, int[] drawn) {
    BitSet taken = new BitSet(all.size());
    Arrays.stream(drawn).forEach(taken::set);
    int[] validation = taken.stream().toArray();
    int[] training = IntStream.range(0, all.size()).filter(sample -> !taken.get(sample)).toArray();
    return new ValidationSplit(
        all.only(training),
        weights.only(training),
        Optional.of(all.only(validation)),
        weights.only(validation).validation());
  }
}
