package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.images.Interpolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.ndarray.Shape;

/** The arguments of layers that vary images: which are refused, and what older files hold. */
final class AugmentationConfigTest {
  private static void assertRefuses(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void refusesWhatDoesNotFit() {
    Inputs inputs = new Inputs("RandomCrop \"crop\"", List.of(Shape.of(-1, 8, 8, 3)));
    assertRefuses(
        "RandomCrop \"crop\": expected images of a known size, at least the crop's (9, 8), got"
            + " [-1, 8, 8, 3]. Does a ZeroPadding2D or Resizing belong before it?",
        () -> RandomCrop.of(9, 8).outputShape(inputs));
    assertRefuses(
        "RandomErasing \"erase\": expected images of 3 channels, as many as fill_value has, got [-1, 8,"
            + " 8, 1].",
        () ->
            RandomErasing.of()
                .fillValue(1, 2, 3)
                .outputShape(
                    new Inputs("RandomErasing \"erase\"", List.of(Shape.of(-1, 8, 8, 1)))));
    assertRefuses(
        "RandomRotation factor: expected a number or two, from -1.0 to 1.0, got [-2.0, 2.0].",
        () -> RandomRotation.of(2));
    assertRefuses(
        "RandomZoom height_factor: expected a number or two, above -1 and up to 1, got [-1.0,"
            + " 0.5].",
        () -> RandomZoom.of(new Range(-1, 0.5)));
    assertRefuses(
        "Range: expected two finite numbers in rising order, got 1.0 and 0.0.",
        () -> RandomContrast.of(1, 0));
    assertRefuses(
        "RandomZoom interpolation: expected nearest or bilinear, got bicubic.",
        () -> RandomZoom.of(0.5).interpolation(Interpolation.BICUBIC));
  }

  @Test
  void readsTheRotationsOfKeras35() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("factor").add(-0.25).add(0.25);
    json.putArray("value_range").add(0).add(1);
    assertEquals(RandomRotation.of(0.25), KerasConfig.read(Layer.class, "RandomRotation", json));
  }
}
