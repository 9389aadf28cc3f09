package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kerava.graph.Array;
import kerava.graph.Mode;
import org.junit.jupiter.api.Test;

/** Windows that are cut out of images. */
final class RandomCropTest {
  @Test
  void cropsWindowsOfTheImage() {
    float[] whole = AugmentationTest.image(AugmentationTest.IMAGES.floats(), 0);
    float[] batch = AugmentationTest.train(RandomCrop.of(4, 5));
    Set<Integer> tops = new HashSet<>();
    Set<Integer> lefts = new HashSet<>();
    for (int i = 0; i < AugmentationTest.BATCH; i++) {
      float[] window = AugmentationTest.image(batch, i);
      int place = Arrays.binarySearch(whole, window[0]);
      assertTrue(place >= 0 && place % 3 == 0, "pixel " + window[0]);
      int top = place / 3 / AugmentationTest.SIDE;
      int left = place / 3 % AugmentationTest.SIDE;
      tops.add(top);
      lefts.add(left);
      for (int k = 0; k < window.length; k++) {
        int pixel = (top + k / 15) * AugmentationTest.SIDE + left + k / 3 % 5;
        assertEquals(whole[pixel * 3 + k % 3], window[k]);
      }
    }
    assertEquals(Set.of(0, 1, 2, 3, 4), tops);
    assertEquals(Set.of(0, 1, 2, 3), lefts);
  }

  @Test
  void cropsTheMiddleOutsideTraining() {
    LayerRun.Outcome crop = AugmentationTest.call(RandomCrop.of(2, 4)).run(Mode.INFER);
    Array middle =
        AugmentationTest.call(Cropping2D.of(new Sides2D(2, 2, 0, 0))).run(Mode.INFER).output();
    Array expected = LayerRun.of(Resizing.of(2, 4), List.of(middle)).run(Mode.INFER).output();
    assertEquals(expected, crop.output());
    assertEquals(
        AugmentationTest.IMAGES,
        AugmentationTest.call(RandomCrop.of(AugmentationTest.SIDE, AugmentationTest.SIDE))
            .run(Mode.TRAIN)
            .output());
  }
}
