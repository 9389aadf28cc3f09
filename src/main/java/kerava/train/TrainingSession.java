package kerava.train;

import java.util.List;
import java.util.OptionalInt;
import kerava.CompileSettings;
import kerava.Model;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.train.graph.BatchInference;
import kerava.train.graph.DistributionStrategy;
import kerava.train.graph.SampleWeights;
import kerava.train.graph.StepLoops;
import kerava.train.graph.TrackedMetric;
import kerava.train.graph.TrainingGraph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;

/** A training graph and the session that runs it. */
final class TrainingSession implements AutoCloseable {
  private final TrainingGraph graph;
  private final NetworkSession session;
  private final StepLoops loops;
  private final boolean ofWholeBatch;

  private TrainingSession(TrainingGraph graph, NetworkSession session, boolean ofWholeBatch) {
    this.graph = graph;
    this.ofWholeBatch = ofWholeBatch;
    this.session = session;
    this.loops = new StepLoops(session.network(), graph);
  }

  /** Builds the graph, and gives the weights their first values. */
  static TrainingSession start(
      long seed, Model model, CompileSettings settings, TrainingGraph.How how) {
    try (Network network = Network.create(seed)) {
      TrainingGraph graph = TrainingGraph.build(network, model, settings, how);
      NetworkSession session = network.start(how.strategy().session());
      session.initialize();
      return new TrainingSession(graph, session, settings.loss().ofWholeBatch());
    }
  }

  /** The values of the variables. */
  NetworkSession weights() {
    return session;
  }

  DistributionStrategy strategy() {
    return graph.inference().strategy();
  }

  List<TrackedMetric> metrics() {
    return graph.metrics();
  }

  /** The steps of a fit; what they need beside the graph is added to it. */
  TrainingSteps steps(Dataset data, Fit fit, SampleWeights weights) {
    ExecutionPlan execution = ExecutionPlan.of(strategy(), fit, data);
    return new TrainingSteps(
        session, graph, loops, new TrainingSteps.Plan(execution, data, weights));
  }

  /** Ends a fit: weights become their averages, if the optimizer keeps averages. */
  void finish() {
    graph.finish(session);
  }

  /**
   * The loss and the metrics over data that fit the model, in inference.
   *
   * @param batchSize how many samples at once, if the loss depends on it
   */
  MetricTotals evaluate(Dataset data, SampleWeights weights, int batchSize) {
    OptionalInt batch = ofWholeBatch ? OptionalInt.of(batchSize) : OptionalInt.empty();
    MetricTotals totals = new MetricTotals(metrics());
    graph
        .inference()
        .each(
            BatchInference.Samples.of(data).inBatches(batch),
            samples ->
                new MetricTotals.Part(
                    graph.evaluate(session, data, samples, weights), samples.length))
        .forEach(totals::add);
    return totals;
  }

  /**
   * The first output for data that fit the model, in inference.
   *
   * @param outputs the shapes of the outputs, batch dimension first
   */
  Array predict(Dataset data, List<Shape> outputs) {
    return graph
        .inference()
        .all(
            BatchInference.Samples.of(data),
            outputs,
            samples -> List.of(graph.predictBatch(session, data.inputs(samples), data.pixels())))
        .get(0);
  }

  GraphDef graphDef() {
    return session.graphDef();
  }

  @Override
  public void close() {
    session.close();
  }
}
