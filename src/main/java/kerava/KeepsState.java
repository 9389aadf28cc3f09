package kerava;

/**
 * A layer that may go on with each batch from where the batch before ended. Its states are no
 * weights: they are zeros when a trainer or a predictor is made, and in no file.
 *
 * @see <a href="https://keras.io/guides/working_with_rnns/#crossbatch-statefulness">Keras:
 *     cross-batch statefulness</a>
 */
public interface KeepsState extends TensorLayer {
  /** Whether it does. */
  boolean stateful();

  /** Whether a model has a layer that does, at whatever depth. */
  static boolean in(LayerGraph model) {
    return model.layersWithInputs().stream()
        .anyMatch(named -> !named.isInput() && in(named.layer(), named.inputs()));
  }

  private static boolean in(Layer layer, Inputs inputs) {
    if (layer instanceof KeepsState own && own.stateful()) {
      return true;
    }
    if (layer instanceof ModelLayer model) {
      return in(model.model());
    }
    return layer.inner(inputs).stream().anyMatch(inner -> in(inner.layer(), inner.inputs()));
  }
}
