package kerava.layers.preprocessing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Array;
import kerava.graph.Cast;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * Gives numbers the bin that they fall into: any shape → INT32 of the same; other {@linkplain
 * OutputMode modes} give rows of float32. A number that is a boundary is in the bin above it.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/numerical/discretization/">Keras:
 *     Discretization</a>
 */
public record Discretization(Config config) implements TensorLayer {
  private static final Key<Optional<List<Double>>> BIN_BOUNDARIES =
      Key.optional("bin_boundaries", Codec.list(Codec.number()));
  private static final Key<Optional<Integer>> NUM_BINS =
      Key.optional(
          "num_bins", Codec.integer().where("a whole number of at least 0", number -> number >= 0));
  private static final Key<Double> EPSILON =
      Key.of("epsilon", Codec.number().where("a number above 0", share -> share > 0), 0.01);

  /** How the layer is written and read. */
  public static final Schema<Discretization> SCHEMA =
      Schema.of("keras.layers", "Discretization", Discretization::new, NAME, DTYPE)
          .with(BIN_BOUNDARIES, NUM_BINS, EPSILON, OutputMode.WITHOUT_WEIGHTS, Sparse.KEY);

  /** Checks that there are boundaries, or bins to be learned. */
  public Discretization {
    if (config.get(BIN_BOUNDARIES).isEmpty() && config.get(NUM_BINS).isEmpty()) {
      throw new IllegalArgumentException(
          "Discretization: expected num_bins or bin_boundaries, got neither.");
    }
  }

  /**
   * The layer with bins between some numbers, one more than there are.
   *
   * @param boundaries in ascending order
   */
  public static Discretization of(double... boundaries) {
    return new Discretization(SCHEMA.config().with(BIN_BOUNDARIES, Optional.of(list(boundaries))));
  }

  /**
   * The layer with so many bins, whose boundaries {@code adapt} learns.
   *
   * @throws IllegalArgumentException if there are fewer than none
   */
  public static Discretization bins(int bins) {
    return new Discretization(SCHEMA.config().with(NUM_BINS, Optional.of(bins)));
  }

  private static List<Double> list(double... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  /**
   * The same layer that learns its boundaries more or less exactly: to within that share of the
   * data; 0.01 by default.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public Discretization epsilon(double share) {
    return new Discretization(config.with(EPSILON, share));
  }

  /**
   * The same layer that makes something else of the bins; {@code INT} by default.
   *
   * @throws IllegalArgumentException if it is {@code TF_IDF}
   */
  public Discretization outputMode(OutputMode mode) {
    return new Discretization(config.with(OutputMode.WITHOUT_WEIGHTS, mode));
  }

  /** The boundaries, given or learned; none where they are still to be learned. */
  public List<Double> boundaries() {
    return config.get(BIN_BOUNDARIES).orElse(List.of());
  }

  /**
   * The same layer with boundaries between which there are about as many of some numbers each.
   *
   * @param data of any shape; numbers
   * @throws IllegalArgumentException if the layer was given its boundaries
   */
  public Discretization adapt(Array data) {
    return adapt(List.of(data));
  }

  /**
   * The same for numbers that come in batches, of which a summary is kept.
   *
   * @param batches of any shape; numbers
   * @throws IllegalArgumentException if the layer was given its boundaries
   */
  public Discretization adapt(Iterable<Array> batches) {
    int bins =
        config
            .get(NUM_BINS)
            .filter(number -> number > 0)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Discretization adapt: expected a layer with num_bins of at least 1, got"
                            + " one without. Was it given its boundaries?"));
    QuantileSketch sketch = QuantileSketch.empty();
    for (Array batch : batches) {
      sketch =
          QuantileSketch.of(batch.to(Array.Type.FLOAT32).floats(), config.get(EPSILON))
              .merged(sketch, config.get(EPSILON));
    }
    return new Discretization(
        config.with(BIN_BOUNDARIES, Optional.of(list(sketch.boundaries(bins)))));
  }

  private OutputMode mode() {
    return config.get(OutputMode.WITHOUT_WEIGHTS);
  }

  private Encoding encoding() {
    return new Encoding(mode(), boundaries().size() + 1L);
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    Shape shape = inputs.single();
    if (inputs.tensors().get(0).type() == DType.STRING) {
      throw inputs.refuse("numbers", "");
    }
    if (config.get(BIN_BOUNDARIES).isEmpty()) {
      throw new IllegalArgumentException(
          inputs.where() + ": expected bin_boundaries, got none. Is adapt to be called?");
    }
    for (int i = 1; i < boundaries().size(); i++) {
      if (boundaries().get(i) < boundaries().get(i - 1)) {
        throw new IllegalArgumentException(
            inputs.where()
                + ": expected bin_boundaries in ascending order, got %s after %s."
                    .formatted(boundaries().get(i), boundaries().get(i - 1)));
      }
    }
    return List.of(
        mode() == OutputMode.INT
            ? new TensorSpec(shape, DType.INT32)
            : TensorSpec.floats(encoding().shape(inputs, shape)));
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    Ops tf = scope.tf();
    List<Float> numbers = boundaries().stream().map(Double::floatValue).toList();
    Operand<TInt32> bins = tf.bucketize(compared(tf, call.values().get(0).operand()), numbers);
    return List.of(
        TensorValue.of(
            mode() == OutputMode.INT
                ? bins
                : encoding().of(tf, tf.dtypes.cast(bins, TInt64.class), TFloat32.class)));
  }

  /** Numbers of a type that TensorFlow compares with the boundaries. */
  private static Operand<? extends TNumber> compared(Ops tf, Operand<? extends TType> values) {
    if (values.type().equals(TFloat64.class)) {
      return Cast.numbers(tf, values, TFloat64.class);
    }
    if (values.type().equals(TInt64.class)) {
      return Cast.numbers(tf, values, TInt64.class);
    }
    return DType.of(values.type()).floating()
        ? Cast.numbers(tf, values, TFloat32.class)
        : Cast.numbers(tf, values, TInt32.class);
  }

  @Override
  public Schema<Discretization> schema() {
    return SCHEMA;
  }
}
