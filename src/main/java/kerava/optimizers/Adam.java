package kerava.optimizers;

import kerava.LearningRate;
import kerava.Optimizer;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * Adam (Kingma and Ba 2014), with the defaults of Keras: learning rate 0.001, β₁ 0.9, β₂ 0.999, ε
 * 1e-7.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/adam/">Keras: Adam</a>
 */
public record Adam(Config config) implements AdamVariant<Adam> {
  /** How the optimizer is written and read. */
  public static final Schema<Adam> SCHEMA =
      Optimizer.schema("Adam", Adam::new, BETA_1, BETA_2, EPSILON, AMSGRAD);

  /** Checks that the arguments go together. */
  public Adam {
    Optimizer.requireOneClipping(config);
  }

  /** Adam with Keras' defaults. */
  public static Adam of() {
    return new Adam(SCHEMA.config());
  }

  /** Adam with a learning rate; 0.001 by default. */
  public static Adam of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  @Override
  public Schema<Adam> schema() {
    return SCHEMA;
  }
}
