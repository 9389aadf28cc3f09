package kerava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kerava.config.CallArguments;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;

/**
 * A whole model as one layer of another.
 *
 * @see <a href="https://keras.io/guides/functional_api/">Keras: nested models</a>
 */
public final class ModelLayer implements TensorLayer {
  private final Model model;
  private final Config config;

  private ModelLayer(Model model, Config config) {
    this.model = model.named(config.get(NAME).orElse(model.name()));
    this.config = config;
  }

  /** A model as a layer, under the model's name. */
  public static ModelLayer of(Model model) {
    Config config = Config.of(model.kind().className());
    return new ModelLayer(model, config.with(NAME, Optional.of(model.name())));
  }

  /** The model. */
  public Model model() {
    return model;
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    Inputs own = inputs.first();
    if (!fits(own.shapes())) {
      throw own.refuse("input of " + model.inputShapes(), "");
    }
    return model.outputSpecs();
  }

  private boolean fits(List<Shape> shapes) {
    List<Shape> wanted = model.inputShapes();
    if (shapes.size() != wanted.size()) {
      return false;
    }
    for (int i = 0; i < shapes.size(); i++) {
      if (!shapes.get(i).isCompatibleWith(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    return model.weights();
  }

  @Override
  public List<String> arguments() {
    return List.of(CallArguments.INPUTS, "training", "mask");
  }

  @Override
  public CallArguments arguments(int nodes) {
    if (!(model.inputStructure() instanceof Structure.Keyed keyed)) {
      return TensorLayer.super.arguments(nodes);
    }
    ObjectNode inputs = JsonNodeFactory.instance.objectNode();
    keyed.items().keySet().forEach(key -> inputs.set(key, CallArguments.tensor(inputs.size())));
    return CallArguments.none().with(CallArguments.INPUTS, inputs);
  }

  /** As the layers of the model do, in their number types. */
  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    List<Integer> tensors = call.arguments().tensors(CallArguments.INPUTS);
    List<TensorValue> inputs = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      inputs.add(
          new TensorValue(
              call.values().get(tensors.get(i)).operand(), mask(call, i), Optional.empty()));
    }
    return new Forward(model, scope::child, inputs).outputs();
  }

  /** The mask of one of the inputs: that of the call if it has masks, else its own. */
  private static Optional<Operand<TBool>> mask(LayerCall call, int input) {
    JsonNode given = call.arguments().get("mask");
    JsonNode own = given.isArray() ? given.path(input) : given;
    OptionalInt tensor = CallArguments.tensor(own);
    if (tensor.isPresent()) {
      return Optional.of(call.values().get(tensor.getAsInt()).as(TBool.class));
    }
    return call.values(CallArguments.INPUTS).size() == 1
        ? call.mask()
        : call.values(CallArguments.INPUTS).get(input).mask();
  }

  @Override
  public ModelLayer withPolicy(DTypePolicy policy) {
    return new ModelLayer(model.withPolicy(policy), config);
  }

  @Override
  public Schema<ModelLayer> schema() {
    return Schema.of(
        "keras",
        model.kind().className(),
        changed -> new ModelLayer(model, changed),
        NAME,
        TRAINABLE);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelLayer that
        && model.equals(that.model)
        && config.equals(that.config);
  }

  @Override
  public int hashCode() {
    return model.hashCode();
  }

  @Override
  public String toString() {
    return model.toString();
  }
}
