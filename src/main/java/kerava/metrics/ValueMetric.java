package kerava.metrics;

import java.util.Set;
import kerava.Labels;
import kerava.Metric;
import org.tensorflow.ndarray.Shape;

/**
 * A metric of single values, which stand where others have predictions. Keras tracks losses by
 * such, and its {@code compile} refuses them, as they compare nothing.
 */
interface ValueMetric extends Metric {
  @Override
  default Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.values());
  }

  @Override
  default Metric resolve(Labels.Kind kind, Shape output) {
    throw refused(
        "a metric that compares predictions with labels",
        "one of values alone",
        "Keras' compile refuses it too.");
  }
}
