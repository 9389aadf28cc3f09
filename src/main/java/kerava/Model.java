package kerava;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import kerava.graph.Pass;
import kerava.graph.TensorValue;
import kerava.images.Preprocessing;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A network: an immutable, ordered list of named layers that can be built into a graph any number
 * of times. It holds no weights and no TensorFlow object.
 *
 * <p>{@link Sequential#of} and {@link #of} are two ways to write one.
 *
 * @see <a href="https://keras.io/api/models/model/">Keras: the Model class</a>
 */
public final class Model extends LayerGraph {
  /** How a model was written, which Keras keeps apart in its files. */
  public enum Kind {
    /** A chain of layers. */
    SEQUENTIAL("Sequential"),
    /** A graph of layers. */
    FUNCTIONAL("Functional");

    private final String className;

    Kind(String className) {
      this.className = className;
    }

    /** Keras' name for the class of such models. */
    public String className() {
      return className;
    }

    String defaultName() {
      return kerava.config.SnakeCase.of(className);
    }
  }

  private final Optional<Preprocessing> preprocessing;

  Model(Kind kind, List<NamedLayer> layers, Ends inputs, Ends outputs) {
    this(kind, kind.defaultName(), layers, inputs, outputs, Optional.empty());
  }

  private Model(
      Kind kind,
      String name,
      List<NamedLayer> layers,
      Ends inputs,
      Ends outputs,
      Optional<Preprocessing> preprocessing) {
    super(kind, name, layers, inputs, outputs);
    this.preprocessing = preprocessing;
  }

  /**
   * A functional model with one input and one output, named "functional".
   *
   * @throws IllegalArgumentException if the output does not follow from the input alone
   */
  public static Model of(Node input, Node output) {
    return of(List.of(input), List.of(output));
  }

  /**
   * A functional model, named "functional".
   *
   * @throws IllegalArgumentException if the outputs do not follow from the inputs
   */
  public static Model of(List<Node> inputs, List<Node> outputs) {
    return of(inputs, Structure.of(inputs.size()), outputs, Structure.of(outputs.size()));
  }

  /**
   * A functional model, named "functional", whose inputs and outputs have names, as Keras' models
   * of dicts have. An input that has no name of its own gets its key.
   *
   * <p>Their order is that of the sorted keys.
   *
   * @throws IllegalArgumentException if the outputs do not follow from the inputs
   */
  public static Model of(Map<String, Node> inputs, Map<String, Node> outputs) {
    return of(
        List.copyOf(Structure.sorted(inputs).values()),
        Structure.keyed(inputs.keySet()),
        List.copyOf(Structure.sorted(outputs).values()),
        Structure.keyed(outputs.keySet()));
  }

  /**
   * A functional model, named "functional", whose inputs and outputs are arranged in any way.
   *
   * @param inputs in the order of the arrangement's {@link Structure#paths}
   * @param outputs likewise
   * @throws IllegalArgumentException if the outputs do not follow from the inputs, or there are
   *     more or fewer of them than in the arrangement
   */
  public static Model of(
      List<Node> inputs, Structure inputStructure, List<Node> outputs, Structure outputStructure) {
    return ModelBuilder.build(
        Kind.FUNCTIONAL,
        new ModelBuilder.End(inputs, inputStructure),
        new ModelBuilder.End(outputs, outputStructure));
  }

  /** The same model under a name. */
  public Model named(String other) {
    return new Model(kind, other, layers, inputs, outputs, preprocessing);
  }

  /** The same model whose layers of the names that pass a test are left alone by training. */
  public Model frozen(Predicate<String> names) {
    return changed(names, Layer::frozen);
  }

  /**
   * The same model all of whose layers compute in the number type of a policy, as models do in
   * Keras that are made after {@code keras.config.set_dtype_policy}.
   */
  public Model withPolicy(DTypePolicy policy) {
    return withPolicy(policy, layer -> true);
  }

  /** The same model whose layers of the names that pass a test have a policy. */
  public Model withPolicy(DTypePolicy policy, Predicate<String> names) {
    return changed(names, layer -> layer.withPolicy(policy));
  }

  private Model changed(Predicate<String> names, UnaryOperator<Layer> change) {
    return new Model(kind, name, changedLayers(names, change), inputs, outputs, preprocessing);
  }

  /**
   * The same model that expects images in another way.
   *
   * @throws IllegalArgumentException if the model cannot take such images
   */
  public Model withPreprocessing(Preprocessing other) {
    Preprocessing fitted = ExpectedImages.fitted(this, other);
    return new Model(kind, name, layers, inputs, outputs, Optional.of(fitted));
  }

  /**
   * How image files and pixels become what the first layer gets: as {@link #withPreprocessing}
   * said, else stretched bilinearly to the size of the input and divided by 255, or left from 0 to
   * 255 where a layer in front of the first weights scales them itself, as {@code Rescaling} does,
   * or where there are several inputs.
   */
  public Preprocessing preprocessing() {
    return preprocessing.orElseGet(() -> ExpectedImages.found(this));
  }

  /** Whether {@link #withPreprocessing} said how; else it follows from the layers. */
  public boolean saysPreprocessing() {
    return preprocessing.isPresent();
  }

  /** Whether the one input takes images of one, three or four channels. */
  public boolean takesImages() {
    return ExpectedImages.image(this).isPresent();
  }

  /** Keras' table of the layers, their output shapes and their parameters. */
  public String summary() {
    return Summary.of(this);
  }

  /**
   * Adds the model's operations to a graph, and makes the weights that are not there yet.
   *
   * @param pass the computation
   * @param input the model's only input, of shape {@link #inputShape}
   * @return the output, of shape {@link #outputShape}
   */
  public Operand<TFloat32> build(Pass pass, Operand<TFloat32> input) {
    return build(pass, List.of(input)).get(0);
  }

  /**
   * Adds the model's operations to a graph, and makes the weights that are not there yet.
   *
   * @param pass the computation
   * @param inputs one operand an input
   * @return one operand an output, as float32
   */
  public List<Operand<TFloat32>> build(Pass pass, List<Operand<TFloat32>> inputs) {
    return call(pass, inputs.stream().map(TensorValue::of).toList()).stream()
        .map(output -> Precision.floats(pass.tf(), output, TFloat32.class))
        .toList();
  }

  /**
   * Adds the model's operations to a graph, and makes the weights that are not there yet.
   *
   * @param pass the computation
   * @param inputs one value an input; whole numbers, truths and texts where {@link #inputSpecs}
   *     says so, or floats in their place, of which fractions are cut off
   * @return one value an output, of the types that {@link #outputSpecs} says, with its mask
   */
  public List<TensorValue> call(Pass pass, List<TensorValue> inputs) {
    for (WeightSpec spec : weights()) {
      pass.define(spec.name(), spec.shape(), spec.initializer());
    }
    return new Forward(this, pass::scope, inputs).outputs();
  }

  /** Puts the whole model, as one layer, behind nodes of another model. */
  public Node apply(Node... inputs) {
    return ModelLayer.of(this).apply(inputs);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Model that
        && sameGraph(that)
        && preprocessing().equals(that.preprocessing());
  }

  @Override
  public int hashCode() {
    return layers.hashCode();
  }

  @Override
  public String toString() {
    return kind.className() + " \"" + name + "\" of " + layers.size() + " layers";
  }
}
