package kerava.layers.recurrent;

import static kerava.layers.recurrent.RecurrentArguments.GO_BACKWARDS;
import static kerava.layers.recurrent.RecurrentArguments.RETURN_SEQUENCES;
import static kerava.layers.recurrent.RecurrentArguments.RETURN_STATE;
import static kerava.layers.recurrent.RecurrentArguments.ZERO_OUTPUT_FOR_MASK;
import static kerava.layers.recurrent.RecurrentLayer.INITIAL_STATE;
import static kerava.layers.recurrent.RecurrentLayer.SEQUENCES;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.DTypePolicy;
import kerava.InnerLayer;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.SnakeCase;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Goes through a sequence in both directions, by a recurrent layer for each (Schuster, Paliwal
 * 1997): (batch, steps, features) → (batch, 2 units), or (batch, steps, 2 units) where the outputs
 * of all steps are wanted.
 *
 * <p>Its weights are those of both layers. It may be given the first states of the forward layer
 * and of the backward one as further inputs. Where outputs of all steps are wanted, those at steps
 * that the mask leaves out are 0.
 *
 * <p>By default the backward layer is like the forward one, and their outputs stand beside each
 * other.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/recurrent_layers/bidirectional/">Keras:
 *     Bidirectional</a>
 */
public record Bidirectional(Config config) implements TensorLayer {
  private static final Key<Optional<MergeMode>> MERGE_MODE =
      Key.of(
          "merge_mode",
          Codec.nullable(Codec.choice(MergeMode.class)),
          Optional.of(MergeMode.CONCAT));
  private static final Key<Layer> LAYER = Key.required("layer", recurrent());
  private static final Key<Optional<Layer>> BACKWARD_LAYER =
      Key.optional("backward_layer", recurrent());

  /** How the layer is written and read. */
  public static final Schema<Bidirectional> SCHEMA =
      Layer.schema("Bidirectional", Bidirectional::new, MERGE_MODE, LAYER, BACKWARD_LAYER);

  private static Codec<Layer> recurrent() {
    return Codec.object(Layer.class)
        .where("a recurrent layer", layer -> layer instanceof RecurrentLayer<?>);
  }

  /** Gives the layers the names that Keras gives them, and checks that they go together. */
  public Bidirectional {
    Layer layer = config.get(LAYER);
    Layer forward = renamed(layer, "forward_");
    Layer backward = config.get(BACKWARD_LAYER).orElseGet(() -> turned(layer));
    backward = zeroing(backward).named(name(backward));
    config = config.with(LAYER, forward).with(BACKWARD_LAYER, Optional.of(backward));
    for (Key<Boolean> key : List.of(RETURN_SEQUENCES, RETURN_STATE)) {
      if (!forward.config().get(key).equals(backward.config().get(key))) {
        throw new IllegalArgumentException(
            "Bidirectional: expected layers of one " + key + ", got two.");
      }
    }
    if (forward.config().get(GO_BACKWARDS).equals(backward.config().get(GO_BACKWARDS))) {
      throw new IllegalArgumentException(
          "Bidirectional: expected layers of opposite go_backwards, got the same.");
    }
  }

  private static String name(Layer layer) {
    return layer.name().orElseGet(() -> SnakeCase.of(layer.schema().className()));
  }

  private static Layer renamed(Layer layer, String prefix) {
    String name = name(layer);
    return zeroing(layer).named(name.startsWith(prefix) ? name : prefix + name);
  }

  /** The backward layer that goes with a layer. */
  private static Layer turned(Layer layer) {
    Config config = layer.config().with(GO_BACKWARDS, true);
    return renamed(layer.schema().create(config), "backward_");
  }

  /** Outputs of all steps are 0 where the mask leaves steps out. */
  private static Layer zeroing(Layer layer) {
    boolean all = layer.config().get(RETURN_SEQUENCES);
    return layer.schema().create(layer.config().with(ZERO_OUTPUT_FOR_MASK, all));
  }

  /**
   * The layer in both directions.
   *
   * @param layer the forward layer: an {@link LSTM}, {@link GRU}, {@link SimpleRNN}, {@link RNN} or
   *     ConvLSTM
   * @throws IllegalArgumentException if it is another
   */
  public static Bidirectional of(Layer layer) {
    return new Bidirectional(SCHEMA.config().with(LAYER, layer));
  }

  /**
   * Two layers, for one direction each.
   *
   * @param backward goes backwards where the forward one does not
   * @throws IllegalArgumentException if the layers do not go together
   */
  public static Bidirectional of(Layer forward, Layer backward) {
    Config config = SCHEMA.config().with(LAYER, forward);
    return new Bidirectional(config.with(BACKWARD_LAYER, Optional.of(backward)));
  }

  /** The same layer that makes one output of two in another way; beside each other by default. */
  public Bidirectional mergeMode(MergeMode mode) {
    return new Bidirectional(config.with(MERGE_MODE, Optional.of(mode)));
  }

  /** The same layer that gives the outputs of both directions apart. */
  public Bidirectional unmerged() {
    return new Bidirectional(config.with(MERGE_MODE, Optional.empty()));
  }

  @Override
  public Bidirectional withPolicy(DTypePolicy policy) {
    return new Bidirectional(
        config
            .with(DTYPE, policy)
            .with(LAYER, config.get(LAYER).withPolicy(policy))
            .with(BACKWARD_LAYER, config.get(BACKWARD_LAYER).map(own -> own.withPolicy(policy))));
  }

  @Override
  public List<String> arguments() {
    return List.of(SEQUENCES, INITIAL_STATE, "mask");
  }

  @Override
  public CallArguments arguments(int nodes) {
    return RecurrentLayer.called(nodes);
  }

  @Override
  public List<InnerLayer> inner(Inputs inputs) {
    return List.of(
        inner(inputs, "forward_layer", config.get(LAYER)),
        inner(inputs, "backward_layer", config.get(BACKWARD_LAYER).orElseThrow()));
  }

  private static InnerLayer inner(Inputs inputs, String attribute, Layer layer) {
    TensorSpec sequence = inputs.tensors().get(0);
    Inputs own = new Inputs(inputs.where(), List.of(sequence), CallArguments.of(SEQUENCES, 1));
    return new InnerLayer(attribute, name(layer), layer, own);
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    List<InnerLayer> both = inner(inputs);
    List<TensorSpec> forward = both.get(0).layer().outputs(both.get(0).inputs());
    List<TensorSpec> backward = both.get(1).layer().outputs(both.get(1).inputs());
    int given = inputs.tensors(INITIAL_STATE).size();
    if (given % 2 != 0) {
      throw inputs.refuse("as many initial states forward as backward", "");
    }
    List<TensorSpec> all = new ArrayList<>();
    DType type = DType.of(policy().computeType());
    MergeMode.shapes(config.get(MERGE_MODE), forward.get(0).shape(), backward.get(0).shape())
        .forEach(shape -> all.add(new TensorSpec(shape, type)));
    all.addAll(forward.subList(1, forward.size()));
    all.addAll(backward.subList(1, backward.size()));
    return List.copyOf(all);
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    Ops tf = scope.tf();
    List<TensorValue> states = call.values(INITIAL_STATE);
    int half = states.size() / 2;
    List<InnerLayer> both = inner(call.inputs());
    List<TensorValue> forward = through(scope, call, both.get(0), states.subList(0, half));
    List<TensorValue> backward =
        through(scope, call, both.get(1), states.subList(half, states.size()));
    Operand<TFloat32> y = Floats.of(tf, forward.get(0), policy());
    Operand<TFloat32> reversed = Floats.of(tf, backward.get(0), policy());
    boolean all = config.get(LAYER).config().get(RETURN_SEQUENCES);
    if (all) {
      reversed = tf.reverse(reversed, tf.constant(new int[] {1}));
    }
    Optional<Operand<TBool>> mask = all ? outputMask(scope, call) : Optional.empty();
    List<TensorValue> results = new ArrayList<>();
    for (Operand<TFloat32> output :
        MergeMode.merged(config.get(MERGE_MODE), tf, List.of(y, reversed))) {
      results.add(Floats.given(tf, output, policy()).masked(mask));
    }
    results.addAll(forward.subList(1, forward.size()));
    results.addAll(backward.subList(1, backward.size()));
    return List.copyOf(results);
  }

  /** What one of the layers gives. */
  private static List<TensorValue> through(
      Scope scope, LayerCall call, InnerLayer layer, List<TensorValue> states) {
    List<TensorValue> values = new ArrayList<>(List.of(call.values().get(0)));
    values.set(0, values.get(0).masked(Optional.empty()));
    values.addAll(states);
    CallArguments arguments = RecurrentLayer.called(values.size());
    if (call.mask().isPresent()) {
      arguments = arguments.with("mask", CallArguments.tensor(values.size()));
      values.add(TensorValue.of(call.mask().get()));
    }
    List<TensorSpec> specs = new ArrayList<>();
    for (TensorValue value : values) {
      specs.add(new TensorSpec(value.operand().shape(), DType.of(value.operand().type())));
    }
    specs.set(0, call.inputs().tensors().get(0));
    Inputs inputs = new Inputs(call.inputs().where(), specs, arguments);
    return layer.call(scope, new LayerCall(inputs, values));
  }

  @Override
  public boolean supportsMasking() {
    return true;
  }

  @Override
  public Schema<Bidirectional> schema() {
    return SCHEMA;
  }
}
