package kerava.optimizers.schedules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kerava.Schedule;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;

/** The arguments that several schedules have in common. */
final class CommonArguments {
  static final Key<Double> INITIAL = Key.required("initial_learning_rate", Codec.atLeastZero());
  static final Key<Integer> STEPS = StaircaseDecay.DECAY_STEPS;
  static final Key<Double> ALPHA = Key.of("alpha", Codec.atLeastZero(), 0.0);

  private CommonArguments() {}

  /** The same config with what a decay needs to know. */
  static Config decay(Config config, double initialRate, int decaySteps, double decayRate) {
    return config
        .with(INITIAL, initialRate)
        .with(StaircaseDecay.DECAY_STEPS, decaySteps)
        .with(StaircaseDecay.DECAY_RATE, decayRate);
  }

  /** The schema of a schedule that goes by its class name. */
  static <S extends Schedule> Schema<S> schema(
      String className, Function<Config, S> constructor, Key<?>... keys) {
    return schema(className, constructor, name(className), keys);
  }

  /** The schema of a schedule that goes by another name. */
  static <S extends Schedule> Schema<S> schema(
      String className,
      Function<Config, S> constructor,
      Key<Optional<String>> name,
      Key<?>... keys) {
    List<Key<?>> all = new ArrayList<>(List.of(keys));
    all.add(name);
    return Schema.of(
        "keras.optimizers.schedules", className, constructor, all.toArray(Key<?>[]::new));
  }

  static Key<Optional<String>> name(String name) {
    return Key.of("name", Codec.nullable(Codec.text()), Optional.of(name));
  }
}
