package kerava.metrics;

import java.util.Optional;
import kerava.Metric;

/** A metric of which less is better, as Keras' callbacks know. */
public interface LowerIsBetter extends Metric {
  @Override
  default Optional<Direction> direction() {
    return Optional.of(Direction.DOWN);
  }
}
