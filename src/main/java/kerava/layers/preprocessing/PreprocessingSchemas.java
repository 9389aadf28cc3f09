package kerava.layers.preprocessing;

import java.util.List;
import kerava.Layer;
import kerava.config.Schema;

/** The layers that prepare data, which a model file may name. */
public final class PreprocessingSchemas {
  private static final List<Schema<? extends Layer>> ALL =
      List.of(
          CategoryEncoding.SCHEMA,
          Discretization.SCHEMA,
          HashedCrossing.SCHEMA,
          Hashing.SCHEMA,
          IntegerLookup.SCHEMA,
          StringLookup.SCHEMA,
          TextVectorization.SCHEMA);

  private PreprocessingSchemas() {}

  /** All of them, by name. */
  public static List<Schema<? extends Layer>> all() {
    return ALL;
  }
}
