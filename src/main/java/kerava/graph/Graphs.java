package kerava.graph;

import kerava.graph.cuda.MavenCuda;
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
    MavenCuda.load();
    return new Graph();
  }

  /** A session on the CPU, without a glance at GPUs; to be closed before its graph. */
  public static Session onHost(Graph graph) {
    int threads = IntraOpThreads.wide();
    IntraOpThreads.claim(threads);
    return new Session(
        graph,
        ConfigProto.newBuilder()
            .putDeviceCount("GPU", 0)
            .setIntraOpParallelismThreads(threads)
            .build());
  }
}
