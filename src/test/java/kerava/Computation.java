package kerava;

import java.util.function.Function;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Runs a few operations and returns what they give. */
public final class Computation {
  private Computation() {}

  /** What an operand gives. */
  public static Array of(Function<Ops, Operand<? extends TType>> build) {
    return inNetwork(network -> build.apply(network.tf()));
  }

  /** What an operand in a network gives. */
  public static Array inNetwork(Function<Network, Operand<? extends TType>> build) {
    try (Network network = Network.create(1)) {
      Operand<? extends TType> value = build.apply(network);
      try (NetworkSession session = network.start(SessionOptions.on(TestDevice.get()))) {
        if (!network.variables().isEmpty()) {
          session.initialize();
        }
        try (Result result = session.session().runner().fetch(value).run()) {
          return Tensors.array(result.get(0));
        }
      }
    }
  }

  /** Numbers as a constant, with a batch size that the graph does not know. */
  public static Operand<TFloat32> floats(Ops tf, Array array) {
    return unknownBatch(tf, tf.reshape(tf.constant(array.floats()), shape(tf, array)), array)
        .asOutput()
        .expect(TFloat32.class);
  }

  /** Class numbers as a constant, with a batch size that the graph does not know. */
  public static Operand<TInt32> ints(Ops tf, Array array) {
    return unknownBatch(tf, tf.reshape(tf.constant(array.ints()), shape(tf, array)), array)
        .asOutput()
        .expect(TInt32.class);
  }

  private static Operand<TInt32> shape(Ops tf, Array array) {
    int[] sizes = new int[array.shape().numDimensions()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (int) array.shape().get(i);
    }
    return tf.constant(sizes);
  }

  private static <T extends TType> Operand<T> unknownBatch(Ops tf, Operand<T> value, Array array) {
    long[] sizes = array.shape().asArray();
    sizes[0] = -1;
    return tf.placeholderWithDefault(value, org.tensorflow.ndarray.Shape.of(sizes));
  }
}
