package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.train.graph.SampleWeights;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

final class ValidationSplitTest {
  private static final int SIZE = 40;

  /** Each sample is its number; 20 of class 0, 10 of class 1, 10 of class 2. */
  private static final int[] LABELS =
      IntStream.range(0, SIZE).map(i -> i < 20 ? 0 : i < 30 ? 1 : 2).toArray();

  private static final float[] WEIGHTS = new float[SIZE];

  static {
    for (int i = 0; i < SIZE; i++) {
      WEIGHTS[i] = i;
    }
  }

  private static final Dataset ARRAYS =
      Dataset.of(Array.of(WEIGHTS, SIZE, 1), Array.of(LABELS, SIZE));

  /** The same samples, which say that they lie class after class. */
  private record Ordered() implements Dataset {
    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public Shape inputShape() {
      return ARRAYS.inputShape();
    }

    @Override
    public Array inputs(int[] indices) {
      return ARRAYS.inputs(indices);
    }

    @Override
    public Array labels(int[] indices) {
      return ARRAYS.labels(indices);
    }

    @Override
    public boolean orderedByClass() {
      return true;
    }
  }

  private static final Fit FIT = Fit.epochs(1).validationSplit(0.2).sampleWeights(WEIGHTS);

  @Test
  void arraysLoseTheirEndAsInKeras() {
    ValidationSplit cut = ValidationSplit.of(ARRAYS, FIT, 1);
    assertArrayEquals(Arrays.copyOf(WEIGHTS, 32), cut.training().inputs().floats());
    assertArrayEquals(
        Arrays.copyOfRange(WEIGHTS, 32, 40), cut.validation().orElseThrow().inputs().floats());
    assertArrayEquals(
        Arrays.copyOfRange(WEIGHTS, 32, 40),
        cut.validationWeights().bySample().get(SampleWeights.EVERY));
  }

  @Test
  void whatLiesClassAfterClassLosesAShareOfEach() {
    ValidationSplit cut = ValidationSplit.of(new Ordered(), FIT, 1);
    Dataset validation = cut.validation().orElseThrow();
    assertEquals(8, validation.size());
    assertEquals(
        List.of(0, 0, 0, 0, 1, 1, 2, 2),
        Arrays.stream(validation.labels().ints()).boxed().toList());
    assertEquals(32, cut.training().size());
    float[] all = new float[SIZE];
    System.arraycopy(cut.training().inputs().floats(), 0, all, 0, 32);
    System.arraycopy(validation.inputs().floats(), 0, all, 32, 8);
    Arrays.sort(all);
    assertArrayEquals(WEIGHTS, all);
  }

  @Test
  void weightsGoWithTheirSamples() {
    ValidationSplit cut = ValidationSplit.of(new Ordered(), FIT, 1);
    assertArrayEquals(
        cut.training().inputs().floats(), cut.weights().bySample().get(SampleWeights.EVERY));
    assertArrayEquals(
        cut.validation().orElseThrow().inputs().floats(),
        cut.validationWeights().bySample().get(SampleWeights.EVERY));
  }

  @Test
  void theSeedDecides() {
    assertEquals(drawn(3), drawn(3));
    assertNotEquals(drawn(3), drawn(4));
  }

  private static Array drawn(long seed) {
    return ValidationSplit.of(new Ordered(), FIT, seed).validation().orElseThrow().inputs();
  }
}
