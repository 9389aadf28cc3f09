package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.layers.Conv1D;
import kerava.layers.Conv2D;
import kerava.layers.Conv3D;
import kerava.layers.Conv3DTranspose;
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
    assertEquals(64 * 135 + 36 * 45 + 180 * 7, count(model));
  }

  @Test
  void countsThoseOfSequencesAndVolumes() {
    assertEquals(9 * 2 * 3 * 5, count(Sequential.of(Input.of(10, 3), Conv1D.of(5, 2))));
    assertEquals(
        4 * 2 * 3 * 5, // 4 places, a kernel of 2 x 3 x 5
        count(Sequential.of(Input.of(10, 3), Conv1D.of(5, 2).dilationRate(6))));
    assertEquals(
        3 * 3 * 3 * 8 * 2 * 5, count(Sequential.of(Input.of(4, 4, 4, 2), Conv3D.of(5, 2))));
    assertEquals(
        8 * 8 * 8 * 8 * 2 * 5,
        count(Sequential.of(Input.of(4, 4, 4, 2), Conv3DTranspose.of(5, 2).strides(2))));
  }

  private static long count(Model model) {
    try (Network network = Network.create(1)) {
      model.build(
          network.pass("infer", Mode.INFER),
          network.tf().placeholder(TFloat32.class, Placeholder.shape(model.inputShape())));
      return MultiplicationCount.of(network.graph());
    }
  }
}
