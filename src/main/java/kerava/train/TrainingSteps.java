package kerava.train;

import java.util.List;
import java.util.Optional;
import kerava.graph.NetworkSession;
import kerava.train.graph.Batches;
import kerava.train.graph.BoundData;
import kerava.train.graph.StepLoop;
import kerava.train.graph.StepLoops;
import kerava.train.graph.TrainingGraph;

/** The training steps of one fit, as an {@link ExecutionPlan} has them. */
final class TrainingSteps implements AutoCloseable {
  private static final double NANOS = 1e9;

  /** A run holds what each of its steps adds to metrics: at most 64 MiB. */
  private static final long NUMBERS = 16L << 20;

  private final NetworkSession session;
  private final TrainingGraph graph;
  private final StepLoops loops;
  private final Plan plan;
  private final StepsPerExecutionTuner tuner;
  private Optional<StepLoop> loop;
  private Optional<BoundData> written = Optional.empty();

  TrainingSteps(NetworkSession session, TrainingGraph graph, StepLoops loops, Plan plan) {
    this.session = session;
    this.graph = graph;
    this.loops = loops;
    this.plan = plan;
    this.tuner = new StepsPerExecutionTuner(plan.execution().steps());
    this.loop =
        plan.execution().looped() ? Optional.of(loops.of(kind(plan.data()))) : Optional.empty();
  }

  /**
   * What is to be done.
   *
   * @param execution how many steps at once
   * @param data what is trained on
   */
  record Plan(ExecutionPlan execution, BoundData data) {}

  private StepLoop.Kind kind(BoundData data) {
    return StepLoop.Kind.of(data, plan.execution().resident());
  }

  /** How many steps should be made at once, next. */
  int most() {
    long numbers = graph.reported().size();
    return (int) Math.max(1, Math.min(wanted(), NUMBERS / numbers));
  }

  private int wanted() {
    if (!plan.execution().paced()) {
      return plan.execution().steps();
    }
    if (loop.isEmpty() && tuner.steps() > 1) {
      loop = loops.worthwhile(kind(plan.data()));
    }
    return loop.isPresent() ? tuner.steps() : 1;
  }

  /** Begins to train on data, of which batches will be asked for. */
  void begin(BoundData data) {
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
   * @return of each batch its mean loss, then what it adds to the sums of each metric
   */
  List<float[]> run(BoundData data, List<int[]> batches) {
    long start = System.nanoTime();
    List<float[]> metrics = metrics(data, batches);
    tuner.ran(batches.get(0).length, batches.size(), (System.nanoTime() - start) / NANOS);
    loops.made(batches.size());
    return metrics;
  }

  private List<float[]> metrics(BoundData data, List<int[]> batches) {
    if (loop.isPresent()) {
      return loop.get().run(session, new Batches(data, batches));
    }
    return batches.stream().map(samples -> graph.trainBatch(session, data, samples)).toList();
  }

  /** Frees what was kept for the steps in the memory of the device. */
  @Override
  public void close() {
    loop.ifPresent(own -> own.clear(session));
  }
}
