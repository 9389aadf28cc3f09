package kerava.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.config.Visible;
import org.tensorflow.op.Op;

/** The tables of a network, each made once however often it is asked for. */
public final class Tables {
  private final NameScopes scopes;
  private final Map<String, Table> tables = new LinkedHashMap<>();

  Tables(NameScopes scopes) {
    this.scopes = scopes;
  }

  /**
   * A table, made if it is not there yet.
   *
   * @param name {@code layer/table}
   * @throws IllegalArgumentException if it is there with another content
   */
  Table get(String name, TermTable content) {
    Table known = tables.get(name);
    if (known == null) {
      Table made = Table.add(name, content, scopes.variable(name), scopes.initial(name));
      tables.put(name, made);
      return made;
    }
    if (!known.content().equals(content)) {
      throw new IllegalArgumentException(
          Visible.of(name + ": expected the terms that the table was made with, got others."));
    }
    return known;
  }

  /** All of them, in the order in which they were made. */
  public List<Table> all() {
    return List.copyOf(tables.values());
  }

  /** What fills them; no seed decides about it, and no weight. */
  List<Op> initializers() {
    return tables.values().stream().map(Table::initializer).toList();
  }
}
