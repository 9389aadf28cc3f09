package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

final class AlternateFlipsTest {
  private static final int IMAGES = 40;

  /** Images of 1x2x1 that note down which of them were asked for mirrored. */
  private static final class Watched implements Dataset {
    private final Dataset images =
        Dataset.of(
            Array.of(new float[IMAGES * 2], IMAGES, 1, 2, 1), Array.of(new int[IMAGES], IMAGES));
    private final List<List<Boolean>> seen = new ArrayList<>();

    @Override
    public int size() {
      return IMAGES;
    }

    @Override
    public Shape inputShape() {
      return images.inputShape();
    }

    @Override
    public Array inputs(int[] indices) {
      return images.inputs(indices);
    }

    @Override
    public Array labels(int[] indices) {
      return images.labels(indices);
    }

    @Override
    public Dataset mirrored(IntPredicate which) {
      seen.add(IntStream.range(0, IMAGES).mapToObj(which::test).toList());
      return images.mirrored(which);
    }
  }

  private static List<List<Boolean>> epochs(long seed, Fit fit) {
    Model model = Sequential.of(Input.of(1, 2, 1), Flatten.of(), Dense.of(3));
    Watched images = new Watched();
    TrainerOptions options = TrainerOptions.defaults().withSeed(seed).withDevice(Device.cpu());
    try (Trainer trainer = Trainer.compile(model, Small.settings(), options)) {
      trainer.fit(images, fit.batchSize(IMAGES));
    }
    return images.seen;
  }

  @Test
  void mirrorsEachImageInEverySecondEpoch() {
    List<List<Boolean>> epochs = epochs(5, Fit.epochs(3).alternateFlips(true));
    assertEquals(3, epochs.size());
    assertEquals(epochs.get(0), epochs.get(2));
    for (int i = 0; i < IMAGES; i++) {
      assertNotEquals(epochs.get(0).get(i), epochs.get(1).get(i), "image " + i);
    }
    long first = epochs.get(0).stream().filter(flipped -> flipped).count();
    assertEquals(IMAGES / 2.0, (double) first, IMAGES / 4.0);
  }

  @Test
  void followsFromTheSeed() {
    Fit fit = Fit.epochs(1).alternateFlips(true);
    assertEquals(epochs(5, fit), epochs(5, fit));
    assertNotEquals(epochs(5, fit), epochs(6, fit));
  }

  @Test
  void isOffByDefault() {
    assertEquals(List.of(), epochs(5, Fit.epochs(2)));
  }

  @Test
  void refusesWhatIsNoImage() {
    try (Trainer trainer = Small.trainer()) {
      Fit fit = Fit.epochs(1).alternateFlips(true);
      assertEquals(
          "Dataset mirrored: expected images (height, width, channels), got samples of shape [6].",
          assertThrows(IllegalArgumentException.class, () -> trainer.fit(Small.DATA, fit))
              .getMessage());
    }
  }
}
