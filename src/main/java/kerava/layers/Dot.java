package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.TypedLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.BatchProduct;
import kerava.graph.Cast;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The products of two inputs, sample by sample, summed along one axis of each: (batch, 5, 3) and
 * (batch, 7, 3) along 2 and 2 → (batch, 5, 7); of two inputs of vectors (batch, 1).
 *
 * <p>The output has no mask. By default inputs are not brought to the norm 1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/merging_layers/dot/">Keras: Dot</a>
 */
public record Dot(Config config) implements TypedLayer, MergeLayer {
  private static final Key<List<Integer>> AXES =
      Key.required(
          "axes",
          Codec.oneOrMany(Codec.integer()).where("one axis or two", axes -> axes.size() <= 2));
  private static final Key<Boolean> NORMALIZE = Key.of("normalize", Codec.bool(), false);

  /** What the norm of a vector is at least where it is divided by. */
  private static final float EPSILON = 1e-7f;

  /** How the layer is written and read. */
  public static final Schema<Dot> SCHEMA = Layer.schema("Dot", Dot::new, AXES, NORMALIZE);

  /** The layer along the same axis of both inputs, which counts from the end if it is below 0. */
  public static Dot of(int axis) {
    return new Dot(SCHEMA.config().with(AXES, List.of(axis)));
  }

  /** The layer along one axis of the first input and one of the second. */
  public static Dot of(int first, int second) {
    return new Dot(SCHEMA.config().with(AXES, List.of(first, second)));
  }

  /** The same layer that brings inputs to the Euclidean norm 1 along their axes, or not. */
  public Dot normalize(boolean normalize) {
    return new Dot(config.with(NORMALIZE, normalize));
  }

  private int axis(int input) {
    List<Integer> axes = config.get(AXES);
    return axes.get(Math.min(input, axes.size() - 1));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    List<Shape> shapes = inputs.shapes();
    if (shapes.size() != 2 || shapes.stream().anyMatch(shape -> shape.numDimensions() < 2)) {
      throw inputs.refuse("two inputs of rank 2 or more", "");
    }
    long[] summed = new long[2];
    for (int i = 0; i < 2; i++) {
      int axis = Axes.of(inputs, axis(i), shapes.get(i).numDimensions());
      if (axis == 0) {
        throw inputs.refuse("axes other than that of the batch", "");
      }
      summed[i] = shapes.get(i).get(axis);
    }
    if (summed[0] != summed[1]) {
      throw inputs.refuse("axes " + config.get(AXES) + " of one size", "");
    }
    return outputShape(shapes.get(0), shapes.get(1));
  }

  private Shape outputShape(Shape x, Shape y) {
    List<Long> sizes = new ArrayList<>(List.of(Math.max(x.get(0), y.get(0))));
    others(x, axis(0)).forEach(axis -> sizes.add(x.get(axis)));
    others(y, axis(1)).forEach(axis -> sizes.add(y.get(axis)));
    if (sizes.size() == 1) {
      sizes.add(1L);
    }
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  /** The axes beside that of the batch and that of the sum. */
  private static List<Integer> others(Shape shape, int summed) {
    int axis = Axes.of(summed, shape.numDimensions());
    return IntStream.range(1, shape.numDimensions()).filter(i -> i != axis).boxed().toList();
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, List<Operand<T>> inputs) {
    Ops tf = scope.tf();
    Operand<T> x = inputs.get(0);
    Operand<T> y = inputs.get(1);
    Operand<T> product =
        BatchProduct.of(
            tf,
            flat(tf, normalized(tf, x, axis(0)), axis(0), true),
            flat(tf, normalized(tf, y, axis(1)), axis(1), false));
    Shape shape = outputShape(x.shape(), y.shape());
    if (x.shape().numDimensions() == 3 && y.shape().numDimensions() == 3) {
      return product;
    }
    return tf.reshape(product, sizes(tf, shape, x, y));
  }

  private Operand<TInt32> sizes(
      Ops tf, Shape shape, Operand<? extends TFloating> x, Operand<? extends TFloating> y) {
    List<Operand<TInt32>> sizes = new ArrayList<>(List.of(DynamicShape.of(tf, x, 0)));
    others(x.shape(), axis(0)).forEach(axis -> sizes.add(DynamicShape.of(tf, x, axis)));
    others(y.shape(), axis(1)).forEach(axis -> sizes.add(DynamicShape.of(tf, y, axis)));
    if (sizes.size() < shape.numDimensions()) {
      sizes.add(tf.constant(1));
    }
    return tf.stack(sizes);
  }

  private <T extends TFloating> Operand<T> normalized(Ops tf, Operand<T> x, int axis) {
    if (!config.get(NORMALIZE)) {
      return x;
    }
    return Cast.inFloat32(
        tf,
        x,
        vectors -> {
          Operand<TFloat32> squares =
              tf.sum(
                  tf.math.square(vectors),
                  tf.constant(Axes.of(axis, x.shape().numDimensions())),
                  Sum.keepDims(true));
          Operand<TFloat32> most = tf.constant(1 / EPSILON);
          return tf.math.mul(vectors, tf.math.minimum(tf.math.rsqrt(squares), most));
        });
  }

  /**
   * As matrices: the axis of the sum is the last one, or the first one behind that of the batch.
   */
  private static <T extends TFloating> Operand<T> flat(
      Ops tf, Operand<T> x, int summed, boolean last) {
    Shape shape = x.shape();
    int axis = Axes.of(summed, shape.numDimensions());
    Stream<Integer> rest = others(shape, summed).stream();
    int[] order =
        Stream.concat(
                Stream.of(0),
                last ? Stream.concat(rest, Stream.of(axis)) : Stream.concat(Stream.of(axis), rest))
            .mapToInt(Integer::intValue)
            .toArray();
    boolean moved = !IntStream.range(0, order.length).allMatch(i -> order[i] == i);
    Operand<T> y = moved ? tf.linalg.transpose(x, tf.constant(order)) : x;
    if (shape.numDimensions() == 3) {
      return y;
    }
    Operand<TInt32> size = DynamicShape.of(tf, x, axis);
    Operand<TInt32> others = tf.constant(shape.numDimensions() == 2 ? 1 : -1);
    Operand<TInt32> batch = DynamicShape.of(tf, x, 0);
    return tf.reshape(
        y, tf.stack(last ? List.of(batch, others, size) : List.of(batch, size, others)));
  }

  @Override
  public Optional<Operand<TBool>> outputMask(Scope scope, LayerCall call) {
    return Optional.empty();
  }

  @Override
  public Schema<Dot> schema() {
    return SCHEMA;
  }
}
