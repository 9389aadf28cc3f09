package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat64;

/** Arrays, tensors made of them, and weights, which are named arrays. */
final class ArrayTest {
  private static final List<Array> ARRAYS =
      List.of(
          Array.of(new byte[] {0, 1, -1, 127, -128, 7}, 2, 3),
          Array.of(new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE}, 3),
          Array.of(new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 1, 2, 1),
          Array.of(new float[] {Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY}, 4, 1),
          Array.of(new float[] {3}),
          Array.of(new long[] {3}),
          Array.of(new float[0], 0, 5),
          Array.of(new byte[0], 4, 0));

  @Test
  void surviveTheWayThroughATensor() {
    for (Array array : ARRAYS) {
      try (Tensor tensor = Tensors.of(array)) {
        assertEquals(array, Tensors.array(tensor));
        assertEquals(array.shape(), tensor.shape());
        assertTrue(Tensors.type(array.type()).isInstance(tensor));
      }
    }
  }

  @Test
  void refuseTensorsOfOtherTypes() {
    try (TFloat64 tensor = TFloat64.scalarOf(1)) {
      assertEquals(
          "Tensors: expected a tensor of float32, int64, int32, uint8, bool or string, got DT_DOUBLE.",
          assertThrows(IllegalArgumentException.class, () -> Tensors.array(tensor)).getMessage());
    }
  }

  @Test
  void areEqualBitForBit() {
    for (int i = 0; i < ARRAYS.size(); i++) {
      for (int j = 0; j < ARRAYS.size(); j++) {
        assertEquals(
            i == j, ARRAYS.get(i).equals(ARRAYS.get(j)), ARRAYS.get(i) + " and " + ARRAYS.get(j));
      }
    }
    Array one = Array.of(new float[] {1, 2}, 2);
    assertEquals(one, Array.of(new float[] {1, 2}, 2));
    assertEquals(one.hashCode(), Array.of(new float[] {1, 2}, 2).hashCode());
    assertNotEquals(one, Array.of(new float[] {1, 2}, 1, 2));
    assertNotEquals(Array.of(new float[] {0f}), Array.of(new float[] {-0f}));
  }

  @Test
  void refuseShapesThatHoldMoreOrLess() {
    for (long[] shape : new long[][] {{2, 2}, {-1}, {2, -1}, {}}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Array.of(new float[3], shape))
              .getMessage();
      assertTrue(message.endsWith("got 3. Is a dimension missing?"), message);
    }
  }

  @Test
  void handOutTheirOwnTypeOnly() {
    Array array = Array.of(new int[] {1}, 1);
    assertEquals(1, array.size());
    assertEquals(
        "Array: expected FLOAT32 values, got INT32.",
        assertThrows(IllegalStateException.class, array::floats).getMessage());
    assertThrows(IllegalStateException.class, array::bytes);
    assertThrows(IllegalStateException.class, array::longs);
    assertThrows(IllegalStateException.class, ARRAYS.get(0)::ints);
  }

  @Test
  void weightsKeepTheirOrder() {
    Weights weights = weights("b", "a", "c");
    assertEquals(List.of("b", "a", "c"), List.copyOf(weights.names()));
    assertEquals(List.of(0f, 1f, 2f), numbers(weights));
    assertEquals(List.of("b", "c"), List.copyOf(weights.where(n -> !n.equals("a")).names()));
    assertNotEquals(weights, weights("a", "b", "c"));
    assertEquals(weights, weights("b", "a", "c"));
    assertEquals(weights.hashCode(), weights("b", "a", "c").hashCode());
    assertEquals(0, Weights.none().size());
    assertTrue(weights.contains("c") && !weights.contains("d"));
  }

  @Test
  void weightsAreReplacedByName() {
    Weights both = weights("a", "b").with(weights("b", "c"));
    assertEquals(List.of("a", "b", "c"), List.copyOf(both.names()));
    assertEquals(List.of(0f, 0f, 1f), numbers(both));
    assertEquals(
        "Weights: expected one of [a, b, c], got \"d\".",
        assertThrows(IllegalArgumentException.class, () -> both.get("d")).getMessage());
  }

  @Test
  void weightsDoNotChangeWithTheMapTheyCameFrom() {
    Map<String, Array> map = new LinkedHashMap<>();
    Array one = Array.of(new float[] {1});
    map.put("a", one);
    Weights weights = Weights.of(map);
    map.clear();
    assertSame(one, weights.get("a"));
    assertThrows(UnsupportedOperationException.class, () -> weights.names().clear());
  }

  private static Weights weights(String... names) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (String name : names) {
      arrays.put(name, Array.of(new float[] {arrays.size()}));
    }
    return Weights.of(arrays);
  }

  private static List<Float> numbers(Weights weights) {
    return weights.arrays().stream().map(array -> array.floats()[0]).toList();
  }
}
