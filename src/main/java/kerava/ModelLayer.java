package kerava;

import java.util.List;
import java.util.Optional;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Casts;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * A whole model as one layer of another; it must have one output.
 *
 * @see <a href="https://keras.io/guides/functional_api/">Keras: nested models</a>
 */
public final class ModelLayer implements Layer {
  private final Model model;
  private final Config config;

  private ModelLayer(Model model, Config config) {
    this.model = model.named(config.get(NAME).orElse(model.name()));
    this.config = config;
  }

  /**
   * A model as a layer, under the model's name.
   *
   * @throws IllegalStateException if the model has several outputs
   */
  public static ModelLayer of(Model model) {
    model.outputShape();
    Config config = Config.of(model.kind().className());
    return new ModelLayer(model, config.with(NAME, Optional.of(model.name())));
  }

  /** The model. */
  public Model model() {
    return model;
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    if (!fits(inputs.shapes())) {
      throw inputs.refuse("input of " + model.inputShapes(), "");
    }
    return model.outputShape();
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
  public Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs) {
    return Casts.to(scope.tf(), call(scope, inputs), TFloat32.class);
  }

  /** As {@link #build}, in the number types of the layers of the model. */
  Operand<? extends TFloating> call(
      Scope scope, List<? extends Operand<? extends TFloating>> inputs) {
    return new Forward(model, scope::child, inputs).outputs().get(0);
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
