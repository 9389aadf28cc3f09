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
import org.tensorflow.Operand;
import org.tensorflow.op.train.ResourceApplyKerasMomentum;
import org.tensorflow.types.TFloat32;

/**
 * Stochastic gradient descent, with momentum if asked for; the learning rate is 0.01 by default.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/sgd/">Keras: SGD</a>
 */
public record SGD(Config config) implements TunedOptimizer<SGD> {
  private static final Key<LearningRate> RATE = LearningRate.key(0.01);
  private static final Key<Double> MOMENTUM = Key.of("momentum", Codec.between(0, 1), 0.0);
  private static final Key<Boolean> NESTEROV = Key.of("nesterov", Codec.bool(), false);

  /** How the optimizer is written and read. */
  public static final Schema<SGD> SCHEMA =
      Optimizer.schema("SGD", SGD::new, RATE, MOMENTUM, NESTEROV);

  /** Checks that the arguments go together. */
  public SGD {
    Optimizer.requireOneClipping(config);
  }

  /** SGD with Keras' defaults. */
  public static SGD of() {
    return new SGD(SCHEMA.config());
  }

  /** SGD with a learning rate; 0.01 by default. */
  public static SGD of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  /**
   * The same optimizer with momentum: the share of the last move that is repeated; 0 by default.
   */
  public SGD momentum(double momentum) {
    return with(MOMENTUM, momentum);
  }

  /** The same optimizer with Nesterov's momentum, or the plain one, the default. */
  public SGD nesterov(boolean nesterov) {
    return with(NESTEROV, nesterov);
  }

  @Override
  public LearningRate learningRate() {
    return config.get(RATE);
  }

  @Override
  public SGD withLearningRate(LearningRate rate) {
    return with(RATE, rate);
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    boolean none = config.get(MOMENTUM) == 0;
    return none ? List.of() : weights.stream().map(w -> Slot.zeros(w, "momentum")).toList();
  }

  @Override
  public Rule rule(Update update) {
    Operand<TFloat32> rate = update.rate();
    if (config.get(MOMENTUM) == 0) {
      return (tf, parameter, gradient) ->
          tf.train.resourceApplyGradientDescent(parameter.variable().handle(), rate, gradient);
    }
    Operand<TFloat32> momentum = update.constant(config.get(MOMENTUM));
    boolean nesterov = config.get(NESTEROV);
    return (tf, parameter, gradient) ->
        tf.train.resourceApplyKerasMomentum(
            parameter.variable().handle(),
            parameter.slot("momentum").handle(),
            rate,
            gradient,
            momentum,
            ResourceApplyKerasMomentum.useNesterov(nesterov));
  }

  @Override
  public Schema<SGD> schema() {
    return SCHEMA;
  }
}
