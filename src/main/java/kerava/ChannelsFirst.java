package kerava;

import java.util.List;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.Visible;
import kerava.graph.Cast;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * A layer whose images have their channels before their height and width: (batch, channels, height,
 * width). It is the same layer between two transpositions; its weights are the same.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution2d/">Keras: the argument
 *     data_format</a>
 */
public final class ChannelsFirst implements TensorLayer {
  /** The key of the order of an image's axes. */
  private static final String KEY = "data_format";

  private static final String WORD = "channels_first";
  private static final int[] TO_LAST = {0, 2, 3, 1};
  private static final int[] TO_FIRST = {0, 3, 1, 2};

  private final Layer layer;

  private ChannelsFirst(Layer layer) {
    this.layer = layer;
  }

  /**
   * The layer for images whose channels come first.
   *
   * @throws IllegalArgumentException if the layer is not one of images, or has an activation along
   *     the last axis, which in Keras then is the width
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

  /** The layer for images whose channels come last. */
  public Layer layer() {
    return layer;
  }

  @Override
  public List<Shape> outputShapes(Inputs inputs) {
    return layer.outputShapes(last(inputs)).stream().map(shape -> moved(shape, TO_FIRST)).toList();
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    return layer.weights(last(inputs));
  }

  private static Inputs last(Inputs inputs) {
    return new Inputs(
        inputs.where(), inputs.shapes().stream().map(shape -> moved(shape, TO_LAST)).toList());
  }

  private static Shape moved(Shape shape, int... order) {
    if (shape.numDimensions() != order.length) {
      return shape;
    }
    long[] sizes = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      sizes[i] = shape.get(order[i]);
    }
    return Shape.of(sizes);
  }

  @Override
  public List<Operand<? extends TFloating>> call(
      Scope scope, List<? extends Operand<? extends TFloating>> inputs) {
    Ops tf = scope.tf();
    List<Operand<? extends TFloating>> moved =
        inputs.stream().<Operand<? extends TFloating>>map(x -> moved(tf, x, TO_LAST)).toList();
    return Precision.call(layer, scope, moved).stream()
        .<Operand<? extends TFloating>>map(y -> moved(tf, y, TO_FIRST))
        .toList();
  }

  private static <T extends TFloating> Operand<T> moved(Ops tf, Operand<T> x, int... order) {
    return x.shape().numDimensions() == order.length
        ? tf.linalg.transpose(x, tf.constant(order))
        : x;
  }

  @Override
  public Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs) {
    return Cast.to(scope.tf(), call(scope, inputs).get(0), TFloat32.class);
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
