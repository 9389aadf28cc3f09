package kerava.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How the configs of one class are written and read: its Keras name, its keys, its constructor.
 *
 * @param <T> the class
 */
public final class Schema<T extends Configured> {
  private final String module;
  private final String className;
  private final Function<Config, T> constructor;
  private final List<Key<?>> keys;
  private final Set<String> aliases;

  private Schema(
      Naming naming, Function<Config, T> constructor, List<Key<?>> keys, Set<String> aliases) {
    this.module = naming.module;
    this.className = naming.className;
    this.constructor = constructor;
    this.keys = keys;
    this.aliases = aliases;
  }

  private record Naming(String module, String className) {}

  /**
   * The schema of a class.
   *
   * @param module the Python package that Keras finds the class in: {@code keras.layers}
   * @param className the name that Keras gives the class: {@code Conv2D}
   * @param constructor makes an instance from a config
   * @param keys the keys, in the order in which they are written
   */
  public static <T extends Configured> Schema<T> of(
      String module, String className, Function<Config, T> constructor, Key<?>... keys) {
    return new Schema<>(
        new Naming(module, className), constructor, List.of(keys), Set.of(SnakeCase.of(className)));
  }

  /** The same schema with more keys in front. */
  public Schema<T> withFirst(List<Key<?>> first) {
    List<Key<?>> all = Stream.concat(first.stream(), keys.stream()).toList();
    return new Schema<>(new Naming(module, className), constructor, all, aliases);
  }

  /** The same schema with more keys behind: a line for each group of arguments. */
  public Schema<T> with(Key<?>... more) {
    List<Key<?>> all = Stream.concat(keys.stream(), Stream.of(more)).toList();
    return new Schema<>(new Naming(module, className), constructor, all, aliases);
  }

  /** The same schema that also goes by other names in a document. */
  public Schema<T> alias(String... names) {
    Set<String> more = new TreeSet<>(aliases);
    more.addAll(List.of(names));
    return new Schema<>(new Naming(module, className), constructor, keys, more);
  }

  /** The Python package that Keras finds the class in. */
  public String module() {
    return module;
  }

  /** The name that Keras gives the class. */
  public String className() {
    return className;
  }

  /** The keys, in the order in which they are written. */
  public List<Key<?>> keys() {
    return keys;
  }

  Set<String> aliases() {
    return aliases;
  }

  /** A config of this class with all defaults. */
  public Config config() {
    return Config.of(className);
  }

  /**
   * Makes an instance.
   *
   * @throws IllegalArgumentException if the values do not go together
   */
  public T create(Config config) {
    return constructor.apply(config);
  }

  /** Writes a config as a JSON object. */
  public ObjectNode write(Config config) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    keys.forEach(key -> write(json, key, config));
    return json;
  }

  private static <V> void write(ObjectNode json, Key<V> key, Config config) {
    V value = config.get(key);
    if (key.isWritten(value)) {
      json.set(key.name(), key.codec().write(value));
    }
  }

  /**
   * Reads an instance from a JSON object of its config.
   *
   * @throws ConfigException on an unknown key, a missing one, or a value that a key refuses
   */
  public T read(Source source) {
    if (!source.node().isObject()) {
      throw source.refuse("the config of a " + className);
    }
    refuseUnknownKeys(source);
    Config config = config();
    for (Key<?> key : keys) {
      config = read(source, key, config);
    }
    try {
      return create(config);
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).replaceAll("\\.$", "");
      throw new ConfigException(source.path(), "arguments that go together", reason);
    }
  }

  /** Makes an instance with all defaults, where a document names the class and no more. */
  T readDefault(Source source) {
    List<Key<?>> required = keys.stream().filter(key -> key.defaultValue().isEmpty()).toList();
    if (!required.isEmpty()) {
      throw source.refuse("a config with " + required);
    }
    return create(config());
  }

  private <V> Config read(Source source, Key<V> key, Config config) {
    if (source.node().has(key.name())) {
      return config.with(key, key.codec().read(source.field(key.name())));
    }
    if (key.defaultValue().isEmpty()) {
      throw new ConfigException(
          source.path() + "." + key.name(), key.codec().expected(), "nothing");
    }
    return config;
  }

  private void refuseUnknownKeys(Source source) {
    Iterator<String> names = source.node().fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (keys.stream().noneMatch(key -> key.name().equals(name))) {
        List<String> known = keys.stream().map(Key::name).toList();
        throw new ConfigException(
            source.path() + "." + name,
            Nearest.oneOf("the keys of " + className, name, known),
            "another");
      }
    }
  }

  @Override
  public String toString() {
    return module + "." + className;
  }
}
