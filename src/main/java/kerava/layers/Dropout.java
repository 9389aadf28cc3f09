package kerava.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Sets a random part of its input to 0 in training and scales up the rest, so that the sum is
 * expected to stay: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularization_layers/dropout/">Keras: Dropout</a>
 */
public record Dropout(Config config) implements UnaryLayer, PassesMask, SeedArgument<Dropout> {
  static final Key<Double> RATE =
      Key.required(
          "rate",
          Codec.number().where("a number from 0 up to, but not, 1", rate -> rate >= 0 && rate < 1));

  /** How the layer is written and read. */
  public static final Schema<Dropout> SCHEMA =
      Layer.schema("Dropout", Dropout::new, RATE, SEED, NoiseShape.KEY);

  /**
   * The layer.
   *
   * @param rate which part is set to 0
   * @throws IllegalArgumentException if it is not from 0 up to, but not, 1
   */
  public static Dropout of(double rate) {
    return new Dropout(SCHEMA.config().with(RATE, rate));
  }

  /**
   * The same layer that drops whole slices.
   *
   * @param sizes the shape of the pattern, batch first: 1 where one decision holds for all, -1 for
   *     the input's own size; that of the input by default
   */
  public Dropout noiseShape(int... sizes) {
    List<Optional<Integer>> shape =
        Arrays.stream(sizes)
            .mapToObj(size -> size == -1 ? Optional.<Integer>empty() : Optional.of(size))
            .toList();
    return new Dropout(config.with(NoiseShape.KEY, Optional.of(shape)));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return NoiseShape.checked(config, inputs);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return new DropoutMask(config.get(RATE), config.get(SEED))
        .build(scope, x, NoiseShape.of(config, x.shape()));
  }

  @Override
  public Schema<Dropout> schema() {
    return SCHEMA;
  }
}
