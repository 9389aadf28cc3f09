package kerava.train.graph;

import java.util.Optional;
import kerava.Labels;
import kerava.Loss;
import kerava.Reduction;
import kerava.config.Visible;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The loss of one output of a batch, in the graph.
 *
 * @param loss what is computed
 * @param target where the labels and the weights of the whole batch enter
 * @param index which of the outputs that are compared
 */
record OutputLoss(Loss loss, Placeholders.Target target, int index) {
  /** The loss as one number, without its weight in the sum of all losses. */
  Operand<TFloat32> mean(Ops tf, ForwardPass forward) {
    Operand<TFloat32> losses = losses(tf, forward);
    Optional<Operand<TFloat32>> mask = forward.mask(tf, index);
    mask.ifPresent(steps -> requireSteps(losses, steps));
    Optional<Operand<TFloat32>> counted =
        loss.counted(tf, target.labels(), losses)
            .<Operand<TFloat32>>map(
                own -> mask.<Operand<TFloat32>>map(steps -> tf.math.mul(own, steps)).orElse(own))
            .or(() -> mask);
    return loss.reduced(tf, losses, counted, target.sampleWeights(tf, losses));
  }

  /**
   * Whether a batch's loss is another number than the mean of what its samples have: a mean over
   * what counts in the batch, for example.
   */
  boolean ofBatch(ForwardPass forward) {
    boolean mean =
        loss.reduction() == Reduction.SUM_OVER_BATCH_SIZE || loss.reduction() == Reduction.MEAN;
    return !mean
        || loss.ofWholeBatch()
        || loss.ignores()
        || forward.parts().get(0).compared().get(index).mask().isPresent();
  }

  private void requireSteps(Operand<TFloat32> losses, Operand<TFloat32> mask) {
    if (losses.shape().numDimensions() != mask.shape().numDimensions()) {
      throw new IllegalArgumentException(
          Visible.of(
              "Loss %s of \"%s\": expected a loss for each step that the mask of the output names, got losses of shape %s beside %s. Keras cannot train it either."
                  .formatted(
                      loss.schema().className(),
                      target.output().name(),
                      losses.shape(),
                      mask.shape())));
    }
  }

  private Operand<TFloat32> losses(Ops tf, ForwardPass forward) {
    if (!loss.ofWholeBatch()) {
      return forward.joined(
          tf, index, part -> loss.perSample(tf, part.labels(), part.predictions()));
    }
    Operand<TFloat32> predictions = forward.joined(tf, index, ForwardPass.Compared::predictions);
    Labels labels = forward.labels(tf, index);
    return loss.perSample(tf, labels, predictions);
  }
}
