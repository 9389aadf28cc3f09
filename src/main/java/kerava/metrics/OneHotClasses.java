package kerava.metrics;

import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Key;

/**
 * What Keras' metrics of intersection over union of one-hot labels take: {@code sparse_y_pred}.
 *
 * @param <M> the class of the metric
 */
interface OneHotClasses<M extends Metric> extends IoUClasses<M> {
  /** The key of whether predictions are class numbers. */
  Key<Boolean> SPARSE_Y_PRED = Key.of("sparse_y_pred", Codec.bool(), false);

  /** The same where predictions are class numbers, or scores along the last axis, the default. */
  default M sparsePredictions(boolean sparse) {
    return schema().create(config().with(SPARSE_Y_PRED, sparse));
  }

  @Override
  default boolean sparseLabels() {
    return false;
  }

  @Override
  default boolean sparsePredictions() {
    return config().get(SPARSE_Y_PRED);
  }
}
