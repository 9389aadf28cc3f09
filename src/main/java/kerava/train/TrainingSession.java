package kerava.train;

import java.util.List;
import kerava.CompileSettings;
import kerava.Model;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.train.graph.BatchInference;
import kerava.train.graph.BoundData;
import kerava.train.graph.DistributionStrategy;
import kerava.train.graph.FixedBatch;
import kerava.train.graph.Reported;
import kerava.train.graph.StepLoops;
import kerava.train.graph.TrainedOutput;
import kerava.train.graph.TrainingGraph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;

/** A training graph and the session that runs it. */
final class TrainingSession implements AutoCloseable {
  private final TrainingGraph graph;
  private final NetworkSession session;
  private final StepLoops loops;
  private final Model model;
  private final FixedBatch batches;

  private TrainingSession(TrainingGraph graph, NetworkSession session, Model model) {
    this.graph = graph;
    this.model = model;
    this.batches = FixedBatch.of(model);
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
      return new TrainingSession(graph, session, model);
    }
  }

  /** The values of the variables. */
  NetworkSession weights() {
    return session;
  }

  DistributionStrategy strategy() {
    return graph.inference().strategy();
  }

  /** The outputs that need labels. */
  List<TrainedOutput> outputs() {
    return graph.outputs();
  }

  Reported reported() {
    return graph.reported();
  }

  /** The steps of a fit; what they need beside the graph is added to it. */
  TrainingSteps steps(BoundData data, Fit fit) {
    ExecutionPlan execution = ExecutionPlan.of(strategy(), fit, data.data(), model);
    return new TrainingSteps(session, graph, loops, new TrainingSteps.Plan(execution, data));
  }

  /** Sets the states of layers that keep them to zeros. */
  void resetStates() {
    session.resetStates();
  }

  /** Ends a fit: weights become their averages, if the optimizer keeps averages. */
  void finish() {
    graph.finish(session);
  }

  /**
   * The loss and the metrics over data that fit the model, in inference.
   *
   * @param batchSize how many samples at once, if figures depend on it
   */
  MetricTotals evaluate(BoundData data, int batchSize) {
    BatchInference.Samples all = BatchInference.Samples.of(data.data());
    boolean byBatch = graph.reported().byBatch() || all.padded();
    MetricTotals totals = new MetricTotals(reported());
    graph
        .inference()
        .each(
            batches.of(byBatch ? all.inBatches(batchSize) : all),
            samples ->
                new MetricTotals.Part(graph.evaluate(session, data, samples), samples.length))
        .forEach(totals::add);
    return totals;
  }

  /**
   * All outputs for data that fit the model, in inference.
   *
   * @param outputs the shapes of the outputs, batch dimension first
   */
  List<Array> predict(BoundData data, List<Shape> outputs) {
    return graph
        .inference()
        .all(
            batches.of(BatchInference.Samples.of(data.data())),
            outputs,
            samples -> graph.predictBatch(session, data, samples));
  }

  GraphDef graphDef() {
    return session.graphDef();
  }

  @Override
  public void close() {
    session.close();
  }
}
