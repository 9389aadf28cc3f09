package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.ndarray.Shape;

final class RowsTest {
  private static final Array THREE = Array.of(new int[] {1, 2, 3, 4, 5, 6}, 3, 2);

  private static void refused(String words, Executable code) {
    String message = assertThrows(IllegalArgumentException.class, code).getMessage();
    assertTrue(message.contains(words), message);
  }

  @Test
  void takesRowsAndJoinsThem() {
    assertEquals(Array.of(new int[] {3, 4}, 1, 2), Rows.range(THREE, 1, 2));
    assertSame(THREE, Rows.range(THREE, 0, 3));
    assertEquals(Array.of(new int[] {5, 6, 1, 2, 5, 6}, 3, 2), Rows.of(THREE, new int[] {2, 0, 2}));
    assertEquals(THREE, Rows.joined(List.of(Rows.range(THREE, 0, 1), Rows.range(THREE, 1, 3))));
    assertEquals(Array.of(new int[0], 0, 2), Rows.of(THREE, new int[0]));
    assertThrows(IndexOutOfBoundsException.class, () -> Rows.range(THREE, 2, 4));
    refused("expected shape (rows, ...)", () -> Rows.count(Array.of(new int[1])));
    Array other = Array.of(new int[3], 1, 3);
    refused("expected rows alike", () -> Rows.joined(List.of(THREE, other)));
  }

  @Test
  void countsNumbersWithoutOverflow() {
    assertEquals(24, Rows.length(Shape.of(2, 3, 4)));
    assertEquals(1, Rows.length(Shape.scalar()));
    assertEquals(0, Rows.length(Shape.of(1L << 40, 0, 1L << 40)));
    assertEquals(Integer.MAX_VALUE, Rows.length(Shape.of(Integer.MAX_VALUE)));
    for (Shape shape :
        List.of(
            Shape.of(1L << 31),
            Shape.of(43, 4096, 4096, 3),
            Shape.of(1L << 32, 1L << 32),
            Shape.of(Long.MAX_VALUE, Long.MAX_VALUE, 3))) {
      refused("expected at most 2147483647 numbers, got the shape", () -> Rows.length(shape));
    }
  }

  @Test
  void arraysBecomeOthersOfTheSameNumbers() {
    Array bytes = Array.of(new byte[] {1, (byte) 255}, 2);
    assertEquals(Array.of(new float[] {1, 255}, 2), bytes.to(Array.Type.FLOAT32));
    assertEquals(Array.of(new int[] {1, 255}, 2), bytes.to(Array.Type.INT32));
    assertEquals(Array.of(new long[] {1, 255}, 2), bytes.to(Array.Type.INT64));
    Array longs = Array.of(new long[] {16_777_217, -1}, 2);
    assertEquals(Array.of(new float[] {16_777_216, -1}, 2), longs.to(Array.Type.FLOAT32));
    assertEquals(Array.of(new int[] {16_777_217, -1}, 2), longs.to(Array.Type.INT32));
    assertEquals(bytes, bytes.to(Array.Type.INT64).to(Array.Type.UINT8));
    refused("from 0 to 255, got 16777217", () -> longs.to(Array.Type.UINT8));
    Array large = Array.of(new long[] {1L << 31}, 1);
    refused("to 2147483647, got 2147483648", () -> large.to(Array.Type.INT32));
    Array real = Array.of(new float[1], 1);
    assertSame(real, real.to(Array.Type.FLOAT32));
    refused("expected whole numbers, got FLOAT32 [1]", () -> real.to(Array.Type.INT32));
  }
}
