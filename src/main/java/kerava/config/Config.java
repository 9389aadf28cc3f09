package kerava.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of one object, as an immutable value.
 *
 * <p>Only what differs from a default is held, so that two configs are equal exactly if they mean
 * the same.
 */
public final class Config {
  private final String owner;
  private final Map<Key<?>, Object> values;

  private Config(String owner, Map<Key<?>, Object> values) {
    this.owner = owner;
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * A config in which every key has its default.
   *
   * @param owner the class that the config is for, as error messages should name it
   */
  public static Config of(String owner) {
    return new Config(owner, Map.of());
  }

  /**
   * The same config with another value for one key.
   *
   * @throws IllegalArgumentException if the key does not accept the value
   */
  public <T> Config with(Key<T> key, T value) {
    if (!key.codec().accepts(value)) {
      throw new IllegalArgumentException(
          owner
              + " "
              + key.name()
              + ": expected "
              + key.codec().expected()
              + ", got "
              + shown(value)
              + ".");
    }
    return set(key, value);
  }

  /** The value of a key: the one that was set, else the default. */
  @SuppressWarnings("unchecked") // only set(Key<T>, T) fills the map
  public <T> T get(Key<T> key) {
    Object value = values.get(key);
    return value != null ? (T) value : key.defaultValue().orElseThrow(() -> missing(key));
  }

  private Config set(Key<?> key, Object value) {
    Map<Key<?>, Object> changed = new LinkedHashMap<>(values);
    if (key.isDefault(value)) {
      changed.remove(key);
    } else {
      changed.put(key, value);
    }
    return new Config(owner, changed);
  }

  private IllegalStateException missing(Key<?> key) {
    return new IllegalStateException(owner + ": expected a value for " + key + ", got none.");
  }

  private static String shown(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Config::shown).orElse("nothing");
    }
    return Visible.of(value instanceof String text ? '"' + text + '"' : String.valueOf(value));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Config that && owner.equals(that.owner) && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return 31 * owner.hashCode() + values.hashCode();
  }

  /** The class and what was set, in the order it was set: {@code Conv2D(filters=32)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(owner).append('(');
    String separator = "";
    for (Map.Entry<Key<?>, Object> entry : values.entrySet()) {
      text.append(separator).append(entry.getKey()).append('=').append(shown(entry.getValue()));
      separator = ", ";
    }
    return text.append(')').toString();
  }
}
