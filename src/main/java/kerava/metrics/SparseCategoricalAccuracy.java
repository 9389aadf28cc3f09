package kerava.metrics;

import kerava.Labels;
import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The share of samples whose class has the highest score: (batch), (batch, classes) → (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/accuracy_metrics/#sparsecategoricalaccuracy-class">Keras:
 *     SparseCategoricalAccuracy</a>
 */
public record SparseCategoricalAccuracy(Config config) implements Metric {
  private static final Key<String> NAME =
      Key.of("name", Codec.text(), "sparse_categorical_accuracy");

  /** How the metric is written and read. */
  public static final Schema<SparseCategoricalAccuracy> SCHEMA =
      Schema.of("keras.metrics", "SparseCategoricalAccuracy", SparseCategoricalAccuracy::new, NAME);

  /** The metric, under its own name. */
  public static SparseCategoricalAccuracy of() {
    return new SparseCategoricalAccuracy(SCHEMA.config());
  }

  /** The same metric under another name. */
  public SparseCategoricalAccuracy named(String name) {
    return new SparseCategoricalAccuracy(config.with(NAME, name));
  }

  @Override
  public String name() {
    return config.get(NAME);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    Operand<TInt32> best = tf.math.argMax(predictions, tf.constant(-1), TInt32.class);
    return tf.dtypes.cast(tf.math.equal(best, labels.classes()), TFloat32.class);
  }

  @Override
  public Schema<SparseCategoricalAccuracy> schema() {
    return SCHEMA;
  }
}
