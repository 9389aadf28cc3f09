package kerava.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A piece of JSON that is being read: the node, its address, and the classes that it may name.
 *
 * @param node the JSON
 * @param path where it stands in its document, as a JSON path: {@code $.config.layers[1]}
 * @param catalog the classes that objects in it may be of
 */
public record Source(JsonNode node, String path, Catalog catalog) {
  /** The root of a document. */
  public static Source root(JsonNode node, Catalog catalog) {
    return new Source(node, "$", catalog);
  }

  /** A member of this object; a missing one reads as JSON's {@code null}. */
  public Source field(String name) {
    JsonNode member = node.get(name);
    return new Source(
        member == null ? com.fasterxml.jackson.databind.node.NullNode.getInstance() : member,
        path + "." + name,
        catalog);
  }

  /** An element of this array. */
  public Source item(int index) {
    return new Source(node.get(index), path + "[" + index + "]", catalog);
  }

  /**
   * The refusal of this piece of JSON.
   *
   * @param expected what should stand there
   */
  public ConfigException refuse(String expected) {
    return new ConfigException(path, expected, abbreviated());
  }

  private String abbreviated() {
    String text = node.toString();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
