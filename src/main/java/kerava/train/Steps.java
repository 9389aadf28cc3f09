package kerava.train;

import java.util.List;
import java.util.Optional;
import kerava.data.Dataset;
import kerava.graph.NetworkSession;

/** The training steps of one run, as an {@link Execution} has them. */
final class Steps implements AutoCloseable {
  private final NetworkSession session;
  private final TrainingGraph graph;
  private final SampleWeights weights;
  private final int most;
  private final Optional<Loop> loop;
  private Optional<Dataset> written = Optional.empty();

  Steps(NetworkSession session, TrainingGraph graph, Plan plan) {
    this.session = session;
    this.graph = graph;
    this.weights = plan.weights();
    this.most = plan.execution().steps();
    this.loop = plan.loop();
  }

  /**
   * What is to be done.
   *
   * @param execution how many steps at once
   * @param loop makes them, unless they are made one by one
   * @param weights the weights of samples
   */
  record Plan(Execution execution, Optional<Loop> loop, SampleWeights weights) {}

  /** How many steps can be made at once. */
  int most() {
    return most;
  }

  /** Begins to train on data, of which batches will be asked for. */
  void begin(Dataset data) {
    if (loop.isPresent() && !written.equals(Optional.of(data))) {
      loop.get().write(session, data);
      written = Optional.of(data);
    }
  }

  /**
   * Makes a step a batch.
   *
   * @param data those that were begun with, or a view of them that reads ahead
   * @param batches the samples of each, as many of each
   * @return the mean loss, then the sum of each metric, of each batch
   */
  List<float[]> run(Dataset data, List<int[]> batches) {
    if (loop.isPresent()) {
      return loop.get().run(session, new Batches(data, batches, weights));
    }
    return batches.stream()
        .map(samples -> graph.trainBatch(session, data, samples, weights))
        .toList();
  }

  /** Frees what was kept for the steps in the memory of the device. */
  @Override
  public void close() {
    loop.ifPresent(own -> own.clear(session));
  }
}
