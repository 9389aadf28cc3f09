package kerava.optimizers.schedules;

import java.util.List;
import kerava.Schedule;
import kerava.config.Schema;

/** All schedules of this package, for reading configs. */
public final class ScheduleSchemas {
  private static final List<Schema<? extends Schedule>> ALL =
      List.of(
          ExponentialDecay.SCHEMA,
          PiecewiseConstantDecay.SCHEMA,
          PolynomialDecay.SCHEMA,
          InverseTimeDecay.SCHEMA,
          CosineDecay.SCHEMA,
          CosineDecayRestarts.SCHEMA);

  private ScheduleSchemas() {}

  /** How each schedule is written and read. */
  public static List<Schema<? extends Schedule>> all() {
    return ALL;
  }
}
