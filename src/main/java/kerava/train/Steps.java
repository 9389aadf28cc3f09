package kerava.train;

import java.util.List;
import java.util.Optional;
import kerava.data.Dataset;
import kerava.graph.NetworkSession;

/** The training steps of one fit, as an {@link Execution} has them. */
final class Steps implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final NetworkSession session;
  private final TrainingGraph graph;
  private final Loops loops;
  private final Plan plan;
  private final Pace pace;
  private Optional<Loop> loop;
  private Optional<Dataset> written = Optional.empty();

  Steps(NetworkSession session, TrainingGraph graph, Loops loops, Plan plan) {
    this.session = session;
    this.graph = graph;
    this.loops = loops;
    this.plan = plan;
    this.pace = new Pace(plan.execution().steps());
    this.loop =
        plan.execution().looped() ? Optional.of(loops.of(kind(plan.data()))) : Optional.empty();
  }

  /**
   * What is to be done.
   *
   * @param execution how many steps at once
   * @param data what is trained on
   * @param weights the weights of samples
   */
  record Plan(Execution execution, Dataset data, SampleWeights weights) {}

  private Loop.Kind kind(Dataset data) {
    return Loop.Kind.of(data, plan.execution().resident());
  }

  /** How many steps should be made at once, next. */
  int most() {
    if (!plan.execution().paced()) {
      return plan.execution().steps();
    }
    if (loop.isEmpty() && pace.steps() > 1) {
      loop = loops.worthwhile(kind(plan.data()));
    }
    return loop.isPresent() ? pace.steps() : 1;
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
    long start = System.nanoTime();
    List<float[]> figures = figures(data, batches);
    pace.ran(batches.get(0).length, batches.size(), (System.nanoTime() - start) / NANOS);
    loops.made(batches.size());
    return figures;
  }

  private List<float[]> figures(Dataset data, List<int[]> batches) {
    SampleWeights weights = plan.weights();
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
