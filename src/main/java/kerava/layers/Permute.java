package kerava.layers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
import org.tensorflow.types.family.TFloating;

/**
 * The axes of a sample in another order.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/permute/">Keras: Permute</a>
 */
public record Permute(Config config) implements TypedUnaryLayer {
  private static final Key<List<Integer>> DIMS =
      Key.required(
          "dims",
          Codec.list(Codec.positive())
              .where("each number from 1 up to their count once", Permute::isOrder));

  /** How the layer is written and read. */
  public static final Schema<Permute> SCHEMA = Layer.schema("Permute", Permute::new, DIMS);

  /**
   * The layer.
   *
   * @param dims the axes in their new order, counted from 1, the first behind the batch
   * @throws IllegalArgumentException if an axis is missing or stands twice
   */
  public static Permute of(int... dims) {
    return new Permute(SCHEMA.config().with(DIMS, Arrays.stream(dims).boxed().toList()));
  }

  private static boolean isOrder(List<Integer> dims) {
    return IntStream.rangeClosed(1, dims.size()).allMatch(dims::contains);
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.single();
    if (x.numDimensions() != config.get(DIMS).size() + 1) {
      throw inputs.refuse("input of rank " + (config.get(DIMS).size() + 1), "");
    }
    return Shape.of(Arrays.stream(order()).mapToLong(x::get).toArray());
  }

  private int[] order() {
    return IntStream.concat(IntStream.of(0), config.get(DIMS).stream().mapToInt(dim -> dim))
        .toArray();
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return scope.tf().linalg.transpose(x, scope.tf().constant(order()));
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public Schema<Permute> schema() {
    return SCHEMA;
  }
}
