package kerava.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.HashTable;
import org.tensorflow.types.family.TType;

/** A table in a graph, which a session fills once, before anything else runs. */
public final class Table {
  private final String name;
  private final TermTable content;
  private final Operand<? extends TType> handle;
  private final Op initializer;

  private Table(String name, TermTable content, Operand<? extends TType> handle, Op initializer) {
    this.name = name;
    this.content = content;
    this.handle = handle;
    this.initializer = initializer;
  }

  /** Adds a table to a graph; copies of its handle, as functions have, find it by its name. */
  static Table add(String name, TermTable content, Ops here, Ops initial) {
    HashTable table =
        here.hashTable(
            Tensors.type(content.keys().type()),
            Tensors.type(content.values().type()),
            HashTable.sharedName(name));
    Op initializer =
        initial.initializeTable(
            table, Constants.of(initial, content.keys()), Constants.of(initial, content.values()));
    return new Table(name, content, table, initializer);
  }

  /** The name, {@code layer/table}. */
  public String name() {
    return name;
  }

  /** What it holds. */
  public TermTable content() {
    return content;
  }

  /** The resource. */
  public Operand<? extends TType> handle() {
    return handle;
  }

  /** Fills it. */
  Op initializer() {
    return initializer;
  }

  /** Adds what is there for some keys, of their shape; of the type of the values. */
  public Operand<? extends TType> find(Ops tf, Operand<? extends TType> keys) {
    // TensorFlow itself knows no more of the shape.
    return tf.ensureShape(
        tf.lookupTableFind(handle, keys, Constants.of(tf, content.missing())), keys.shape());
  }
}
