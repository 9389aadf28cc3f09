package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import kerava.ChannelsFirst;
import kerava.Inputs;
import kerava.Layer;
import kerava.graph.Array;
import kerava.graph.Mode;
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

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static Layer read(String name, String config) {
    return (Layer) KerasConfig.read(Layer.class, name, json(config));
  }

  private static JsonNode written(String name, String config, String key) {
    return KerasConfig.write(read(name, config)).get(key);
  }

  /** Keras writes −0.4 and 0.4 for 0.4, and then refuses to read the two. */
  @Test
  void writesAShearSoThatKerasReadsIt() {
    assertEquals(json("0.4"), written("RandomShear", "{'x_factor': [-0.4, 0.4]}", "x_factor"));
    assertEquals(json("0.4"), written("RandomShear", "{'x_factor': 0.4}", "x_factor"));
    assertEquals(
        json("[0.1, 0.4]"), written("RandomShear", "{'x_factor': [0.1, 0.4]}", "x_factor"));
    assertEquals(json("[-0.0, 0.0]"), written("RandomShear", "{}", "y_factor"));
  }

  @Test
  void readsFactorsAsKerasDoes() {
    assertEquals(RandomPosterization.of(1, 4), read("RandomPosterization", "{'factor': 4}"));
    assertEquals(RandomHue.of(0, 0.5), read("RandomHue", "{'factor': 0.5}"));
    assertEquals(RandomSaturation.of(-0.5, 0.5), read("RandomSaturation", "{'factor': 0.5}"));
    assertEquals(
        RandomGaussianBlur.of().kernelSize(5, 5), read("RandomGaussianBlur", "{'kernel_size': 5}"));
    // Keras takes two numbers of which one lies beyond.
    assertEquals(RandomSharpness.of(0.5, 2), read("RandomSharpness", "{'factor': [0.5, 2]}"));
    String jitter = "{'brightness_factor': 0.2, 'hue_factor': [0, 0.1]}";
    assertEquals(json("0.2"), written("RandomColorJitter", jitter, "brightness_factor"));
    assertEquals(json("[0.0, 0.1]"), written("RandomColorJitter", jitter, "hue_factor"));
    assertEquals(json("null"), written("RandomColorJitter", jitter, "contrast_factor"));
  }

  /** Keras takes the seed but does not write it. */
  @Test
  void graySeedsAreKept() {
    RandomGrayscale seeded = RandomGrayscale.of(0.3).seed(7);
    assertEquals(json("7"), KerasConfig.write(seeded).get("seed"));
    assertEquals(null, KerasConfig.write(RandomGrayscale.of(0.3)).get("seed"));
    Layer read = read("RandomGrayscale", "{'factor': 0.3, 'seed': 7}");
    assertEquals(KerasConfig.write(seeded), KerasConfig.write(read));
    Array images = AugmentationTest.IMAGES;
    assertEquals(
        LayerRun.of(seeded, List.of(images)).run(Mode.TRAIN).output(),
        LayerRun.of(read, List.of(images)).run(Mode.TRAIN).output());
    assertNotEquals(
        LayerRun.of(seeded, List.of(images)).run(Mode.TRAIN).output(),
        LayerRun.of(RandomGrayscale.of(0.3), List.of(images)).run(Mode.TRAIN).output());
  }

  private static void assertRefusesConfig(String message, String name, String config) {
    assertRefuses(message, () -> read(name, config));
  }

  @Test
  void refusesConfigsThatKerasDoesNotMean() {
    assertRefusesConfig(
        "$.config.factor: expected a whole number or two, from 1 to 8, got [0,4].",
        "RandomPosterization",
        "{'factor': [0, 4]}");
    assertRefusesConfig(
        "$.config.factor: expected a number or two, from 0.0 to 1.0, got 1.5.",
        "RandomHue",
        "{'factor': 1.5}");
    assertRefusesConfig(
        "$.config.value_range: expected two numbers in rising order, got [255,0].",
        "RandomInvert",
        "{'value_range': [255, 0]}");
    assertRefusesConfig(
        "$.config.fill_mode: expected one of constant, reflect, wrap, nearest, got \"mirror\".",
        "RandomElasticTransform",
        "{'fill_mode': 'mirror'}");
    assertRefusesConfig(
        "$.config.layers: expected at least one layer, got [].", "Pipeline", "{'layers': []}");
  }

  private static void assertRefusesImages(String message, Layer layer, Shape images) {
    assertRefuses(message, () -> layer.outputShape(new Inputs("it", List.of(images))));
  }

  @Test
  void refusesImagesThatDoNotFit() {
    Shape gray = Shape.of(-1, 8, 8, 1);
    assertRefusesImages(
        "it: expected images of 3 channels (red, green, blue), got [-1, 8, 8, 1].",
        RandomHue.of(0, 1),
        gray);
    assertRefusesImages(
        "it: expected images of 1 channel or 3, got [-1, 8, 8, 2].",
        RandAugment.of(),
        Shape.of(-1, 8, 8, 2));
    assertRefusesImages(
        "it: expected images of a known size, got [-1, -1, 8, 3]. Does a Resizing belong before it?",
        RandomElasticTransform.of(),
        Shape.of(-1, -1, 8, 3));
    assertRefusesImages(
        "it: expected images of at least half as many pixels as 8 by 8 tiles, got [-1, 3, 8, 1]. Are"
            + " there fewer tiles?",
        ContrastLimitedAdaptiveHistogramEqualization.of(),
        Shape.of(-1, 3, 8, 1));
    assertRefusesImages(
        "it, Dense: expected a layer without weights, got [-1, 8, 8, 1]. Does it belong beside the"
            + " pipeline?",
        Pipeline.of(RandomInvert.of(), Dense.of(2)),
        gray);
  }

  @Test
  void layersWithinAPipelineKeepTheOrderOfTheirChannels() {
    String inner =
        "{'class_name': 'RandomFlip', 'config': {'mode': 'vertical', 'data_format':"
            + " 'channels_first'}}";
    Pipeline pipeline = (Pipeline) read("Pipeline", "{'layers': [" + inner + "]}");
    assertEquals(List.of(ChannelsFirst.of(RandomFlip.of(FlipMode.VERTICAL))), pipeline.layers());
    JsonNode written = KerasConfig.write(pipeline).get("layers").get(0).get("config");
    assertEquals("channels_first", written.get("data_format").asText());
  }
}
