package kerava.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import kerava.DTypePolicy;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerJson;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.SnakeCase;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Several layers one after the other, as one: most often those that prepare and vary images.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/">Keras: preprocessing layers</a>
 */
public record Pipeline(Config config) implements UnaryLayer {
  private static final Key<List<Layer>> LAYERS =
      Key.required(
          "layers",
          Codec.list(LayerJson.CODEC).where("at least one layer", layers -> !layers.isEmpty()));

  /** How the layer is written and read: Keras' class takes no other arguments. */
  public static final Schema<Pipeline> SCHEMA =
      Schema.of("keras.layers", "Pipeline", Pipeline::new, LAYERS, NAME);

  /**
   * The layer.
   *
   * @param layers each takes what the one before it gives
   * @throws IllegalArgumentException if there is none
   */
  public static Pipeline of(Layer... layers) {
    return new Pipeline(SCHEMA.config().with(LAYERS, List.copyOf(Arrays.asList(layers))));
  }

  /** The layers, in their order. */
  public List<Layer> layers() {
    return config.get(LAYERS);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if one of the layers has weights
   */
  @Override
  public Shape outputShape(Inputs inputs) {
    Shape shape = inputs.single();
    for (Layer layer : layers()) {
      Inputs own = new Inputs(inputs.where() + ", " + layer.schema().className(), List.of(shape));
      if (!layer.weights(own).isEmpty()) {
        throw own.refuse("a layer without weights", "Does it belong beside the pipeline?");
      }
      shape = layer.outputShape(own);
    }
    return shape;
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> input) {
    Operand<TFloat32> value = input;
    List<String> names = names();
    for (int i = 0; i < names.size(); i++) {
      value = layers().get(i).build(scope.child(names.get(i)), List.of(value));
    }
    return value;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (Layer layer : layers()) {
      String name = layer.name().orElseGet(() -> SnakeCase.of(layer.schema().className()));
      names.add(names.contains(name) ? name + "_" + names.size() : name);
    }
    return names;
  }

  @Override
  public boolean rescales() {
    return layers().stream().anyMatch(Layer::rescales);
  }

  /** False, for each of the layers sees to it. */
  @Override
  public boolean autocast() {
    return false;
  }

  /** That of the last of the layers. */
  @Override
  public DTypePolicy policy() {
    return layers().get(layers().size() - 1).policy();
  }

  @Override
  public Pipeline withPolicy(DTypePolicy policy) {
    return each(layer -> layer.withPolicy(policy));
  }

  @Override
  public Pipeline frozen() {
    return each(Layer::frozen);
  }

  private Pipeline each(UnaryOperator<Layer> change) {
    return new Pipeline(config.with(LAYERS, layers().stream().map(change).toList()));
  }

  @Override
  public Schema<Pipeline> schema() {
    return SCHEMA;
  }
}
