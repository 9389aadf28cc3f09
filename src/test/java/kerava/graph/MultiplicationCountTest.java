package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.DepthwiseConv2D;
import kerava.layers.Flatten;
import org.junit.jupiter.api.Test;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

final class MultiplicationCountTest {
  @Test
  void countsTheMultiplicationsForOneSample() {
    Model model =
        Sequential.of(
            Input.of(10, 10, 3),
            Conv2D.of(5, 3), // 8 x 8 places, a kernel of 3 x 3 x 3 x 5
            DepthwiseConv2D.of(3), // 6 x 6 places, a kernel of 3 x 3 x 5
            Flatten.of(),
            Dense.of(7)); // 180 x 7
    try (Network network = Network.create(1)) {
      model.build(
          network.pass("infer", Mode.INFER),
          network.tf().placeholder(TFloat32.class, Placeholder.shape(model.inputShape())));
      assertEquals(64 * 135 + 36 * 45 + 180 * 7, network.multiplications());
    }
  }
}
