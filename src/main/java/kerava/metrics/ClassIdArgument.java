package kerava.metrics;

import java.util.Optional;
import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * What Keras' metrics of one class among several take: {@code class_id}.
 *
 * @param <M> the class of the metric
 */
interface ClassIdArgument<M extends Metric> extends Metric {
  /** The key of the only class that is looked at. */
  Key<Optional<Integer>> CLASS_ID = Key.optional("class_id", Codec.integer());

  @Override
  Schema<M> schema();

  /** The same that looks at one class alone, by its number; at all by default. */
  default M classId(int number) {
    return schema().create(config().with(CLASS_ID, Optional.of(number)));
  }
}
