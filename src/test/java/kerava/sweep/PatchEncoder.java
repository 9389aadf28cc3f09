package kerava.sweep;

import java.util.List;
import kerava.InnerLayer;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.UnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.initializers.RandomUniform;
import kerava.layers.Dense;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The class {@code PatchEncoder} of {@code tools/sweep/examples/own.py}, which holds two layers:
 * what each square holds, and where it lies; (batch, squares, numbers) → (batch, squares, units).
 */
record PatchEncoder(Config config) implements UnaryLayer {
  private static final Key<Integer> SQUARES = Key.required("num_patches", Codec.positive());
  private static final Key<Integer> UNITS = Key.required("projection_dim", Codec.positive());
  static final Schema<PatchEncoder> SCHEMA =
      Schema.of("page", "PatchEncoder", PatchEncoder::new, SQUARES, UNITS)
          .withFirst(List.of(Layer.NAME, Layer.TRAINABLE));

  /** Adds a row of a table to each square. */
  private record Places(Config config) implements UnaryLayer {
    static final Schema<Places> SCHEMA =
        Schema.of("page", "Places", Places::new).withFirst(List.of(Layer.NAME, Layer.TRAINABLE));

    @Override
    public Shape outputShape(Inputs inputs) {
      return inputs.single();
    }

    @Override
    public List<WeightSpec> weights(Inputs inputs) {
      Shape table = inputs.single().subShape(1, 3);
      return List.of(WeightSpec.trained("embeddings", table, RandomUniform.of()));
    }

    @Override
    public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
      return scope.tf().math.add(x, scope.weight("embeddings"));
    }

    @Override
    public Schema<Places> schema() {
      return SCHEMA;
    }
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape shape = inputs.single();
    return Shape.of(shape.get(0), config.get(SQUARES), config.get(UNITS));
  }

  @Override
  public List<InnerLayer> inner(Inputs inputs) {
    Inputs projected = new Inputs(inputs.where(), List.of(outputShape(inputs)));
    Layer places = new Places(Places.SCHEMA.config());
    return List.of(
        new InnerLayer("projection", "projection", Dense.of(config.get(UNITS)), inputs),
        new InnerLayer("position_embedding", "position_embedding", places, projected));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Operand<TFloat32> value = x;
    for (InnerLayer layer : inner(new Inputs("PatchEncoder", List.of(x.shape())))) {
      LayerCall call = LayerCall.of(layer.name(), value);
      value = layer.call(scope, call).get(0).as(TFloat32.class);
    }
    return value;
  }

  @Override
  public Schema<PatchEncoder> schema() {
    return SCHEMA;
  }
}
