package kerava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Source;

/**
 * The learning rate of an optimizer: a number, which callbacks may change while training, or a
 * schedule.
 *
 * @param initial the number, or what the schedule gives for the first step
 * @param schedule the schedule, if there is one
 */
public record LearningRate(double initial, Optional<Schedule> schedule) {
  private static final Codec<Schedule> SCHEDULE = Codec.object(Schedule.class);

  /** Checks the rate. */
  public LearningRate {
    if (!(initial >= 0) || Double.isInfinite(initial)) {
      throw new IllegalArgumentException(
          "learning_rate: expected a number of at least 0, got " + initial + ".");
    }
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if it is below 0 or not finite
   */
  public static LearningRate of(double rate) {
    return new LearningRate(rate, Optional.empty());
  }

  /** A schedule. */
  public static LearningRate of(Schedule schedule) {
    return new LearningRate(schedule.at(0), Optional.of(schedule));
  }

  /** The key of an optimizer's learning rate, with the optimizer's default. */
  public static Key<LearningRate> key(double defaultRate) {
    return Key.of("learning_rate", codec(), of(defaultRate));
  }

  /** How a learning rate stands in a config: as a number or as a schedule. */
  public static Codec<LearningRate> codec() {
    return Codec.of("a learning rate", LearningRate::write, LearningRate::read);
  }

  private static JsonNode write(LearningRate rate) {
    return rate.schedule
        .map(SCHEDULE::write)
        .orElse(JsonNodeFactory.instance.numberNode(rate.initial));
  }

  private static LearningRate read(Source source) {
    return source.node().isNumber()
        ? of(Codec.atLeastZero().read(source))
        : of(SCHEDULE.read(source));
  }

  /** As few digits as single precision has, which rates of Python's files went through. */
  @Override
  public String toString() {
    return schedule.map(one -> one.config().toString()).orElse(String.valueOf((float) initial));
  }
}
