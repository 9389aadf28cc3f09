package kerava.optimizers;

import java.util.Optional;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2017), with the defaults of Keras:
 * learning rate 0.001, decay 0.004, β₁ 0.9, β₂ 0.999, ε 1e-7.
 *
 * <p>The decay takes from every weight, biases included.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/adamw/">Keras: AdamW</a>
 */
public record AdamW(Config config) implements AdamVariant<AdamW> {
  private static final Key<Double> DECAY = Key.of("weight_decay", Codec.atLeastZero(), 0.004);

  /** How the optimizer is written and read. */
  public static final Schema<AdamW> SCHEMA =
      Optimizer.schema("AdamW", AdamW::new, DECAY, BETA_1, BETA_2, EPSILON, AMSGRAD);

  /** Checks that the arguments go together. */
  public AdamW {
    Optimizer.requireOneClipping(config);
  }

  /** AdamW with Keras' defaults. */
  public static AdamW of() {
    return new AdamW(SCHEMA.config());
  }

  /** AdamW with a learning rate; 0.001 by default. */
  public static AdamW of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  @Override
  public AdamW weightDecay(double share) {
    return with(DECAY, share);
  }

  @Override
  public Optional<Double> weightDecay() {
    return Optional.of(config.get(DECAY));
  }

  @Override
  public Schema<AdamW> schema() {
    return SCHEMA;
  }
}
