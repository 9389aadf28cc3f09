package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Gradients through convolutions of volumes, against differences of what they are gradients of. */
final class OwnGradientsTest {
  private static final List<Long> ONE = List.of(1L, 1L, 1L, 1L, 1L);
  private static final List<Long> TWO = List.of(1L, 2L, 2L, 2L, 1L);

  private final Network network = Network.create(1);
  private final Ops tf = network.tf();
  private int drawn;

  private Operand<TFloat32> numbers(int... shape) {
    Operand<TFloat32> random =
        tf.random.statelessRandomUniform(
            tf.constant(shape), tf.constant(new long[] {1, drawn++}), TFloat32.class);
    return tf.math.sub(random, tf.constant(0.5f));
  }

  private Operand<TFloat32> sum(Operand<TFloat32> x) {
    return tf.sum(x, tf.constant(new int[] {0, 1, 2, 3, 4}));
  }

  /** Each gradient's length is how fast the sum grows where it points. */
  private void check(Operand<TFloat32> sum, List<Operand<TFloat32>> xs) {
    List<Operand<TFloat32>> gradients = network.gradients(sum, xs);
    List<Operand<TFloat32>> again = network.gradients(sum, xs);
    float step = 0.01f;
    try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()))) {
      for (int i = 0; i < xs.size(); i++) {
        Array x = run(session.session().runner(), xs.get(i));
        Array gradient = run(session.session().runner(), gradients.get(i));
        assertEquals(gradient, run(session.session().runner(), again.get(i)));
        double length = 0;
        for (float number : gradient.floats()) {
          length += (double) number * number;
        }
        length = Math.sqrt(length);
        double[] sums = new double[2];
        for (int side = 0; side < 2; side++) {
          float[] moved = x.floats().clone();
          for (int k = 0; k < moved.length; k++) {
            moved[k] += (float) ((2 * side - 1) * step * gradient.floats()[k] / length);
          }
          try (Tensor fed = Tensors.of(Array.of(moved, x.shape().asArray()))) {
            sums[side] = run(session.session().runner().feed(xs.get(i), fed), sum).floats()[0];
          }
        }
        assertEquals((sums[1] - sums[0]) / (2 * step), length, 2e-3 * length, "gradient " + i);
      }
    }
  }

  private static Array run(Session.Runner runner, Operand<TFloat32> fetched) {
    try (Result result = runner.fetch(fetched).run()) {
      return Tensors.array(result.get(0));
    }
  }

  @Test
  void flowThroughChainsAndAroundThem() {
    Operand<TFloat32> x = numbers(2, 4, 5, 4, 3);
    Operand<TFloat32> first = numbers(3, 3, 3, 3, 4);
    Operand<TFloat32> second = numbers(3, 2, 3, 4, 4);
    Operand<TFloat32> enlarging = numbers(2, 2, 2, 3, 4);
    Operand<TFloat32> a = tf.nn.conv3d(x, first, ONE, "SAME");
    Operand<TFloat32> b = tf.nn.conv3d(a, second, ONE, "SAME");
    Operand<TFloat32> c = tf.math.add(tf.math.tanh(b), a);
    Operand<TInt32> sizes = tf.shape(tf.concat(List.of(c, c), tf.constant(1)));
    Operand<TFloat32> d =
        tf.nn.conv3dBackpropInput(
            tf.math.add(
                tf.math.mul(sizes, tf.constant(new int[] {1, 1, 2, 2, 0})),
                tf.constant(new int[] {0, 0, 0, 0, 3})),
            enlarging,
            c,
            TWO,
            "VALID");
    check(sum(tf.math.mul(d, d)), List.of(x, first, second, enlarging, a));
  }

  @Test
  void areZeroWhereNothingFlowsBack() {
    Operand<TFloat32> x = numbers(1, 2, 2, 2, 1);
    Operand<TFloat32> kernel = numbers(1, 1, 1, 1, 1);
    Operand<TFloat32> rounded = tf.stopGradient(tf.nn.conv3d(x, kernel, ONE, "SAME"));
    List<Operand<TFloat32>> gradients =
        network.gradients(sum(tf.math.mul(tf.math.add(rounded, x), tf.constant(3f))), List.of(x));
    try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()))) {
      float[] got = run(session.session().runner(), gradients.get(0)).floats();
      assertArrayEquals(new float[] {3, 3, 3, 3, 3, 3, 3, 3}, got);
    }
  }

  @Test
  void leaveTheWayForwardAsItWas() {
    Operand<TFloat32> x = numbers(1, 2, 2, 2, 1);
    Operand<TFloat32> kernel = numbers(1, 1, 1, 1, 1);
    Operand<TFloat32> y = tf.nn.relu(tf.nn.conv3d(x, kernel, ONE, "SAME"));
    Operand<TFloat32> sum = sum(y);
    network.gradients(sum, List.of(kernel));
    assertEquals("Conv3D", ((GraphOperation) y.op()).input(0).op().type());
    List<String> types = new ArrayList<>();
    for (Iterator<GraphOperation> all = network.graph().operations(); all.hasNext(); ) {
      types.add(all.next().type());
    }
    assertEquals(1, types.stream().filter("Conv3DBackpropFilterV2"::equals).count());
    assertEquals(0, types.stream().filter("Conv3DBackpropInputV2"::equals).count());
    network.close();
  }
}
