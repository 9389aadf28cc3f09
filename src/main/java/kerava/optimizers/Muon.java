package kerava.optimizers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * Muon (Jordan et al. 2024; Liu et al. 2025): matrices move along their momentum made orthogonal,
 * all other weights as with AdamW. With the defaults of Keras: learning rate 0.001, momentum 0.95
 * after Nesterov, 5 iterations, decay 0.004, and for the others β₁ 0.9, β₂ 0.999, ε 1e-7, decay
 * 0.004.
 *
 * <p>Matrices of embeddings count as others, and those whose path has what {@link #excludeLayers}
 * names: the last layer should be among them.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/muon/">Keras: Muon</a>
 */
public record Muon(Config config) implements EpsilonArgument<Muon> {
  private static final Key<Optional<Double>> DECAY =
      Key.of("weight_decay", Codec.nullable(Codec.atLeastZero()), Optional.of(0.004));
  private static final Key<Double> BETA_1 = Key.of("adam_beta_1", Codec.between(0, 1), 0.9);
  private static final Key<Double> BETA_2 = Key.of("adam_beta_2", Codec.between(0, 1), 0.999);
  private static final Key<List<PathPattern>> EXCLUDE_LAYERS =
      Key.of("exclude_layers", Codec.list(PathPattern.CODEC), List.of());
  private static final Key<Double> A = Key.of("muon_a", Codec.number(), 3.4445);
  private static final Key<Double> B = Key.of("muon_b", Codec.number(), -4.775);
  private static final Key<Double> C = Key.of("muon_c", Codec.number(), 2.0315);
  private static final Key<Double> ADAM_RATIO = Key.of("adam_lr_ratio", Codec.number(), 1.0);
  private static final Key<Double> MOMENTUM = Key.of("momentum", Codec.between(0, 1), 0.95);
  private static final Key<Integer> NS_STEPS =
      Key.of(
          "ns_steps",
          Codec.integer().where("a whole number from 0 to 100", n -> n >= 0 && n <= 100),
          5);
  private static final Key<Boolean> NESTEROV = Key.of("nesterov", Codec.bool(), true);
  private static final Key<Boolean> EXCLUDE_EMBEDDINGS =
      Key.of("exclude_embeddings", Codec.bool(), true);
  private static final Key<Optional<Double>> ADAM_DECAY =
      Key.of("adam_weight_decay", Codec.nullable(Codec.atLeastZero()), Optional.of(0.004));
  private static final Key<Optional<Double>> RMS_RATE =
      Key.of("rms_rate", Codec.nullable(Codec.number()), Optional.of(0.2));

  /** How the optimizer is written and read. */
  public static final Schema<Muon> SCHEMA =
      Optimizer.schema("Muon", Muon::new, DECAY, BETA_1, BETA_2, EPSILON, EXCLUDE_LAYERS)
          .with(A, B, C)
          .with(ADAM_RATIO, MOMENTUM, NS_STEPS, NESTEROV)
          .with(EXCLUDE_EMBEDDINGS, ADAM_DECAY, RMS_RATE);

  /** Checks that the arguments go together. */
  public Muon {
    Optimizer.requireOneClipping(config);
  }

  /** Muon with Keras' defaults. */
  public static Muon of() {
    return new Muon(SCHEMA.config());
  }

  /** Muon with a learning rate; 0.001 by default. */
  public static Muon of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  /**
   * The same optimizer that updates as AdamW does the weights in whose path, {@code layer/weight},
   * one of some regular expressions is found; none by default.
   *
   * @throws IllegalArgumentException if one is no regular expression
   */
  public Muon excludeLayers(String... expressions) {
    return with(EXCLUDE_LAYERS, List.of(expressions).stream().map(PathPattern::of).toList());
  }

  /** The same optimizer that takes embeddings for others, the default, or for matrices. */
  public Muon excludeEmbeddings(boolean exclude) {
    return with(EXCLUDE_EMBEDDINGS, exclude);
  }

  /** The same optimizer with another share of the momentum of matrices kept; 0.95 by default. */
  public Muon momentum(double momentum) {
    return with(MOMENTUM, momentum);
  }

  /** The same optimizer with Nesterov's momentum, the default, or the plain one. */
  public Muon nesterov(boolean nesterov) {
    return with(NESTEROV, nesterov);
  }

  /**
   * The same optimizer that scales the moves of matrices by another number, times the root of their
   * larger size; 0.2 by default.
   */
  public Muon rmsRate(double rate) {
    return with(RMS_RATE, Optional.of(rate));
  }

  /** The same optimizer with other β₁ and β₂ of all weights that are no matrices. */
  public Muon adamBetas(double beta1, double beta2) {
    return with(BETA_1, beta1).with(BETA_2, beta2);
  }

  /**
   * The same optimizer with another decay of all weights that are no matrices; 0.004 by default.
   */
  public Muon adamWeightDecay(double share) {
    return with(ADAM_DECAY, Optional.of(share));
  }

  /** The same optimizer with another decay of matrices; 0.004 by default. */
  @Override
  public Muon weightDecay(double share) {
    return with(DECAY, Optional.of(share));
  }

  @Override
  public Optional<Double> weightDecay() {
    return config.get(DECAY);
  }

  @Override
  public Optional<Double> weightDecay(WeightSpec weight) {
    return config.get(isOther(weight) ? ADAM_DECAY : DECAY);
  }

  private boolean isOther(WeightSpec weight) {
    boolean embedding =
        config.get(EXCLUDE_EMBEDDINGS)
            && weight.path().toLowerCase(Locale.ROOT).contains("embedding");
    return weight.shape().numDimensions() != 2
        || embedding
        || config.get(EXCLUDE_LAYERS).stream().anyMatch(one -> one.isIn(weight.path()));
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    List<Slot> slots = new ArrayList<>();
    for (WeightSpec weight : weights) {
      slots.add(Slot.zeros(weight, MuonRule.MOMENTUM));
      if (isOther(weight)) {
        slots.add(Slot.zeros(weight, MuonRule.VELOCITY));
      }
    }
    return slots;
  }

  @Override
  public Rule rule(Update update) {
    return MuonRule.of(
        update,
        new MuonRule.Matrices(
            List.of(config.get(A), config.get(B), config.get(C)),
            config.get(MOMENTUM),
            config.get(NESTEROV),
            config.get(NS_STEPS),
            config.get(RMS_RATE)),
        new MuonRule.Others(
            new Moments(config.get(BETA_1), config.get(BETA_2), config.get(EPSILON)),
            config.get(ADAM_RATIO)));
  }

  @Override
  public Schema<Muon> schema() {
    return SCHEMA;
  }
}
