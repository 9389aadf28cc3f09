package kerava.optimizers.schedules;

import java.util.List;
import kerava.Schedule;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A rate that is one number up to a step, another up to a later one, and so on.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/optimizers/learning_rate_schedules/piecewise_constant_decay/">Keras:
 *     PiecewiseConstantDecay</a>
 */
public record PiecewiseConstantDecay(Config config) implements Schedule {
  private static final Key<List<Integer>> BOUNDARIES =
      Key.required(
          "boundaries",
          Codec.list(Codec.integer().where("a whole number of at least 0", step -> step >= 0)));
  private static final Key<List<Double>> VALUES =
      Key.required("values", Codec.list(Codec.atLeastZero()));

  /** How the schedule is written and read. */
  public static final Schema<PiecewiseConstantDecay> SCHEMA =
      CommonArguments.schema(
          "PiecewiseConstantDecay",
          PiecewiseConstantDecay::new,
          CommonArguments.name("PiecewiseConstant"),
          BOUNDARIES,
          VALUES);

  /** Checks that the arguments go together. */
  public PiecewiseConstantDecay {
    List<Integer> boundaries = config.get(BOUNDARIES);
    if (boundaries.isEmpty() || config.get(VALUES).size() != boundaries.size() + 1) {
      throw new IllegalArgumentException(
          "PiecewiseConstantDecay values: expected one more than the boundaries "
              + boundaries
              + ", got "
              + config.get(VALUES)
              + ".");
    }
    if (!boundaries.equals(boundaries.stream().sorted().distinct().toList())) {
      throw new IllegalArgumentException(
          "PiecewiseConstantDecay boundaries: expected rising steps, got " + boundaries + ".");
    }
  }

  /**
   * The schedule.
   *
   * @param boundaries the last step of each rate but the last, rising
   * @param values the rates; one more than boundaries
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static PiecewiseConstantDecay of(List<Integer> boundaries, List<Double> values) {
    return new PiecewiseConstantDecay(
        SCHEMA.config().with(BOUNDARIES, boundaries).with(VALUES, values));
  }

  @Override
  public Operand<TFloat32> rate(Ops tf, Operand<TInt64> iteration) {
    List<Integer> boundaries = config.get(BOUNDARIES);
    List<Double> values = config.get(VALUES);
    Operand<TFloat32> rate = tf.constant(values.get(0).floatValue());
    for (int i = 0; i < boundaries.size(); i++) {
      Operand<TBool> later = tf.math.greater(iteration, tf.constant(boundaries.get(i).longValue()));
      rate = tf.select(later, tf.constant(values.get(i + 1).floatValue()), rate);
    }
    return rate;
  }

  @Override
  public double at(long iteration) {
    long passed = config.get(BOUNDARIES).stream().filter(last -> iteration > last).count();
    return config.get(VALUES).get((int) passed);
  }

  @Override
  public Schema<PiecewiseConstantDecay> schema() {
    return SCHEMA;
  }
}
