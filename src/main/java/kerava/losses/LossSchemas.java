package kerava.losses;

import java.util.List;
import kerava.Loss;
import kerava.config.Schema;

/** All losses of this package, for reading configs. */
public final class LossSchemas {
  private static final List<Schema<? extends Loss>> ALL =
      List.of(
          SparseCategoricalCrossentropy.SCHEMA,
          CategoricalCrossentropy.SCHEMA,
          BinaryCrossentropy.SCHEMA,
          CategoricalFocalCrossentropy.SCHEMA,
          KLDivergence.SCHEMA,
          Poisson.SCHEMA,
          MeanSquaredError.SCHEMA,
          MeanAbsoluteError.SCHEMA,
          Huber.SCHEMA,
          LogCosh.SCHEMA,
          CosineSimilarity.SCHEMA,
          CategoricalHinge.SCHEMA,
          Hinge.SCHEMA,
          SquaredHinge.SCHEMA,
          MeanAbsolutePercentageError.SCHEMA,
          MeanSquaredLogarithmicError.SCHEMA,
          BinaryFocalCrossentropy.SCHEMA,
          CategoricalGeneralizedCrossEntropy.SCHEMA,
          Dice.SCHEMA,
          Tversky.SCHEMA,
          Circle.SCHEMA,
          CTC.SCHEMA);

  private LossSchemas() {}

  /** How each loss is written and read. */
  public static List<Schema<? extends Loss>> all() {
    return ALL;
  }
}
