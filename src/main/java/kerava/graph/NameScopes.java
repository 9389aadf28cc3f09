package kerava.graph;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.op.Ops;

/**
 * Where operations of named things go in a graph.
 *
 * <p>TensorFlow Java refuses a name with "/" and makes every further scope of one name a new one,
 * so that scopes have to be kept to put two weights of a layer beside each other.
 */
final class NameScopes {
  private final Ops root;
  private final Map<String, Ops> scopes = new HashMap<>();

  NameScopes(Ops root) {
    this.root = root;
  }

  /** Adds the variable {@code a/b/c}: in scope a/b, as c. */
  Ops variable(String name) {
    int slash = name.lastIndexOf('/');
    Ops scope = slash < 0 ? root : scope(name.substring(0, slash));
    return scope.withName(legal(name.substring(slash + 1)));
  }

  /** Adds what makes the first value of a variable. */
  Ops initial(String name) {
    return scope("initial/" + name);
  }

  private Ops scope(String path) {
    Ops known = scopes.get(path);
    if (known != null) {
      return known;
    }
    int slash = path.lastIndexOf('/');
    Ops parent = slash < 0 ? root : scope(path.substring(0, slash));
    Ops scope = parent.withSubScope(legal(path.substring(slash + 1)));
    scopes.put(path, scope);
    return scope;
  }

  /**
   * A name that TensorFlow accepts. One that starts with "Init" would be taken for an initializer
   * when the graph is imported again (TensorFlow Java 1.1.0).
   */
  static String legal(String name) {
    String legal = name.replaceAll("[^A-Za-z0-9_.\\-]", "_");
    boolean good = !legal.startsWith("Init") && legal.matches("[A-Za-z0-9.].*");
    return good ? legal : "n" + legal;
  }
}
