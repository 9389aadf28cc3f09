package kerava.initializers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import kerava.graph.Device;
import kerava.graph.InitialValue;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.SessionOptions;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.VarianceScaling;
import org.tensorflow.framework.losses.SparseCategoricalCrossentropy;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What is wrong in tensorflow-framework 1.0.0 and why Kerava has its own. A test that fails here is
 * good news: an upgrade has put it right.
 */
final class FrameworkDefectsTest {
  @Test
  void varianceScalingDrawsNoNegativeUniformNumbers() {
    float[] values = values(Shape.of(100, 100), VarianceScaling.Distribution.UNIFORM);
    double least = IntStream.range(0, values.length).mapToDouble(i -> values[i]).min().orElse(-1);
    assertTrue(least >= 0, "least " + least);
  }

  @Test
  void varianceScalingMiscountsTheFanOfConvolutions() {
    float[] values = values(Shape.of(5, 5, 40, 60), VarianceScaling.Distribution.TRUNCATED_NORMAL);
    double square =
        IntStream.range(0, values.length)
            .mapToDouble(i -> values[i] * values[i])
            .average()
            .orElse(0);
    double right = 1.0 / (25 * 40);
    assertTrue(Math.abs(square / right - 1) > 0.1, "variance " + square + ", right is " + right);
  }

  @Test
  void sparseCrossEntropyHasNoGradient() {
    try (Network network = Network.create(1)) {
      Ops tf = network.tf();
      Operand<TFloat32> logits = tf.constant(new float[][] {{1, 2}, {3, 4}});
      Operand<TFloat32> loss =
          new SparseCategoricalCrossentropy(true).call(tf, tf.constant(new int[] {0, 1}), logits);
      RuntimeException refusal =
          assertThrows(RuntimeException.class, () -> network.gradients(loss, List.of(logits)));
      assertTrue(refusal.getMessage().contains("No gradient"), refusal.getMessage());
      assertEquals(2, logits.shape().get(1));
    }
  }

  private static float[] values(Shape shape, VarianceScaling.Distribution distribution) {
    InitialValue initial =
        (tf, wanted, seed) ->
            new VarianceScaling<TFloat32>(1, VarianceScaling.Mode.FAN_IN, distribution, seed)
                .call(tf, tf.constant(wanted.asArray()), TFloat32.class);
    Network network = Network.create(7);
    network.weight("kernel", shape, initial);
    try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()))) {
      session.initialize();
      return session.read(List.of("kernel")).get("kernel").floats();
    }
  }
}
