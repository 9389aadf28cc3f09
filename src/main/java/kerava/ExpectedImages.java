package kerava;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kerava.config.Visible;
import kerava.graph.DType;
import kerava.images.ColorMode;
import kerava.images.ImageSize;
import kerava.images.Preprocessing;
import kerava.images.Scaling;
import org.tensorflow.ndarray.Shape;

/** What a model's layers say of the images that it expects. */
final class ExpectedImages {
  private ExpectedImages() {}

  /**
   * What follows from the layers alone: pixels divided by 255 where there is one input, not of
   * whole numbers, nor one of sequences or volumes, and the layers leave them as they are.
   */
  static Preprocessing found(Model model) {
    boolean asTheyAre =
        !Input.types(model).equals(List.of(DType.FLOAT32)) || slides(model) || rescales(model);
    Preprocessing pixels =
        Preprocessing.defaults().scaling(asTheyAre ? Scaling.NONE : Scaling.UNIT);
    return image(model).map(shape -> shaped(pixels, shape)).orElse(pixels);
  }

  /** Whether layers slide over the input as over a sequence or a volume. */
  private static boolean slides(Model model) {
    String layers =
        switch (model.inputShape().numDimensions()) {
          case 3 -> "1D";
          case 5 -> "3D";
          default -> "none";
        };
    return model.layers().stream()
        .map(named -> named.layer().schema().className())
        .anyMatch(name -> name.contains(layers));
  }

  private static Preprocessing shaped(Preprocessing how, Shape image) {
    Preprocessing coloured = how.colorMode(ColorMode.ofChannels(image.get(2)).orElseThrow());
    return size(image).map(coloured::size).orElse(coloured);
  }

  private static boolean anySize(Shape image) {
    return image.get(0) < 1 || image.get(1) < 1;
  }

  private static Optional<ImageSize> size(Shape image) {
    return anySize(image)
        ? Optional.empty()
        : Optional.of(new ImageSize(Math.toIntExact(image.get(0)), Math.toIntExact(image.get(1))));
  }

  /** The shape (height, width, channels) of a model's one input, if it takes images. */
  static Optional<Shape> image(Model model) {
    if (model.inputs().size() != 1 || model.inputShape().numDimensions() != 4) {
      return Optional.empty();
    }
    Shape image = model.inputShape().subShape(1, 4);
    boolean possible =
        ColorMode.ofChannels(image.get(2)).isPresent()
            && (anySize(image) || ImageSize.isPossible(image.get(0), image.get(1)));
    return possible ? Optional.of(image) : Optional.empty();
  }

  /**
   * A given value, with the size that the model has.
   *
   * @throws IllegalArgumentException if it does not go with the model's input
   */
  static Preprocessing fitted(Model model, Preprocessing given) {
    Optional<Shape> image = image(model);
    if (image.isEmpty()) {
      return uncoloured(model, given);
    }
    long channels = image.get().get(2);
    if (given.colorMode().channels() != channels) {
      throw refusal(
          model, "images of " + channels + " channels", String.valueOf(given.colorMode()));
    }
    if (!given.scaling().fits(channels)) {
      throw refusal(model, "pixels scaled without colours", String.valueOf(given.scaling()));
    }
    if (given.scaling() != Scaling.NONE && !Input.types(model).equals(List.of(DType.FLOAT32))) {
      throw refusal(
          model, "pixels 0..255 for an input of whole numbers", String.valueOf(given.scaling()));
    }
    Optional<ImageSize> own = size(image.get());
    if (own.isPresent() && given.size().isPresent() && !own.equals(given.size())) {
      throw refusal(model, "images of " + own.get(), String.valueOf(given.size().get()));
    }
    return own.map(given::size).orElse(given);
  }

  /** Of what is no image, nothing can be said but that colours are not scaled. */
  private static Preprocessing uncoloured(Model model, Preprocessing given) {
    if (!given.scaling().fits(0)) {
      throw refusal(model, "pixels scaled without colours", String.valueOf(given.scaling()));
    }
    return given;
  }

  private static IllegalArgumentException refusal(Model model, String expected, String got) {
    return new IllegalArgumentException(
        Visible.of("Model \"%s\": expected %s, got %s.".formatted(model.name(), expected, got)));
  }

  /**
   * Whether a layer in front of the first ones with weights scales or normalizes; what only moves
   * pixels, or is nothing in inference, is passed through.
   */
  private static boolean rescales(Model model) {
    Set<String> reached = new HashSet<>();
    model.inputs().forEach(input -> reached.add(input.layer()));
    // Layers stand in an order in which each comes after its inputs.
    for (NamedLayer named : model.layersWithInputs()) {
      if (follows(named, reached)) {
        if (rescales(named.layer())) {
          return true;
        }
        if (named.weights().isEmpty()) {
          reached.add(named.name());
        }
      }
    }
    return false;
  }

  private static boolean follows(NamedLayer named, Set<String> reached) {
    return named.calls().stream()
        .flatMap(call -> call.inputs().stream())
        .anyMatch(origin -> reached.contains(origin.layer()));
  }

  private static boolean rescales(Layer layer) {
    return layer instanceof ModelLayer inner ? rescales(inner.model()) : layer.rescales();
  }
}
