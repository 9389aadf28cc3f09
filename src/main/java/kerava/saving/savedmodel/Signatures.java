package kerava.saving.savedmodel;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kerava.config.Listed;
import kerava.config.Visible;
import org.tensorflow.proto.MetaGraphDef;

/** The signatures of a SavedModel, by name. */
public final class Signatures {
  /** The signature that servers call where none is named. */
  public static final String DEFAULT = "serving_default";

  private final SortedMap<String, Signature> byName = new TreeMap<>();

  Signatures(MetaGraphDef meta) {
    meta.getSignatureDefMap()
        .forEach(
            (name, signature) -> {
              // What starts like this initializes, or trains; it is not for callers.
              if (!name.startsWith("__saved_model_")) {
                byName.put(name, Signature.of(name, signature));
              }
            });
  }

  /** All of them, sorted by name. */
  public List<Signature> all() {
    return List.copyOf(byName.values());
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Signature get(String name) {
    Signature signature = byName.get(name);
    if (signature == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "SavedModel: expected one of the signatures "
                  + Listed.of(byName.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return signature;
  }

  /**
   * The signature that is called where none is named: the only one, else "serving_default".
   *
   * @throws IllegalArgumentException if there are several, and none of that name
   */
  public Signature byDefault() {
    return byName.size() == 1 ? byName.values().iterator().next() : get(DEFAULT);
  }
}
