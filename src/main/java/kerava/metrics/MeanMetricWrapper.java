package kerava.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kerava.Labels;
import kerava.Loss;
import kerava.MeanMetric;
import kerava.Metric;
import kerava.MetricBatch;
import kerava.config.Catalog;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Configured;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.SnakeCase;
import kerava.config.Source;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of what one of Keras' functions gives for each sample, such as {@code huber}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/reduction_metrics/#meanmetricwrapper-class">Keras:
 *     MeanMetricWrapper</a>
 */
public record MeanMetricWrapper(Config config) implements MeanMetric {
  private static final Key<WrappedFunction> FN = Key.required("fn", WrappedFunction.codec());

  /** What Keras' functions may be called with. */
  private static final List<Key<Optional<JsonNode>>> ARGUMENTS =
      Stream.of(
              "from_logits",
              "label_smoothing",
              "axis",
              "ignore_class",
              "threshold",
              "k",
              "from_sorted_ids",
              "delta",
              "alpha",
              "beta",
              "gamma",
              "apply_class_balancing",
              "smooth")
          .map(name -> Key.optional(name, argument()).quiet())
          .toList();

  /** How the metric is written and read. */
  public static final Schema<MeanMetricWrapper> SCHEMA =
      Metric.schema("MeanMetricWrapper", MeanMetricWrapper::new, FN)
          .with(ARGUMENTS.toArray(Key<?>[]::new));

  /**
   * Takes arguments that go together.
   *
   * @throws IllegalArgumentException if the function does not take one of them, or is a metric that
   *     gathers no mean
   */
  public MeanMetricWrapper {
    Configured does = does(config);
    if (!(does instanceof Loss) && !(does instanceof MeanMetric)) {
      throw new IllegalArgumentException(
          "MeanMetricWrapper fn: expected a function, got the metric "
              + does.schema().className()
              + ".");
    }
  }

  /**
   * The mean of what a loss is for each sample, under the loss' name in Keras: {@code huber}.
   *
   * @param loss the loss; its reduction does not matter
   */
  public static MeanMetricWrapper of(Loss loss) {
    String function = SnakeCase.of(loss.schema().className());
    Loss plain = loss.schema().create(loss.schema().config());
    Config config = SCHEMA.config().with(FN, new WrappedFunction(function, plain));
    ObjectNode own = written(loss);
    ObjectNode defaults = written(plain);
    for (Key<Optional<JsonNode>> key : ARGUMENTS) {
      JsonNode value = own.path(key.name());
      if (!value.isMissingNode() && !value.equals(defaults.path(key.name()))) {
        config = config.with(key, Optional.of(value));
      }
    }
    return (MeanMetricWrapper) new MeanMetricWrapper(config).named(function);
  }

  private static Codec<JsonNode> argument() {
    return Codec.of("an argument of the function", value -> value, Source::node);
  }

  private static ObjectNode written(Configured object) {
    return object.schema().write(object.config());
  }

  private static Configured does(Config config) {
    Configured plain = config.get(FN).does();
    ObjectNode json = written(plain);
    ARGUMENTS.forEach(key -> config.get(key).ifPresent(value -> json.set(key.name(), value)));
    return plain.schema().read(Source.root(json, Catalog.empty()));
  }

  private Optional<MeanMetric> metric() {
    return does(config) instanceof MeanMetric metric ? Optional.of(metric) : Optional.empty();
  }

  private Loss loss() {
    return (Loss) does(config);
  }

  @Override
  public Optional<Direction> direction() {
    return metric().map(Metric::direction).orElse(Optional.of(Direction.DOWN));
  }

  @Override
  public Set<Labels.Kind> labels() {
    return metric().map(Metric::labels).orElseGet(() -> Set.of(loss().labels()));
  }

  @Override
  public Metric resolve(Labels.Kind kind, Shape output) {
    MeanMetric.super.resolve(kind, output);
    metric().ifPresent(metric -> metric.resolve(kind, output));
    return this;
  }

  @Override
  public boolean ofWholeBatch() {
    return metric().map(Metric::ofWholeBatch).orElse(false);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return metric()
        .map(metric -> metric.perSample(tf, labels, predictions))
        .orElseGet(() -> loss().perSample(tf, labels, predictions));
  }

  @Override
  public List<Operand<TFloat32>> update(Ops tf, MetricBatch batch) {
    Optional<MeanMetric> metric = metric();
    return metric.isPresent() ? metric.get().update(tf, batch) : MeanMetric.super.update(tf, batch);
  }

  @Override
  public Schema<MeanMetricWrapper> schema() {
    return SCHEMA;
  }
}
