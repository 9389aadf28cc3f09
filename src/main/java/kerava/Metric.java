package kerava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Configured;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.SnakeCase;
import kerava.config.Source;
import kerava.config.Visible;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A metric that is reported beside the loss, as an immutable value.
 *
 * <p>What it gathers over batches are sums: it {@linkplain #state declares} them, says {@linkplain
 * #update what a batch adds} to each, in the graph, and makes its {@linkplain #result figure} of
 * them, on the host. A metric that is a mean over samples is a {@link MeanMetric} and says what it
 * is for each sample.
 *
 * @see <a href="https://keras.io/api/metrics/">Keras: metrics</a>
 */
public interface Metric extends Configured {
  /**
   * The schema of a metric: its own keys and those that every metric has.
   *
   * @param className the name that Keras gives the class
   * @param constructor makes a metric from a config
   * @param keys the keys of the class
   */
  static <M extends Metric> Schema<M> schema(
      String className, Function<Config, M> constructor, Key<?>... keys) {
    Key<String> name = Key.of("name", Codec.text(), SnakeCase.of(className));
    return schema(className, constructor, name, keys);
  }

  /**
   * The schema of a metric whose name does not follow from its class.
   *
   * @param className the name that Keras gives the class
   * @param constructor makes a metric from a config
   * @param name the key of the name that it is reported under
   * @param keys the keys of the class
   */
  static <M extends Metric> Schema<M> schema(
      String className, Function<Config, M> constructor, Key<String> name, Key<?>... keys) {
    Key<?>[] all = Stream.concat(Stream.of(Float32.KEY), Stream.of(keys)).toArray(Key<?>[]::new);
    return Schema.of("keras.metrics", className, constructor, all).withFirst(List.of(name));
  }

  /**
   * How a metric stands in compile settings: as an object or, like {@code "mse"}, as a string,
   * which then is the name that it is reported under.
   */
  static Codec<Metric> codec() {
    Codec<Metric> objects = Codec.object(Metric.class);
    Function<Source, Metric> reader =
        source -> {
          Metric metric = objects.read(source);
          return source.node().isTextual() ? metric.named(source.node().textValue()) : metric;
        };
    return Codec.of(objects.expected(), metric -> write(metric, objects), reader);
  }

  private static JsonNode write(Metric metric, Codec<Metric> objects) {
    return metric
        .shorthand()
        .<JsonNode>map(JsonNodeFactory.instance::textNode)
        .orElseGet(() -> objects.write(metric));
  }

  @Override
  Schema<? extends Metric> schema();

  /** The string that Keras knows the metric by, where it has no class. */
  default Optional<String> shorthand() {
    return Optional.empty();
  }

  /** The name that it is reported under. */
  default String name() {
    return config().get(nameKey());
  }

  /** The same metric under another name. */
  default Metric named(String name) {
    return schema().create(config().with(nameKey(), name));
  }

  @SuppressWarnings("unchecked") // the first key of every schema made above
  private Key<String> nameKey() {
    return (Key<String>) schema().keys().get(0);
  }

  /** The kinds of labels that predictions can be compared with. */
  Set<Labels.Kind> labels();

  /**
   * The metric to use for labels of a kind and an output of a shape; this one, unless it depends on
   * them as "accuracy" does.
   *
   * @param output the shape of the model's output, batch dimension first
   * @throws IllegalArgumentException if the metric does not go with such labels
   */
  default Metric resolve(Labels.Kind kind, Shape output) {
    if (!labels().contains(kind)) {
      throw refused("labels that are " + labels(), kind, "Do the loss and the metrics agree?");
    }
    return this;
  }

  /** Which way of the figure a model becomes better; empty where Keras does not say. */
  default Optional<Direction> direction() {
    return Optional.empty();
  }

  /** Which way a figure becomes better. */
  enum Direction {
    /** More is better. */
    UP,
    /** Less is better. */
    DOWN
  }

  /**
   * The sums that are gathered over an epoch.
   *
   * @param output the shape of the model's output, batch dimension first
   */
  MetricState state(Shape output);

  /**
   * Adds the operations of what a batch adds to the sums.
   *
   * @param batch what is compared
   * @return one operand a sum, of its shape, in the order of the {@link #state}
   */
  List<Operand<TFloat32>> update(Ops tf, MetricBatch batch);

  /**
   * Whether what a sample adds depends on the others of its batch, so that a batch in parts is seen
   * as a whole; by default it does not.
   */
  default boolean ofWholeBatch() {
    return false;
  }

  /**
   * The figure that the sums make.
   *
   * @param sums all that was gathered
   * @return one number; or several, which are reported as {@code name[0]}, {@code name[1]} ...
   */
  double[] result(MetricSums sums);

  /**
   * Says that the metric does not go with something.
   *
   * @param expected what it goes with: "an output of shape (batch, classes)"
   * @param got what it does not go with
   * @param hint what to do, a sentence
   */
  default IllegalArgumentException refused(String expected, Object got, String hint) {
    return new IllegalArgumentException(
        Visible.of(
            schema().className()
                + " \""
                + name()
                + "\": expected "
                + expected
                + ", got "
                + got
                + ". "
                + hint));
  }
}
