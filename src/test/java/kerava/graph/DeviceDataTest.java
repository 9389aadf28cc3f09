package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Inputs in the memory of a device come back as they were put there. */
final class DeviceDataTest {
  private static final Shape SAMPLE = Shape.of(2, 2, 2);

  /** What a step is supplied with in one of its turns. */
  private static Array gathered(Array inputs, List<Array> numbers, int turn) {
    try (Network network = Network.create(1)) {
      Ops tf = network.tf();
      DeviceData resident = DeviceData.add(network, inputs.type(), SAMPLE);
      StepInput supply = resident.supply(tf.constant(0f));
      Operand<?> fed = supply.placeholder(tf);
      Operand<TInt32> which = tf.constant(turn);
      Operand<?> batch = supply.turn(tf, fed, which);
      try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()));
          Tensor all = Tensors.stacked(numbers)) {
        resident.resize(session, 2);
        resident.resize(session, (int) inputs.shape().get(0));
        resident.put(session, 1, part(inputs, 1, (int) inputs.shape().get(0)));
        resident.put(session, 0, part(inputs, 0, 1));
        Session.Runner runner = session.session().runner().feed(fed, all);
        try (Result result = runner.fetch(batch).run()) {
          return Tensors.array(result.get(0));
        }
      }
    }
  }

  private static Array part(Array all, int from, int to) {
    return all.type() == Array.Type.UINT8
        ? Array.of(Arrays.copyOfRange(all.bytes(), from * 8, to * 8), to - from, 2, 2, 2)
        : Array.of(Arrays.copyOfRange(all.floats(), from * 8, to * 8), to - from, 2, 2, 2);
  }

  private static Array numbers(int... numbers) {
    return Array.of(numbers, numbers.length);
  }

  /** Fours of bytes that are, as floats, quiet and signalling NaNs, infinities, denormals, -0. */
  @Test
  void bytesSurviveThatAreNoNumbersTogether() {
    byte[] bytes = {
      1,
      0,
      (byte) 0xA0,
      0x7F,
      1,
      0,
      (byte) 0xC0,
      (byte) 0xFF, // NaNs
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      0,
      0,
      (byte) 0x80,
      0x7F,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      (byte) 0x80, // a denormal, -0
      5,
      6,
      7,
      8,
      9,
      10,
      11,
      12
    };
    Array inputs = Array.of(bytes, 4, 2, 2, 2);
    Array batch = gathered(inputs, List.of(numbers(3, 3, 3), numbers(2, 0, 1)), 1);
    byte[] expected = new byte[24];
    System.arraycopy(bytes, 16, expected, 0, 8);
    System.arraycopy(bytes, 0, expected, 8, 16);
    assertEquals(Shape.of(3, 2, 2, 2), batch.shape());
    assertArrayEquals(expected, batch.bytes());
  }

  @Test
  void floatsComeBackInTheirShape() {
    float[] values = new float[3 * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Array batch = gathered(Array.of(values, 3, 2, 2, 2), List.of(numbers(2)), 0);
    assertEquals(Shape.of(1, 2, 2, 2), batch.shape());
    assertArrayEquals(new float[] {16, 17, 18, 19, 20, 21, 22, 23}, batch.floats());
  }

  @Test
  void refusesBytesThatAreNoMultipleOfFour() {
    assertTrue(DeviceData.holds(Array.Type.UINT8, Shape.of(28, 28)));
    assertTrue(DeviceData.holds(Array.Type.FLOAT32, Shape.of(3)));
    assertFalse(DeviceData.holds(Array.Type.UINT8, Shape.of(3)));
    assertFalse(DeviceData.holds(Array.Type.INT32, Shape.of(4)));
    try (Network network = Network.create(1)) {
      assertEquals(
          "Resident: expected floats, or bytes by fours, got UINT8 of shape [3].",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> DeviceData.add(network, Array.Type.UINT8, Shape.of(3)))
              .getMessage());
    }
  }
}
