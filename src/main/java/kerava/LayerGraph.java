package kerava;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import kerava.config.Nearest;
import kerava.config.Visible;
import kerava.graph.TensorSpec;
import org.tensorflow.ndarray.Shape;

/** The layers of a model, how they are connected, and what follows from that. */
abstract sealed class LayerGraph permits Model {
  final Model.Kind kind;
  final String name;
  final List<NamedLayer> layers;
  final Ends inputs;
  final Ends outputs;

  LayerGraph(Model.Kind kind, String name, List<NamedLayer> layers, Ends inputs, Ends outputs) {
    this.kind = kind;
    this.name = name;
    this.layers = layers;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** Where data enters and leaves. */
  record Ends(List<NamedLayer.Origin> origins, Structure structure) {}

  /** The policies of the layers, those of models among them included. */
  public final Set<DTypePolicy> policies() {
    Set<DTypePolicy> policies = EnumSet.noneOf(DTypePolicy.class);
    for (NamedLayer named : layers) {
      if (named.layer() instanceof ModelLayer inner) {
        policies.addAll(inner.model().policies());
      } else if (named.layer().schema().keys().contains(Layer.DTYPE)) {
        policies.add(named.layer().policy());
      }
    }
    return policies;
  }

  /** How the model was written. */
  public final Model.Kind kind() {
    return kind;
  }

  /** The name of the model. */
  public final String name() {
    return name;
  }

  /** All layers in Keras' order, inputs among them. */
  public final List<NamedLayer> layersWithInputs() {
    return layers;
  }

  /** Keras' {@code model.layers}: all layers, without the input if the model is sequential. */
  public final List<NamedLayer> layers() {
    return kind == Model.Kind.FUNCTIONAL
        ? layers
        : layers.stream().filter(named -> !named.isInput()).toList();
  }

  /**
   * The layer of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public final NamedLayer layer(String wanted) {
    return layers.stream()
        .filter(named -> named.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Visible.of(
                        "Model \""
                            + name
                            + "\": expected "
                            + Nearest.oneOf(wanted, layers.stream().map(NamedLayer::name).toList())
                            + ", got \""
                            + wanted
                            + "\".")));
  }

  /** Where data enters, in the order of the model's inputs. */
  public final List<NamedLayer.Origin> inputs() {
    return inputs.origins();
  }

  /** Which calls give the model's outputs. */
  public final List<NamedLayer.Origin> outputs() {
    return outputs.origins();
  }

  /**
   * The names of the inputs, in the order of {@link #inputs}: those of the layers they enter at.
   */
  public final List<String> inputNames() {
    return inputs().stream().map(NamedLayer.Origin::layer).toList();
  }

  /**
   * The names of the outputs, in the order of {@link #outputs}: their keys, or "output_0",
   * "output_1" where they have none, as in the SavedModels of Keras.
   */
  public final List<String> outputNames() {
    return outputs.structure().names("output");
  }

  /**
   * The names by which outputs are trained, in the order of {@link #outputs}: their keys, or, where
   * they have none, those of the layers that give them, as in Keras' {@code compile}.
   */
  public final List<String> targetNames() {
    return outputs.structure().hasKeys()
        ? outputNames()
        : outputs().stream().map(NamedLayer.Origin::layer).toList();
  }

  /** How the inputs are arranged. */
  public final Structure inputStructure() {
    return inputs.structure();
  }

  /** How the outputs are arranged. */
  public final Structure outputStructure() {
    return outputs.structure();
  }

  /**
   * The shape of the only input, batch dimension first.
   *
   * @throws IllegalStateException if the model has several inputs
   */
  public final Shape inputShape() {
    return only("input", inputShapes());
  }

  /**
   * The shape of the only output, batch dimension first.
   *
   * @throws IllegalStateException if the model has several outputs
   */
  public final Shape outputShape() {
    return only("output", outputShapes());
  }

  /** The shapes of the inputs, batch dimension first. */
  public final List<Shape> inputShapes() {
    return inputs().stream().map(this::shape).toList();
  }

  /** The shapes of the outputs, batch dimension first. */
  public final List<Shape> outputShapes() {
    return outputs().stream().map(this::shape).toList();
  }

  /** The types and shapes of the inputs, batch dimension first. */
  public final List<TensorSpec> inputSpecs() {
    return inputs().stream().map(this::spec).toList();
  }

  /** The types and shapes of the outputs, batch dimension first. */
  public final List<TensorSpec> outputSpecs() {
    return outputs().stream().map(this::spec).toList();
  }

  private Shape shape(NamedLayer.Origin origin) {
    return spec(origin).shape();
  }

  private TensorSpec spec(NamedLayer.Origin origin) {
    return layer(origin.layer()).calls().get(origin.call()).outputSpecs().get(origin.output());
  }

  private Shape only(String what, List<Shape> shapes) {
    if (shapes.size() != 1) {
      throw new IllegalStateException(
          Visible.of(
              "Model \"" + name + "\": expected one " + what + ", got " + shapes.size() + "."));
    }
    return shapes.get(0);
  }

  /** All weights in Keras' order, named {@code layer/weight}. */
  public final List<WeightSpec> weights() {
    return layers.stream().flatMap(named -> named.weights().stream()).toList();
  }

  /** The weights that training changes, in Keras' order. */
  public final List<WeightSpec> trainableWeights() {
    return weights().stream().filter(WeightSpec::trainable).toList();
  }

  /** How many numbers all weights hold. */
  public final long parameterCount() {
    return weights().stream().mapToLong(spec -> spec.shape().size()).sum();
  }

  final boolean sameGraph(LayerGraph that) {
    return kind == that.kind
        && name.equals(that.name)
        && layers.equals(that.layers)
        && inputs.equals(that.inputs)
        && outputs.equals(that.outputs);
  }

  /** The layers, of which some are changed; inputs never are. */
  final List<NamedLayer> changedLayers(Predicate<String> names, UnaryOperator<Layer> change) {
    return layers.stream()
        .map(
            named ->
                names.test(named.name()) && !named.isInput()
                    ? new NamedLayer(named.name(), change.apply(named.layer()), named.calls())
                    : named)
        .toList();
  }
}
