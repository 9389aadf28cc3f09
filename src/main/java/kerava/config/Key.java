package kerava.config;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a config: its JSON name, how its value is written and read, and its default.
 *
 * @param <T> the type of the value
 */
public final class Key<T> {
  private final String name;
  private final Codec<T> codec;
  private final @Nullable T defaultValue;
  private final boolean quiet;

  private Key(String name, Codec<T> codec, @Nullable T defaultValue, boolean quiet) {
    this.name = name;
    this.codec = codec;
    this.defaultValue = defaultValue;
    this.quiet = quiet;
  }

  /** A key that every config must hold. */
  public static <T> Key<T> required(String name, Codec<T> codec) {
    return new Key<>(name, codec, null, false);
  }

  /** A key that has a value of its own where a config does not hold one. */
  public static <T> Key<T> of(String name, Codec<T> codec, T defaultValue) {
    return new Key<>(name, codec, Objects.requireNonNull(defaultValue), false);
  }

  /** A key whose value may be absent, which is its default and {@code null} in JSON. */
  public static <T> Key<Optional<T>> optional(String name, Codec<T> codec) {
    return new Key<>(name, Codec.nullable(codec), Optional.empty(), false);
  }

  /**
   * A key that Keras knows and of which only one value is supported; any other is refused.
   *
   * @param value the one value
   */
  public static <T> Key<T> only(String name, Codec<T> codec, T value) {
    return new Key<>(name, codec.only(value), value, false);
  }

  /**
   * The same key, written only where its value differs from the default: for keys that older
   * versions of Keras do not know and would refuse.
   */
  public Key<T> quiet() {
    return new Key<>(name, codec, defaultValue, true);
  }

  /** The name in JSON, in Keras' snake case. */
  public String name() {
    return name;
  }

  /** The default, or empty for a required key. */
  public Optional<T> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  Codec<T> codec() {
    return codec;
  }

  boolean isDefault(Object value) {
    return value.equals(defaultValue);
  }

  boolean isWritten(Object value) {
    return !quiet || !isDefault(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
