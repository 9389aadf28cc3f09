package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import kerava.Layer;
import kerava.graph.Array;
import kerava.graph.Mode;
import kerava.images.Interpolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that vary images in training; their seed is the network's, so what is drawn stays. */
final class AugmentationTest {
  static final int BATCH = 40;
  static final int SIDE = 8;
  private static final int IMAGE = SIDE * SIDE * 3;

  /** Equal images whose numbers rise from 0.2 to below 0.8. */
  static final Array IMAGES = images();

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
        RandomErasing.of().valueRange(0, 1).seed(1),
        RandomColorDegeneration.of(0, 1).valueRange(0, 1).seed(1),
        RandomGrayscale.of(0.5).seed(1),
        RandomHue.of(0, 1).valueRange(0, 1).seed(1),
        RandomSaturation.of(0, 0.5).valueRange(0, 1).seed(1),
        RandomInvert.of().valueRange(0, 1).seed(1),
        RandomPosterization.of(1, 8).valueRange(0, 1).seed(1),
        Solarization.of().thresholdFactor(0, 1).valueRange(0, 1).seed(1),
        RandomSharpness.of(0, 1).valueRange(0, 1).seed(1),
        RandomGaussianBlur.of().sigma(0.5, 1).valueRange(0, 1).seed(1),
        RandomShear.of(Range.around(0.5), new Range(0, 0.5)).seed(1),
        RandomPerspective.of().factor(1, 1).seed(1),
        RandomElasticTransform.of().factor(1, 1).valueRange(0, 1).seed(1),
        RandomColorJitter.of().brightness(0, 0.2).hue(0, 0.5).valueRange(0, 1).seed(1),
        RandAugment.of().valueRange(0, 1).seed(1),
        AugMix.of().chains(2, 1).valueRange(0, 1).seed(1));
  }

  /** Those whose map of pixels, or of colors, or choice has no gradient in TensorFlow Java. */
  static boolean hasGradient(Layer layer) {
    return !Set.of(
            "RandomTranslation",
            "RandomRotation",
            "RandomZoom",
            "RandomShear",
            "RandomPerspective",
            "RandomHue",
            "RandomSaturation",
            "RandomColorJitter",
            "RandomPosterization",
            "RandAugment",
            "AugMix")
        .contains(layer.schema().className());
  }

  static LayerRun call(Layer layer) {
    return LayerRun.of(layer, List.of(IMAGES));
  }

  static float[] train(Layer layer) {
    return call(layer).run(Mode.TRAIN).output().floats();
  }

  static float[] image(float[] batch, int index) {
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
    int wanted =
        switch (layer.schema().className()) {
          case "RandomFlip", "RandomGrayscale", "RandomInvert", "RandomGaussianBlur" -> 2;
          case "RandomPosterization" -> 7;
          case "RandomErasing" -> 10;
          default -> 12;
        };
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
}
