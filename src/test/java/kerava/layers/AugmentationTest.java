package kerava.layers;

import static kerava.layers.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import kerava.Input;
import kerava.Inputs;
import kerava.Layer;
import kerava.Model;
import kerava.Node;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.Pass;
import kerava.graph.SessionOptions;
import kerava.images.Interpolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Layers that vary images in training; their seed is the network's, so what is drawn stays. */
final class AugmentationTest {
  private static final int BATCH = 40;
  private static final int SIDE = 8;
  private static final int IMAGE = SIDE * SIDE * 3;

  /** Equal images whose numbers rise from 0.2 to below 0.8. */
  private static final Array IMAGES = images();

  private static Array images() {
    float[] values = new float[BATCH * IMAGE];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.2f + 0.6f * (i % IMAGE) / IMAGE;
    }
    return Array.of(values, BATCH, SIDE, SIDE, 3);
  }

  static List<Layer> layers() {
    return List.of(
        RandomFlip.of(FlipMode.HORIZONTAL).seed(1),
        RandomTranslation.of(0.5, 0.5).seed(1),
        RandomRotation.of(0.5).seed(1),
        RandomZoom.of(0.5).seed(1),
        RandomContrast.of(0.5, 0.5).valueRange(0, 1).seed(1),
        RandomBrightness.of(0.5).valueRange(0, 1).seed(1),
        RandomCrop.of(4, 5).seed(1),
        RandomErasing.of().valueRange(0, 1).seed(1));
  }

  private static LayerRun call(Layer layer) {
    return LayerRun.of(layer, List.of(IMAGES));
  }

  private static float[] train(Layer layer) {
    return call(layer).run(Mode.TRAIN).output().floats();
  }

  private static float[] image(float[] batch, int index) {
    int size = batch.length / BATCH;
    return Arrays.copyOfRange(batch, index * size, (index + 1) * size);
  }

  private static Set<List<Float>> different(float[] batch) {
    Set<List<Float>> different = new HashSet<>();
    for (int i = 0; i < BATCH; i++) {
      float[] image = image(batch, i);
      different.add(IntStream.range(0, image.length).mapToObj(k -> image[k]).toList());
    }
    return different;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void drawsTheSameForTheSameSeedAndStepOnly(Layer layer) {
    LayerRun run = call(layer);
    float[] first = run.run(Mode.TRAIN, 3).output().floats();
    assertArrayEquals(first, run.run(Mode.TRAIN, 3).output().floats());
    assertFalse(Arrays.equals(first, run.run(Mode.TRAIN, 4).output().floats()));
    Layer other =
        layer.schema().create(layer.config().with(SeedArgument.SEED, java.util.Optional.of(2)));
    assertFalse(Arrays.equals(first, call(other).run(Mode.TRAIN, 3).output().floats()));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void drawsForEachImage(Layer layer) {
    int wanted = layer instanceof RandomFlip ? 2 : layer instanceof RandomErasing ? 10 : 12;
    assertTrue(different(train(layer)).size() >= wanted, layer + " drew too little");
  }

  @ParameterizedTest
  @MethodSource("layers")
  void staysWithinTheNumbersOfImages(Layer layer) {
    for (float value : train(layer)) {
      assertTrue(value >= 0 && value <= 1, layer + " gave " + value);
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void doesNothingOutsideTraining(Layer layer) {
    if (!(layer instanceof RandomCrop)) {
      assertEquals(IMAGES, call(layer).run(Mode.INFER).output());
    }
  }

  @Test
  void flipsHalfOfTheImages() {
    float[] straight = image(IMAGES.floats(), 0);
    for (FlipMode mode : FlipMode.values()) {
      float[] batch = train(RandomFlip.of(mode));
      int flipped = 0;
      for (int i = 0; i < BATCH; i++) {
        float[] image = image(batch, i);
        if (!Arrays.equals(straight, image)) {
          flipped++;
          assertArrayEquals(flipped(straight, mode), image);
        }
      }
      assertEquals(BATCH / 2.0, flipped, 10, mode + "");
    }
  }

  private static float[] flipped(float[] image, FlipMode mode) {
    float[] flipped = new float[IMAGE];
    for (int i = 0; i < IMAGE; i++) {
      int row = i / (3 * SIDE);
      int column = i / 3 % SIDE;
      int y = mode == FlipMode.HORIZONTAL ? row : SIDE - 1 - row;
      int x = mode == FlipMode.VERTICAL ? column : SIDE - 1 - column;
      flipped[i] = image[(y * SIDE + x) * 3 + i % 3];
    }
    return flipped;
  }

  @Test
  void cropsWindowsOfTheImage() {
    float[] whole = image(IMAGES.floats(), 0);
    float[] batch = train(RandomCrop.of(4, 5));
    Set<Integer> tops = new HashSet<>();
    Set<Integer> lefts = new HashSet<>();
    for (int i = 0; i < BATCH; i++) {
      float[] window = image(batch, i);
      int place = Arrays.binarySearch(whole, window[0]);
      assertTrue(place >= 0 && place % 3 == 0, "pixel " + window[0]);
      int top = place / 3 / SIDE;
      int left = place / 3 % SIDE;
      tops.add(top);
      lefts.add(left);
      for (int k = 0; k < window.length; k++) {
        int pixel = (top + k / 15) * SIDE + left + k / 3 % 5;
        assertEquals(whole[pixel * 3 + k % 3], window[k]);
      }
    }
    assertEquals(Set.of(0, 1, 2, 3, 4), tops);
    assertEquals(Set.of(0, 1, 2, 3), lefts);
  }

  @Test
  void cropsTheMiddleOutsideTraining() {
    LayerRun.Outcome crop = call(RandomCrop.of(2, 4)).run(Mode.INFER);
    Array middle = call(Cropping2D.of(new Sides2D(2, 2, 0, 0))).run(Mode.INFER).output();
    Array expected = LayerRun.of(Resizing.of(2, 4), List.of(middle)).run(Mode.INFER).output();
    assertEquals(expected, crop.output());
    assertEquals(IMAGES, call(RandomCrop.of(SIDE, SIDE)).run(Mode.TRAIN).output());
  }

  @Test
  void translationsOfWholePixelsPadAndCrop() {
    float[] whole = image(IMAGES.floats(), 0);
    double factor = 1.5 / SIDE;
    Layer layer =
        RandomTranslation.of(factor, factor)
            .fillMode(FillMode.CONSTANT)
            .interpolation(Interpolation.NEAREST);
    Set<List<Float>> all = different(train(layer));
    assertEquals(9, all.size());
    assertTrue(all.stream().anyMatch(image -> image.get(0) == whole[0]), "one stays");
    all.forEach(
        image ->
            image.forEach(
                value -> assertTrue(value == 0 || Arrays.binarySearch(whole, value) >= 0)));
  }

  @Test
  void brightnessAddsOneNumberToAnImage() {
    float[] whole = image(IMAGES.floats(), 0);
    float[] batch = train(RandomBrightness.of(new Range(-0.2, 0.1)).valueRange(0, 1));
    float least = 1;
    float most = -1;
    for (int i = 0; i < BATCH; i++) {
      float[] image = image(batch, i);
      float added = image[0] - whole[0];
      for (int k = 0; k < IMAGE; k++) {
        assertEquals(added, image[k] - whole[k], 1e-6);
      }
      least = Math.min(least, added);
      most = Math.max(most, added);
    }
    assertTrue(least >= -0.2001 && least < -0.15 && most <= 0.1001 && most > 0.05);
  }

  @Test
  void erasesRectanglesOfItsSizeAndColor() {
    float[] whole = image(IMAGES.floats(), 0);
    Layer layer =
        RandomErasing.of().factor(1, 1).scale(0.25, 0.25).valueRange(0, 1).fillValue(0, 1, 0.5);
    float[] batch = train(layer);
    for (int i = 0; i < BATCH; i++) {
      float[] image = image(batch, i);
      int erased = 0;
      for (int k = 0; k < IMAGE; k += 3) {
        if (image[k] != whole[k]) {
          erased++;
          assertArrayEquals(new float[] {0, 1, 0.5f}, Arrays.copyOfRange(image, k, k + 3));
        }
      }
      assertEquals(16, erased);
    }
    assertArrayEquals(IMAGES.floats(), train(RandomErasing.of().factor(0, 0)));
  }

  @Test
  void gradientsPassWhereTheyCan() {
    for (Layer layer : layers()) {
      boolean warps =
          layer instanceof RandomTranslation
              || layer instanceof RandomRotation
              || layer instanceof RandomZoom;
      if (!warps) {
        Array output = call(layer).run(Mode.TRAIN).output();
        LayerRun.Outcome outcome = call(layer).differentiated(output).run(Mode.TRAIN);
        assertEquals(IMAGES.shape(), outcome.gradients().get(0).shape());
      }
    }
    Layer flip = RandomFlip.of(FlipMode.HORIZONTAL);
    Array flipped = call(flip).run(Mode.TRAIN).output();
    // The gradient of a flip is the same flip, and two are none.
    Array back = call(flip).differentiated(flipped).run(Mode.TRAIN).gradients().get(0);
    assertClose(IMAGES, back, 1e-6, "flipped twice");
  }

  @ParameterizedTest
  @MethodSource("layers")
  void whatComesAfterCanBeTrained(Layer layer) {
    Node x = Input.of(SIDE, SIDE, 3);
    Node y = Dense.of(2).apply(layer.apply(x));
    Model model = Model.of(List.of(x), List.of(y));
    Network network = Network.create(1);
    Pass pass = network.pass("test", Mode.TRAIN);
    Operand<TFloat32> images =
        network.tf().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, SIDE, SIDE, 3)));
    Operand<TFloat32> output = model.build(pass, List.of(images)).get(0);
    Operand<TFloat32> loss =
        network.tf().sum(output, network.tf().constant(new int[] {0, 1, 2, 3}));
    List<Operand<TFloat32>> weights = List.copyOf(pass.reads().values());
    assertEquals(2, network.gradients(loss, weights).size());
    network.start(SessionOptions.on(Device.cpu())).close();
  }

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
