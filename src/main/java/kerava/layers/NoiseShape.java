package kerava.layers;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.Inputs;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import org.tensorflow.ndarray.Shape;

/** Which values of a tensor are dropped together: Keras' {@code noise_shape}. */
final class NoiseShape {
  static final Key<Optional<List<Optional<Integer>>>> KEY =
      Key.optional("noise_shape", Codec.list(Codec.nullable(Codec.positive())));

  private NoiseShape() {}

  /** The input's shape, which must have the rank of the pattern. */
  static Shape checked(Config config, Inputs inputs) {
    Shape x = inputs.single();
    int rank = config.get(KEY).map(List::size).orElse(x.numDimensions());
    if (rank != x.numDimensions()) {
      throw inputs.refuse("input of the rank " + rank + " of its noise_shape", "");
    }
    return x;
  }

  /** The shape of the pattern for an input: the input's own sizes where none are given. */
  static Shape of(Config config, Shape x) {
    return config
        .get(KEY)
        .map(
            sizes ->
                Shape.of(
                    IntStream.range(0, sizes.size())
                        .mapToLong(i -> sizes.get(i).map(Integer::longValue).orElse(x.get(i)))
                        .toArray()))
        .orElse(x);
  }
}
