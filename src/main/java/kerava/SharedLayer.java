package kerava;

import java.util.Arrays;
import kerava.config.CallArguments;

/**
 * A layer that a functional model calls in several places, with one set of weights.
 *
 * <p>Layers are values, so that calling one twice makes two layers; sharing is said in words:
 *
 * <pre>{@code
 * SharedLayer tower = SharedLayer.of(Dense.of(64));
 * Node both = Concatenate.of().apply(tower.apply(left), tower.apply(right));
 * }</pre>
 */
public final class SharedLayer {
  private final Layer layer;

  private SharedLayer(Layer layer) {
    this.layer = layer;
  }

  /** Makes one layer out of all calls of the result. */
  public static SharedLayer of(Layer layer) {
    return new SharedLayer(layer);
  }

  /**
   * Calls the layer.
   *
   * @return the only output, or the first; see {@link Node#output}
   * @throws IllegalArgumentException if the layer cannot take the shapes of the inputs
   */
  public Node apply(Node... inputs) {
    return apply(layer.arguments(inputs.length), inputs);
  }

  /**
   * Calls the layer with arguments by name.
   *
   * @param inputs the tensors that the arguments name by their numbers
   * @return the only output, or the first; see {@link Node#output}
   * @throws IllegalArgumentException if the layer cannot take such inputs, or has no such argument
   */
  public Node apply(CallArguments arguments, Node... inputs) {
    return Node.shared(this, layer, arguments, Arrays.asList(inputs));
  }
}
