package kerava.metrics;

import java.util.Optional;
import java.util.Set;
import kerava.Labels;
import kerava.MeanMetric;
import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What Keras' {@code compile} makes of the string "accuracy": {@link BinaryAccuracy} for a single
 * output, {@link SparseCategoricalAccuracy} for class numbers, else {@link CategoricalAccuracy}; it
 * keeps its name.
 *
 * <p>Keras' class {@code Accuracy} is {@link ExactAccuracy}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/models/model_training_apis/#compile-method">Keras: compile</a>
 */
public record Accuracy(Config config) implements MeanMetric, HigherIsBetter {
  private static final Key<String> NAME =
      Key.of(
          "name",
          Codec.text().where("\"accuracy\" or \"acc\"", Set.of("accuracy", "acc")::contains),
          "accuracy");

  /** How the metric is read; it is written as a string. */
  public static final Schema<Accuracy> SCHEMA =
      Metric.schema("accuracy", Accuracy::new, NAME).alias("acc");

  /** The metric, named "accuracy". */
  public static Accuracy of() {
    return new Accuracy(SCHEMA.config());
  }

  @Override
  public Optional<String> shorthand() {
    return Optional.of(name());
  }

  @Override
  public Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.values());
  }

  @Override
  public Metric resolve(Labels.Kind kind, Shape output) {
    return meant(kind, output).named(name());
  }

  private static MeanMetric meant(Labels.Kind kind, Shape output) {
    boolean single = output.get(output.numDimensions() - 1) == 1;
    return single
        ? BinaryAccuracy.of()
        : switch (kind) {
          case CLASSES -> SparseCategoricalAccuracy.of();
          case TARGETS -> CategoricalAccuracy.of();
        };
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return meant(labels.kind(), predictions.shape()).perSample(tf, labels, predictions);
  }

  @Override
  public Schema<Accuracy> schema() {
    return SCHEMA;
  }
}
