package kerava;

import java.util.Arrays;
import java.util.List;
import kerava.config.Visible;

/**
 * Makes models that are one chain of layers.
 *
 * @see <a href="https://keras.io/guides/sequential_model/">Keras: the Sequential model</a>
 */
public final class Sequential {
  private Sequential() {}

  /**
   * A chain of layers, named "sequential".
   *
   * @param input where data enters, from {@link Input#of}
   * @param layers the layers in order; one that stands twice is two layers
   * @throws IllegalArgumentException if there is no layer, or one cannot take what the one before
   *     it gives
   */
  public static Model of(Node input, Layer... layers) {
    return of(input, Arrays.asList(layers));
  }

  /**
   * A chain of layers, named "sequential".
   *
   * @param input where data enters, from {@link Input#of}
   * @param layers the layers in order; one that stands twice is two layers
   * @throws IllegalArgumentException if there is no layer, or one cannot take what the one before
   *     it gives
   */
  public static Model of(Node input, List<Layer> layers) {
    if (!(input.layer() instanceof Input)) {
      throw new IllegalArgumentException(
          Visible.of(
              "Sequential: expected an input from Input.of, got "
                  + input
                  + ". Is it the output of a layer?"));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("Sequential: expected at least one layer, got none.");
    }
    LayerNames names = new LayerNames(layers);
    Node node = input;
    for (Layer layer : layers) {
      node = Node.called(names.next(layer), layer, List.of(node));
    }
    return ModelBuilder.build(
        Model.Kind.SEQUENTIAL,
        new ModelBuilder.End(List.of(input), Structure.of(1)),
        new ModelBuilder.End(List.of(node), Structure.of(1)));
  }
}
