package kerava.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The classes that a document may name, by kind and by name; immutable.
 *
 * <p>A kind is the common type of what may stand in one place: a layer, an initializer. Within it a
 * class goes by its class name ({@code GlorotUniform}) and, as in Keras, by that name in snake case
 * ({@code glorot_uniform}).
 */
public final class Catalog {
  private static final Catalog EMPTY = new Catalog(Map.of());

  private final Map<Class<?>, Map<String, Schema<?>>> kinds;

  private Catalog(Map<Class<?>, Map<String, Schema<?>>> kinds) {
    this.kinds = Collections.unmodifiableMap(kinds);
  }

  /** A catalog that knows no class. */
  public static Catalog empty() {
    return EMPTY;
  }

  /**
   * The same catalog with more classes of one kind; a class replaces an older one of its name.
   *
   * @param kind the common type
   * @param schemas the classes
   */
  public <K extends Configured> Catalog with(
      Class<K> kind, Collection<? extends Schema<? extends K>> schemas) {
    Map<Class<?>, Map<String, Schema<?>>> changed = new LinkedHashMap<>(kinds);
    Map<String, Schema<?>> names = new LinkedHashMap<>(kinds.getOrDefault(kind, Map.of()));
    for (Schema<? extends K> schema : schemas) {
      names.put(schema.className(), schema);
      for (String alias : schema.aliases()) {
        names.put(alias, schema);
      }
    }
    changed.put(kind, names);
    return new Catalog(changed);
  }

  /** The class of a kind that goes by a name. */
  public Optional<Schema<?>> find(Class<?> kind, String name) {
    return Optional.ofNullable(kinds.getOrDefault(kind, Map.of()).get(name));
  }

  /** The class names of a kind, sorted. */
  public Collection<String> names(Class<?> kind) {
    TreeSet<String> names = new TreeSet<>();
    kinds.getOrDefault(kind, Map.of()).values().forEach(schema -> names.add(schema.className()));
    return names;
  }
}
