package kerava.constraints;

import java.util.List;
import kerava.config.Schema;

/** The constraints that a model file may name. */
public final class ConstraintSchemas {
  private static final List<Schema<? extends Constraint>> ALL =
      List.of(MaxNorm.SCHEMA, MinMaxNorm.SCHEMA, NonNeg.SCHEMA, UnitNorm.SCHEMA);

  private ConstraintSchemas() {}

  /** All of them, by name. */
  public static List<Schema<? extends Constraint>> all() {
    return ALL;
  }
}
