package kerava.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.jspecify.annotations.Nullable;

/**
 * A piece of JSON that is being read: the node, its address, and the classes that it may name.
 *
 * <p>Addresses are put together when they are asked for: those of all pieces of a document would
 * take many times its size.
 */
public final class Source {
  private final JsonNode node;
  private final Catalog catalog;
  private final @Nullable Source owner;
  private final String step;
  private final int index;

  private Source(JsonNode node, Catalog catalog, @Nullable Source owner, String step, int index) {
    this.node = node;
    this.catalog = catalog;
    this.owner = owner;
    this.step = step;
    this.index = index;
  }

  /**
   * A piece of JSON.
   *
   * @param node the JSON
   * @param path where it stands in its document, as a JSON path: {@code $.config.layers[1]}
   * @param catalog the classes that objects in it may be of
   */
  public Source(JsonNode node, String path, Catalog catalog) {
    this(node, catalog, null, path, -1);
  }

  /** The root of a document. */
  public static Source root(JsonNode node, Catalog catalog) {
    return new Source(node, "$", catalog);
  }

  /** The JSON. */
  public JsonNode node() {
    return node;
  }

  /** The classes that objects in it may be of. */
  public Catalog catalog() {
    return catalog;
  }

  /** Where it stands in its document, as a JSON path: {@code $.config.layers[1]}. */
  public String path() {
    StringBuilder path = new StringBuilder();
    append(path);
    return path.toString();
  }

  private void append(StringBuilder path) {
    if (owner != null) {
      owner.append(path);
    }
    if (index >= 0) {
      path.append('[').append(index).append(']');
    } else {
      path.append(owner == null ? "" : ".").append(step);
    }
  }

  /** Other JSON that stands for this one, in its place. */
  public Source with(JsonNode other) {
    return new Source(other, catalog, owner, step, index);
  }

  /** A member of this object; a missing one reads as JSON's {@code null}. */
  public Source field(String name) {
    return new Source(orNull(node.get(name)), catalog, this, name, -1);
  }

  /** An element of this array; a missing one reads as JSON's {@code null}. */
  public Source item(int position) {
    return new Source(orNull(node.get(position)), catalog, this, "", position);
  }

  private static JsonNode orNull(@Nullable JsonNode member) {
    return member == null ? NullNode.getInstance() : member;
  }

  /**
   * The refusal of this piece of JSON.
   *
   * @param expected what should stand there
   */
  public ConfigException refuse(String expected) {
    return new ConfigException(path(), expected, abbreviated());
  }

  private String abbreviated() {
    // Of a large piece the text would be as large.
    if (node.isContainerNode() && node.size() > 80) {
      return (node.isArray() ? "a list of " : "an object of ") + node.size();
    }
    String text = node.toString();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
