package kerava;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Configured;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * One layer of a model, as an immutable value: its arguments, the shape it gives, the weights it
 * needs, and how to add its operations to a graph. It holds no TensorFlow object.
 *
 * <p>A layer of your own is a class with a {@link Schema}; see {@code docs/architecture.md}.
 *
 * @see <a href="https://keras.io/api/layers/base_layer/">Keras: the base Layer class</a>
 */
public interface Layer extends Configured {
  /** The key of a layer's own name; without one, its model gives it a name. */
  Key<Optional<String>> NAME =
      Key.optional(
          "name", Codec.text().where("a name without \"/\"", text -> text.matches("[^/]+")));

  /** The key of whether training changes the layer's weights. */
  Key<Boolean> TRAINABLE = Key.of("trainable", Codec.bool(), true);

  /** The key of the number type that the layer computes in; written where it is not float32. */
  Key<DTypePolicy> DTYPE = Key.of("dtype", DTypePolicy.CODEC, DTypePolicy.FLOAT32).quiet();

  /**
   * The schema of a layer: its own keys and those that every layer has.
   *
   * @param className the name that Keras gives the class
   * @param constructor makes a layer from a config
   * @param keys the keys of the class
   */
  static <L extends Layer> Schema<L> schema(
      String className, Function<Config, L> constructor, Key<?>... keys) {
    return schema("keras.layers", className, constructor, keys);
  }

  /**
   * The schema of a layer that Keras has in another place.
   *
   * @param module the Python package that Keras finds the class in
   * @param className the name that Keras gives the class
   * @param constructor makes a layer from a config
   * @param keys the keys of the class
   */
  static <L extends Layer> Schema<L> schema(
      String module, String className, Function<Config, L> constructor, Key<?>... keys) {
    return Schema.of(module, className, constructor, keys)
        .withFirst(List.of(NAME, TRAINABLE, DTYPE));
  }

  @Override
  Schema<? extends Layer> schema();

  /**
   * The shape of the output.
   *
   * @param inputs the shapes of the inputs, batch dimension first
   * @return batch dimension first; -1 where a dimension is not known
   * @throws IllegalArgumentException if the layer cannot take these shapes
   */
  Shape outputShape(Inputs inputs);

  /**
   * The types and shapes of all outputs: of one, of the type that the layer computes in, but for a
   * {@link TensorLayer}, which may have several.
   *
   * @param inputs the types and shapes of the inputs, batch dimension first
   * @throws IllegalArgumentException if the layer cannot take these
   */
  default List<TensorSpec> outputs(Inputs inputs) {
    return List.of(new TensorSpec(outputShape(inputs), Precision.outputType(this, inputs)));
  }

  /**
   * The weights of the layer for inputs of these shapes, in Keras' order; those of the layers
   * within it by default.
   *
   * @throws IllegalArgumentException if the layer cannot take these shapes
   */
  default List<WeightSpec> weights(Inputs inputs) {
    return inner(inputs).stream().flatMap(layer -> layer.weights().stream()).toList();
  }

  /**
   * The layers within this one that have weights, each with what it is called with; none by
   * default.
   *
   * @throws IllegalArgumentException if the layer cannot take these shapes
   */
  default List<InnerLayer> inner(Inputs inputs) {
    return List.of();
  }

  /**
   * Adds the layer's operations to a graph.
   *
   * @param scope where, the values of the weights, and the masks of the inputs
   * @param inputs one operand an input, of shapes that {@link #outputShape} accepted
   * @return the output
   */
  Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs);

  /**
   * Adds the layer's operations to a graph, in full: it casts the inputs to the number type of the
   * layer's policy, {@link #build builds}, and gives the output its mask.
   *
   * @param scope where, and the values of the weights
   * @param call the inputs, of types and shapes that {@link #outputs} accepted
   * @return one value an output
   */
  default List<TensorValue> call(Scope scope, LayerCall call) {
    return Precision.call(this, scope, call);
  }

  /**
   * The mask of the output: by default the one that the call is given, else that of the first
   * input, where the layer {@link #supportsMasking supports masking}, else none.
   *
   * @param scope where
   * @param call the inputs with their masks
   * @see <a href="https://keras.io/guides/understanding_masking_and_padding/">Keras: masking</a>
   */
  default Optional<Operand<TBool>> outputMask(Scope scope, LayerCall call) {
    if (!supportsMasking() || call.values().isEmpty()) {
      return Optional.empty();
    }
    Optional<Operand<TBool>> own = call.values().get(0).mask();
    return arguments().contains("mask") ? call.mask().or(() -> own) : own;
  }

  /**
   * Whether the mask of the input is that of the output too; false by default, so that the layers
   * behind see none.
   */
  default boolean supportsMasking() {
    return false;
  }

  /** The names of what the layer can be called with, in Keras' order; {@code inputs} by default. */
  default List<String> arguments() {
    return List.of(CallArguments.INPUTS);
  }

  /**
   * Which arguments the nodes are that the layer is {@link #apply applied} to: by default the first
   * one, in a list where there are several.
   *
   * @param nodes how many there are
   */
  default CallArguments arguments(int nodes) {
    return CallArguments.of(arguments().get(0), nodes);
  }

  /**
   * The name of the class in Python's source, after which layers and their places in weights files
   * are called; almost always that of its {@link #schema}.
   */
  default String pythonClass() {
    return schema().className();
  }

  /** The name that the user gave the layer. */
  default Optional<String> name() {
    return config().get(NAME);
  }

  /** Whether training changes the layer's weights; true unless it is {@link #frozen}. */
  default boolean trainable() {
    return config().get(TRAINABLE);
  }

  /**
   * The same layer under a name.
   *
   * @throws IllegalArgumentException if the name is empty or has a "/"
   */
  default Layer named(String name) {
    return schema().create(config().with(NAME, Optional.of(name)));
  }

  /** The same layer, left alone by training. */
  default Layer frozen() {
    return schema().create(config().with(TRAINABLE, false));
  }

  /** In which number type the layer computes; {@link DTypePolicy#FLOAT32} by default. */
  default DTypePolicy policy() {
    return config().get(DTYPE);
  }

  /** The same layer, computing in the number type of a policy. */
  default Layer withPolicy(DTypePolicy policy) {
    return schema().create(config().with(DTYPE, policy));
  }

  /**
   * Whether inputs are rounded to the number type of the policy before the layer sees them; true
   * but for layers that Keras spares that.
   */
  default boolean autocast() {
    return true;
  }

  /**
   * Whether the layer brings its input into another range by fixed arithmetic, as Rescaling and
   * Normalization do; false by default.
   */
  default boolean rescales() {
    return false;
  }

  /**
   * Puts the layer behind others in a functional model; each call is a layer of its own.
   *
   * @return the only output, or the first; see {@link Node#output}
   * @throws IllegalArgumentException if the layer cannot take the shapes of the inputs
   */
  default Node apply(Node... inputs) {
    return Node.of(this, arguments(inputs.length), Arrays.asList(inputs));
  }

  /**
   * Puts the layer behind others in a functional model, with arguments by name: {@code
   * CallArguments.each(List.of("query", "value")).with("use_causal_mask", true)}.
   *
   * @param inputs the tensors that the arguments name by their numbers
   * @return the only output, or the first; see {@link Node#output}
   * @throws IllegalArgumentException if the layer cannot take such inputs, or has no such argument
   */
  default Node apply(CallArguments arguments, Node... inputs) {
    return Node.of(this, arguments, Arrays.asList(inputs));
  }
}
