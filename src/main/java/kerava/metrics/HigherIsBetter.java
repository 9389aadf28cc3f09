package kerava.metrics;

import java.util.Optional;
import kerava.Metric;

/** A metric of which more is better, as Keras' callbacks know. */
public interface HigherIsBetter extends Metric {
  @Override
  default Optional<Direction> direction() {
    return Optional.of(Direction.UP);
  }
}
