package kerava.optimizers;

import java.util.List;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Adagrad (Duchi et al. 2011), with the defaults of Keras: learning rate 0.001, first sum of
 * squares 0.1, ε 1e-7.
 *
 * <p>Keras adds ε under the root, which no fused kernel does; the update is made of plain
 * operations.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/adagrad/">Keras: Adagrad</a>
 */
public record Adagrad(Config config) implements EpsilonArgument<Adagrad> {
  private static final Key<Double> INITIAL =
      Key.of("initial_accumulator_value", Codec.atLeastZero(), 0.1);

  /** How the optimizer is written and read. */
  public static final Schema<Adagrad> SCHEMA =
      Optimizer.schema("Adagrad", Adagrad::new, INITIAL, EPSILON);

  /** Checks that the arguments go together. */
  public Adagrad {
    Optimizer.requireOneClipping(config);
  }

  /** Adagrad with Keras' defaults. */
  public static Adagrad of() {
    return new Adagrad(SCHEMA.config());
  }

  /** Adagrad with a learning rate; 0.001 by default. */
  public static Adagrad of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  /** The same optimizer whose sums of squares start at another number; 0.1 by default. */
  public Adagrad initialAccumulatorValue(double value) {
    return with(INITIAL, value);
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    double initial = config.get(INITIAL);
    return weights.stream().map(w -> Slot.filled(w, "accumulator", initial)).toList();
  }

  @Override
  public Rule rule(Update update) {
    return (tf, parameter, gradient) -> {
      Variable slot = parameter.slot("accumulator");
      Operand<TFloat32> grown =
          tf.math.add(slot.read(tf, TFloat32.class), parameter.square(tf, gradient));
      Operand<TFloat32> sum = RunningMean.set(tf, slot, grown);
      Operand<TFloat32> root = tf.math.sqrt(tf.math.add(sum, update.constant(config.get(EPSILON))));
      Operand<TFloat32> move = tf.math.div(tf.math.mul(update.rate(), gradient), root);
      return tf.assignSubVariableOp(parameter.variable().handle(), move);
    };
  }

  @Override
  public Schema<Adagrad> schema() {
    return SCHEMA;
  }
}
