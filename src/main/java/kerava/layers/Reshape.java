package kerava.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The numbers of a sample in another shape: (batch, ...) → (batch, target...).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/reshape/">Keras: Reshape</a>
 */
public record Reshape(Config config) implements TypedUnaryLayer {
  private static final Key<List<Integer>> TARGET_SHAPE =
      Key.required(
          "target_shape",
          Codec.list(Codec.integer().where("a size, or -1", size -> size >= 1 || size == -1))
              .where("sizes, of which at most one is -1", Reshape::isShape));

  /** How the layer is written and read. */
  public static final Schema<Reshape> SCHEMA = Layer.schema("Reshape", Reshape::new, TARGET_SHAPE);

  /**
   * The layer.
   *
   * @param targetShape the sizes without the batch; one may be -1 and follows from the others
   * @throws IllegalArgumentException if a size is 0, or two are -1
   */
  public static Reshape of(int... targetShape) {
    List<Integer> sizes = Arrays.stream(targetShape).boxed().toList();
    return new Reshape(SCHEMA.config().with(TARGET_SHAPE, sizes));
  }

  private static boolean isShape(List<Integer> sizes) {
    return sizes.stream().filter(size -> size == -1).count() <= 1;
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.single();
    List<Integer> target = config.get(TARGET_SHAPE);
    long known =
        target.stream()
            .filter(size -> size != -1)
            .mapToLong(size -> size)
            .reduce(1, Math::multiplyExact);
    long size = sampleSize(x);
    if (size != Shape.UNKNOWN_SIZE && (target.contains(-1) ? size % known != 0 : size != known)) {
      throw inputs.refuse("samples that fill the shape " + target, "");
    }
    long rest = size == Shape.UNKNOWN_SIZE ? size : size / known;
    LongStream sizes = target.stream().mapToLong(wanted -> wanted == -1 ? rest : wanted);
    return Shape.of(LongStream.concat(LongStream.of(x.get(0)), sizes).toArray());
  }

  private static long sampleSize(Shape x) {
    return Arrays.stream(x.asArray())
        .skip(1)
        .reduce(
            1,
            (all, size) ->
                all < 0 || size < 0 ? Shape.UNKNOWN_SIZE : Math.multiplyExact(all, size));
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    Shape wanted = outputShape(new Inputs(scope.name(), List.of(x.shape())));
    long unknown = Arrays.stream(wanted.asArray()).skip(1).filter(size -> size < 0).count();
    if (unknown == 0) {
      return DynamicShape.reshape(tf, x, wanted);
    }
    List<Operand<TInt32>> sizes = new ArrayList<>();
    sizes.add(DynamicShape.of(tf, x, 0));
    config.get(TARGET_SHAPE).forEach(size -> sizes.add(tf.constant(size)));
    return tf.reshape(x, tf.stack(sizes));
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public Schema<Reshape> schema() {
    return SCHEMA;
  }
}
