package kerava.regularizers;

import java.util.List;
import kerava.config.Schema;

/** The regularizers that a model file may name. */
public final class RegularizerSchemas {
  private static final List<Schema<? extends Regularizer>> ALL =
      List.of(L1.SCHEMA, L1L2.SCHEMA, L2.SCHEMA, OrthogonalRegularizer.SCHEMA);

  private RegularizerSchemas() {}

  /** All of them, by name. */
  public static List<Schema<? extends Regularizer>> all() {
    return ALL;
  }
}
