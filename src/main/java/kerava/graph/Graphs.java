package kerava.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;

/**
 * Graphs and sessions of TensorFlow's own kind.
 *
 * <p>TensorFlow must find CUDA's libraries when it is loaded, and the first session that sees a GPU
 * decides how much of its memory is taken at once: so graphs are made here, and sessions that only
 * move numbers see no GPU.
 */
public final class Graphs {
  private Graphs() {}

  /** An empty graph, to be closed. */
  public static Graph empty() {
    NativeTensorFlow.load();
    return new Graph();
  }

  /**
   * The shapes that TensorFlow finds for the outputs of operations.
   *
   * @param inputs the types and shapes of the inputs; -1 where a dimension is not known
   * @param body adds the operations
   * @throws IllegalArgumentException if the operations do not take such inputs
   */
  public static List<Shape> shapes(
      List<TensorSpec> inputs,
      BiFunction<Ops, List<Operand<?>>, ? extends List<? extends Operand<?>>> body) {
    try (Graph graph = empty()) {
      Ops tf = Ops.create(graph);
      List<Operand<?>> places = new ArrayList<>();
      for (TensorSpec input : inputs) {
        places.add(tf.placeholder(input.type().tensorType(), Placeholder.shape(input.shape())));
      }
      return body.apply(tf, places).stream().map(Operand::shape).toList();
    }
  }

  /**
   * Makes ready for a session that is opened next.
   *
   * @param config the session's own
   */
  public static void beforeSession(ConfigProto config) {
    NativeTensorFlow.load();
    NativeLog.greet(config);
  }

  /** A session that initializes nothing by itself; to be closed before its graph. */
  static Session session(Graph graph, ConfigProto config) {
    beforeSession(config);
    // The automatic initialization of Session knows only reference variables.
    return new Session(graph, false, config);
  }

  /** A session on the CPU, without a glance at GPUs; to be closed before its graph. */
  public static Session onHost(Graph graph) {
    int threads = IntraOpThreads.wide();
    IntraOpThreads.claim(threads);
    return session(
        graph,
        ConfigProto.newBuilder()
            .putDeviceCount("GPU", 0)
            .setIntraOpParallelismThreads(threads)
            .build());
  }
}
