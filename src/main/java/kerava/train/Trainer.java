package kerava.train;

import java.util.Random;
import kerava.CompileSettings;
import kerava.Loss;
import kerava.Metric;
import kerava.Model;
import kerava.Optimizer;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;

public final class Trainer implements AutoCloseable {
  final Model model;
  final CompileSettings settings;
  final TrainingGraph graph;
  final NetworkSession session;
  final TrainerOptions options;

  private Trainer(
      Model model,
      CompileSettings settings,
      TrainingGraph graph,
      NetworkSession session,
      TrainerOptions o) {
    this.model = model;
    this.settings = settings;
    this.graph = graph;
    this.session = session;
    options = o;
  }

  public static Trainer compile(Model model, Optimizer optimizer, Loss loss, Metric... metrics) {
    return compile(model, CompileSettings.of(optimizer, loss, metrics), TrainerOptions.defaults());
  }

  public static Trainer compile(Model model, CompileSettings settings, TrainerOptions options) {
    try (Network network = Network.create(options.seed())) {
      TrainingGraph graph =
          TrainingGraph.build(
              network, model, settings, options.replicas() == 0 ? 1 : options.replicas());
      NetworkSession session =
          network.start(new SessionOptions(options.device(), Integer.getInteger("intra", 0)));
      session.initialize();
      return new Trainer(model, settings, graph, session, options);
    }
  }

  public float[] step(Dataset data, int[] ix) {
    return run(data, ix, true);
  }

  private float[] run(Dataset data, int[] ix, boolean train) {
    Array in = data.inputs(ix);
    Session.Runner r = session.session().runner();
    try (Tensor x = Tensors.of(in);
        Tensor y = Tensors.of(data.labels(ix));
        Tensor d = Tensors.of(Array.of(new float[] {data.divisor()}))) {
      if (in.type() == Array.Type.UINT8)
        r.feed(graph.feeds().pixels(), x).feed(graph.feeds().divisor(), d);
      else r.feed(graph.feeds().inputs(), x);
      r.feed(graph.feeds().labels().operand(), y);
      if (train) r.addTarget(graph.step()).fetch(graph.train());
      else r.fetch(graph.evaluate());
      try (Result res = r.run()) {
        return Tensors.array(res.get(0)).floats();
      }
    }
  }

  public void fit(Dataset data, int epochs, int batch) {
    int n = data.size();
    int[] p = new int[n];
    for (int i = 0; i < n; i++) p[i] = i;
    Random rnd = new Random(options.seed());
    for (int e = 0; e < epochs; e++) {
      long t = System.nanoTime();
      for (int i = n - 1; i > 0; i--) {
        int j = rnd.nextInt(i + 1);
        int q = p[i];
        p[i] = p[j];
        p[j] = q;
      }
      double l = 0, a = 0;
      for (int s = 0; s < n; s += batch) {
        int[] ix = java.util.Arrays.copyOfRange(p, s, Math.min(n, s + batch));
        float[] f = run(data, ix, true);
        l += f[0] * ix.length;
        a += f[1];
      }
      System.out.printf(
          "epoch %d loss %.4f acc %.4f %.1f s%n", e, l / n, a / n, (System.nanoTime() - t) / 1e9);
    }
  }

  public float[] evaluate(Dataset data, int batch) {
    double l = 0, a = 0;
    int n = data.size();
    for (int s = 0; s < n; s += batch) {
      int[] ix = new int[Math.min(batch, n - s)];
      for (int i = 0; i < ix.length; i++) ix[i] = s + i;
      float[] f = run(data, ix, false);
      l += f[0] * ix.length;
      a += f[1];
    }
    return new float[] {(float) (l / n), (float) (a / n)};
  }

  public Weights weights() {
    return session.read(model.weights().stream().map(w -> w.name()).toList());
  }

  @Override
  public void close() {
    session.close();
  }
}
