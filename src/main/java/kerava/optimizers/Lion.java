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
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Lion (Chen et al. 2023), with the defaults of Keras: learning rate 0.001, β₁ 0.9, β₂ 0.99.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/lion/">Keras: Lion</a>
 */
public record Lion(Config config) implements TunedOptimizer<Lion> {
  private static final Key<Double> BETA_1 =
      Key.of(
          "beta_1",
          Codec.between(0, 1).where("a number above 0, at most 1", beta -> beta > 0),
          0.9);
  private static final Key<Double> BETA_2 = Key.of("beta_2", Codec.between(0, 1), 0.99);

  /** How the optimizer is written and read. */
  public static final Schema<Lion> SCHEMA = Optimizer.schema("Lion", Lion::new, BETA_1, BETA_2);

  /** Checks that the arguments go together. */
  public Lion {
    Optimizer.requireOneClipping(config);
  }

  /** Lion with Keras' defaults. */
  public static Lion of() {
    return new Lion(SCHEMA.config());
  }

  /** Lion with a learning rate; 0.001 by default. */
  public static Lion of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  /**
   * The same optimizer with other shares of the momentum: in the move (0.9 by default) and in what
   * a step keeps (0.99 by default).
   */
  public Lion betas(double beta1, double beta2) {
    return with(BETA_1, beta1).with(BETA_2, beta2);
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    return weights.stream().map(weight -> Slot.zeros(weight, "momentum")).toList();
  }

  @Override
  public Rule rule(Update update) {
    double beta1 = config.get(BETA_1);
    return (tf, parameter, gradient) -> {
      Variable slot = parameter.slot("momentum");
      Operand<TFloat32> direction =
          tf.math.sign(
              tf.math.add(
                  tf.math.mul(slot.read(tf, TFloat32.class), update.constant(beta1)),
                  tf.math.mul(gradient, update.constant(1 - beta1))));
      Operand<TFloat32> move = tf.math.mul(update.rate(), direction);
      Ops moved =
          tf.withControlDependencies(
              List.of(tf.assignSubVariableOp(parameter.variable().handle(), move)));
      return RunningMean.rounded(moved, config.get(BETA_2)).add(slot, gradient);
    };
  }

  @Override
  public Schema<Lion> schema() {
    return SCHEMA;
  }
}
