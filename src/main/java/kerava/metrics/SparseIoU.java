package kerava.metrics;

import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Key;

/**
 * What Keras' metrics of intersection over union of class numbers take: {@code sparse_y_true} and
 * {@code sparse_y_pred}.
 *
 * @param <M> the class of the metric
 */
interface SparseIoU<M extends Metric> extends IoUClasses<M> {
  /** The key of whether labels are class numbers. */
  Key<Boolean> SPARSE_Y_TRUE = Key.of("sparse_y_true", Codec.bool(), true);

  /** The key of whether predictions are class numbers. */
  Key<Boolean> SPARSE_Y_PRED = Key.of("sparse_y_pred", Codec.bool(), true);

  /** The same where labels are class numbers, the default, or scores along the last axis. */
  default M sparseLabels(boolean sparse) {
    return schema().create(config().with(SPARSE_Y_TRUE, sparse));
  }

  /** The same where predictions are class numbers, the default, or scores along the last axis. */
  default M sparsePredictions(boolean sparse) {
    return schema().create(config().with(SPARSE_Y_PRED, sparse));
  }

  @Override
  default boolean sparseLabels() {
    return config().get(SPARSE_Y_TRUE);
  }

  @Override
  default boolean sparsePredictions() {
    return config().get(SPARSE_Y_PRED);
  }
}
