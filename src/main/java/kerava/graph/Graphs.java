package kerava.graph;

import org.tensorflow.Graph;
import org.tensorflow.Session;
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
    return session(graph, ConfigProto.newBuilder().putDeviceCount("GPU", 0).build());
  }
}
