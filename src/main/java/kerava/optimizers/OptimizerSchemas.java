package kerava.optimizers;

import java.util.List;
import kerava.Optimizer;
import kerava.config.Schema;

/** All optimizers of this package, for reading configs. */
public final class OptimizerSchemas {
  private static final List<Schema<? extends Optimizer>> ALL =
      List.of(
          SGD.SCHEMA,
          Adam.SCHEMA,
          AdamW.SCHEMA,
          RMSprop.SCHEMA,
          Nadam.SCHEMA,
          Adagrad.SCHEMA,
          Adadelta.SCHEMA,
          Adamax.SCHEMA,
          Ftrl.SCHEMA,
          Lion.SCHEMA,
          Lamb.SCHEMA,
          Adafactor.SCHEMA,
          Muon.SCHEMA,
          ScheduleFreeAdamW.SCHEMA,
          MultiOptimizer.SCHEMA,
          LossScaleOptimizer.SCHEMA);

  private OptimizerSchemas() {}

  /** How each optimizer is written and read. */
  public static List<Schema<? extends Optimizer>> all() {
    return ALL;
  }
}
