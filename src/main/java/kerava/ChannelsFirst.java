package kerava;

import java.util.List;
import java.util.stream.IntStream;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.Visible;
import kerava.graph.Probabilities;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * A layer whose sequences, images or volumes have their channels right behind the batch: (batch,
 * channels, height, width). It is the same layer between two transpositions; its weights are the
 * same.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution2d/">Keras: the argument
 *     data_format</a>
 */
public final class ChannelsFirst implements TensorLayer {
  /** The key of the order of an image's axes. */
  private static final String KEY = "data_format";

  private static final String WORD = "channels_first";

  /** The fewest axes of which the channels are not the last one anyway. */
  private static final int LEAST_RANK = 3;

  private final Layer layer;

  private ChannelsFirst(Layer layer) {
    this.layer = layer;
  }

  /**
   * The layer for inputs whose channels come first.
   *
   * @throws IllegalArgumentException if the layer does not ask where channels are, or has an
   *     activation along the last axis, which in Keras then is no axis of channels
   */
  public static ChannelsFirst of(Layer layer) {
    if (!isPossible(layer.schema())) {
      throw new IllegalArgumentException(
          Visible.of(
              "ChannelsFirst: expected a layer with the argument data_format, got "
                  + layer.schema().className()
                  + "."));
    }
    layer.schema().keys().forEach(key -> requireByItself(layer.config().get(key)));
    return new ChannelsFirst(layer);
  }

  private static void requireByItself(Object argument) {
    if (argument instanceof AlongLastAxis function && function.alongLastAxis()) {
      throw new IllegalArgumentException(
          "ChannelsFirst: expected an activation of each number by itself, got "
              + function
              + ", which Keras applies along the width.");
    }
  }

  private static boolean isPossible(Schema<?> schema) {
    return schema.keys().stream().anyMatch(key -> key.name().equals(KEY));
  }

  /** The layer for inputs whose channels come last. */
  public Layer layer() {
    return layer;
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    return layer.outputs(last(inputs)).stream().map(output -> moved(output, false)).toList();
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    return layer.weights(last(inputs));
  }

  private static Inputs last(Inputs inputs) {
    return new Inputs(
        inputs.where(),
        inputs.tensors().stream().map(tensor -> moved(tensor, true)).toList(),
        inputs.arguments());
  }

  private static TensorSpec moved(TensorSpec tensor, boolean toLast) {
    return new TensorSpec(moved(tensor.shape(), toLast), tensor.type());
  }

  private static Shape moved(Shape shape, boolean toLast) {
    return Shape.of(
        IntStream.of(order(shape.numDimensions(), toLast)).mapToLong(shape::get).toArray());
  }

  /** Which axis comes where, to bring the channels to the end, or back behind the batch. */
  private static int[] order(int rank, boolean toLast) {
    int[] order = IntStream.range(0, rank).toArray();
    if (rank < LEAST_RANK) {
      return order;
    }
    for (int i = 1; i < rank; i++) {
      order[i] = toLast ? i % (rank - 1) + 1 : (i + rank - 3) % (rank - 1) + 1;
    }
    return order;
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    Ops tf = scope.tf();
    List<TensorValue> moved =
        call.values().stream()
            .map(x -> new TensorValue(moved(tf, x.operand(), true), x.mask()))
            .toList();
    return layer.call(scope, new LayerCall(last(call.inputs()), moved)).stream()
        .map(y -> new TensorValue(back(tf, y.operand()), y.mask()))
        .toList();
  }

  private static <T extends TType> Operand<T> back(Ops tf, Operand<T> y) {
    return Probabilities.moved(tf, y, numbers -> moved(tf, numbers, false));
  }

  private static <T extends TType> Operand<T> moved(Ops tf, Operand<T> x, boolean toLast) {
    int rank = x.shape().numDimensions();
    return rank < LEAST_RANK ? x : tf.linalg.transpose(x, tf.constant(order(rank, toLast)));
  }

  @Override
  public List<String> arguments() {
    return layer.arguments();
  }

  @Override
  public List<InnerLayer> inner(Inputs inputs) {
    return layer.inner(last(inputs));
  }

  @Override
  public boolean rescales() {
    return layer.rescales();
  }

  @Override
  public Schema<ChannelsFirst> schema() {
    Key<?>[] keys =
        layer.schema().keys().stream()
            .map(key -> key.name().equals(KEY) ? Key.only(KEY, Codec.text(), WORD) : key)
            .toArray(Key<?>[]::new);
    return Schema.of(
        layer.schema().module(),
        layer.schema().className(),
        config -> new ChannelsFirst(layer.schema().create(config)),
        keys);
  }

  @Override
  public Config config() {
    return layer.config();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelsFirst that && layer.equals(that.layer);
  }

  @Override
  public int hashCode() {
    return ~layer.hashCode();
  }

  @Override
  public String toString() {
    return layer + " with channels first";
  }
}
