package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

final class GradientOperationsTest {
  @Test
  void reluGradientReadsWhatReluGave() {
    try (Network network = Network.create(1)) {
      Ops tf = network.tf();
      Operand<TFloat32> x = tf.identity(tf.constant(new float[] {-1, 0, 2, 3}));
      Operand<TFloat32> y = tf.nn.relu(x);
      Operand<TFloat32> sum = tf.sum(tf.math.mul(y, y), tf.constant(0));
      Operand<TFloat32> gradient = network.gradients(sum, List.of(x)).get(0);
      assertEquals(y.op().name(), reluGradient(network).input(1).op().name());
      try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()));
          Result result = session.session().runner().fetch(gradient).run()) {
        assertArrayEquals(new float[] {0, 0, 4, 6}, Tensors.array(result.get(0)).floats());
      }
    }
  }

  private static GraphOperation reluGradient(Network network) {
    for (Iterator<GraphOperation> all = network.graph().operations(); all.hasNext(); ) {
      GraphOperation each = all.next();
      if (each.type().equals("ReluGrad")) {
        return each;
      }
    }
    throw new AssertionError("no gradient of ReLU");
  }
}
