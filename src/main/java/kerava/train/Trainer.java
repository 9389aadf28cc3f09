package kerava.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import kerava.CompileSettings;
import kerava.DTypePolicy;
import kerava.Loss;
import kerava.Metric;
import kerava.Model;
import kerava.Optimizer;
import kerava.OptimizerState;
import kerava.TrainingState;
import kerava.TrainingView;
import kerava.WeightSpec;
import kerava.config.Nearest;
import kerava.config.Visible;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Weights;
import kerava.optimizers.LossScaleOptimizer;
import kerava.optimizers.step.OptimizerStep;
import kerava.train.graph.BatchInference;
import kerava.train.graph.BatchTransforms;
import kerava.train.graph.SampleWeights;
import kerava.train.graph.StepLoops;
import kerava.train.graph.TrainingGraph;
import org.tensorflow.proto.GraphDef;

/**
 * A model in training: a graph with the model's forward and backward computation, an optimizer and
 * a session. It holds native memory and must be closed; it is not safe for use by several threads.
 *
 * <pre>{@code
 * try (Trainer trainer = Trainer.compile(model, Adam.of(), loss, Accuracy.of())) {
 *   History history = trainer.fit(cifar.train(), Fit.epochs(10).validation(cifar.test()));
 *   System.out.println(trainer.evaluate(cifar.test()));
 * }
 * }</pre>
 *
 * @see <a href="https://keras.io/api/models/model_training_apis/">Keras: model training APIs</a>
 */
public final class Trainer implements TrainingView, AutoCloseable {
  private Model model;
  private List<String> classNames = List.of();
  private final CompileSettings settings;
  private final TrainerOptions options;
  private final TrainingGraph graph;
  private final NetworkSession session;
  private final StepLoops loops;

  private Trainer(
      Model model, CompileSettings settings, TrainerOptions options, Compiled compiled) {
    this.model = model;
    this.settings = settings;
    this.options = options;
    this.graph = compiled.graph();
    this.session = compiled.session();
    this.loops = new StepLoops(session.network(), graph);
  }

  private record Compiled(TrainingGraph graph, NetworkSession session) {}

  /**
   * Builds the training graph of a model, with a random seed and on a GPU where there is one.
   *
   * @throws IllegalArgumentException if the model cannot be trained with these
   */
  public static Trainer compile(Model model, Optimizer optimizer, Loss loss, Metric... metrics) {
    return compile(model, CompileSettings.of(optimizer, loss, metrics), TrainerOptions.defaults());
  }

  /**
   * Builds the training graph of a model.
   *
   * @throws IllegalArgumentException if the model cannot be trained with these
   * @throws IllegalStateException if the options ask for a GPU, or for XLA, where there is none
   */
  public static Trainer compile(Model model, CompileSettings settings, TrainerOptions options) {
    if (model.trainableWeights().isEmpty()) {
      throw new IllegalArgumentException(
          Visible.of(
              "Trainer: expected a model with weights to train, got none in \""
                  + model.name()
                  + "\". Are all layers frozen?"));
    }
    BatchTransforms.require(model, settings, options.transforms());
    GradientFactor.require(options.gradientFactors(), model.trainableWeights());
    TrainingGraph.How how = options.how(model);
    CompileSettings scaled = scaled(settings, model);
    TrainerOptions chosen = options.withReplicas(how.strategy().replicas());
    try (Network network = Network.create(chosen.seed())) {
      TrainingGraph graph = TrainingGraph.build(network, model, scaled, how);
      NetworkSession session = network.start(how.strategy().session());
      session.initialize();
      return new Trainer(model, scaled, chosen, new Compiled(graph, session));
    }
  }

  /** As in Keras, small gradients of float16 are saved from becoming zero without being asked. */
  private static CompileSettings scaled(CompileSettings settings, Model model) {
    Optimizer optimizer = settings.optimizer();
    boolean asIs =
        !model.policies().contains(DTypePolicy.MIXED_FLOAT16)
            || optimizer.lossScaling().isPresent()
            || optimizer.config().get(Optimizer.LOSS_SCALE_FACTOR).isPresent();
    return asIs ? settings : settings.withOptimizer(LossScaleOptimizer.of(optimizer));
  }

  /**
   * Trains the model.
   *
   * @return what each epoch reported
   * @throws IllegalArgumentException if the data do not fit the model or the loss
   * @throws IllegalStateException if the memory of the device does not suffice
   */
  public History fit(Dataset data, Fit fit) {
    adopt(data);
    return OutOfMemory.guard(
        "Trainer fit", OptionalInt.of(fit.batchSize()), () -> FitLoop.run(this, data, fit));
  }

  /** From now on the model expects files to be read as these were, and knows their classes. */
  private void adopt(Dataset data) {
    DataCheck.inputs(model, data.inputShape());
    DataCheck.images(model, data);
    classNames = data.classNames().isEmpty() ? classNames : data.classNames();
    data.preprocessing()
        .map(read -> read.scaling(model.preprocessing().scaling()))
        .ifPresent(read -> model = model.withPreprocessing(read));
  }

  /**
   * The loss and the metrics of the model as it is now, in inference.
   *
   * @throws IllegalArgumentException if the data do not fit the model or the loss
   */
  public Evaluation evaluate(Dataset data) {
    DataCheck.labelled(model, settings.loss().labels(), data);
    return OutOfMemory.guard(
        "Trainer evaluate",
        OptionalInt.empty(),
        () -> evaluateChecked(data, SampleWeights.ones()).evaluation());
  }

  MetricMeans evaluateChecked(Dataset data, SampleWeights weights) {
    MetricMeans means = new MetricMeans(metricNames());
    graph
        .inference()
        .each(
            BatchInference.Samples.of(data),
            samples ->
                new MetricMeans.Part(
                    graph.evaluate(session, data, samples, weights), samples.length))
        .forEach(means::add);
    return means;
  }

  /** The steps of a fit; what they need beside the graph is added to it. */
  TrainingSteps steps(Dataset data, Fit fit, SampleWeights weights) {
    ExecutionPlan execution = ExecutionPlan.of(graph.inference().strategy(), fit, data);
    return new TrainingSteps(
        session, graph, loops, new TrainingSteps.Plan(execution, data, weights));
  }

  void finish() {
    graph.finish(session);
  }

  /**
   * The outputs of the model as it is now for the inputs of a data set, in inference.
   *
   * @return shape (samples, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   */
  public Array predict(Dataset data) {
    DataCheck.inputs(model, data.inputShape());
    DataCheck.images(model, data);
    return graph
        .inference()
        .all(
            BatchInference.Samples.of(data),
            model.outputShapes(),
            samples -> List.of(predictBatch(data, samples)))
        .get(0);
  }

  private Array predictBatch(Dataset data, int[] samples) {
    return graph.predictBatch(session, data.inputs(samples), data.pixels());
  }

  /** The graph of the training as TensorFlow writes it; without the values of weights. */
  public GraphDef graphDef() {
    return session.graphDef();
  }

  List<String> metricNames() {
    return graph.metrics().stream().map(Metric::name).toList();
  }

  /**
   * The settings that the model was compiled with; where layers compute in float16 the optimizer
   * stands within a {@link LossScaleOptimizer}, unless it scales the loss itself.
   */
  @Override
  public CompileSettings settings() {
    return settings;
  }

  /** The options that the graph was built with, replicas chosen. */
  public TrainerOptions options() {
    return options;
  }

  /** How training is laid out on the machine, in words for people: one line. */
  public String strategy() {
    return graph.inference().strategy().toString();
  }

  /**
   * The same of a training that is known, with how many steps are made in one run and where its
   * data lie.
   *
   * @throws IllegalArgumentException if it asks for data in the device's memory that cannot lie
   *     there
   */
  public String strategy(Dataset data, Fit fit) {
    return strategy() + ", " + ExecutionPlan.of(graph.inference().strategy(), fit, data);
  }

  /** The model, with the way in which images were read from files that it was trained on. */
  @Override
  public Model model() {
    return model;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public Weights weights() {
    return session.read(names(model.weights()));
  }

  @Override
  public TrainingState state() {
    long iterations = session.read(List.of(Network.ITERATION)).get(Network.ITERATION).longs()[0];
    Optional<Float> rate = scheduled() ? Optional.empty() : Optional.of((float) learningRate());
    return new TrainingState(
        weights(), new OptimizerState(iterations, rate, session.read(slotNames())));
  }

  /**
   * Goes on from weights, with an optimizer that remembers nothing else than before.
   *
   * @throws IllegalArgumentException if a weight is not in the model or has another shape
   */
  public void restore(Weights weights) {
    session.write(weights);
  }

  /**
   * Goes on from a state as if it had been reached here.
   *
   * @throws IllegalArgumentException if it is not a state of this model and optimizer
   */
  public void restore(TrainingState state) {
    OptimizerState optimizer =
        settings.optimizer() instanceof LossScaleOptimizer scaling
            ? scaling.adopt(state.optimizer())
            : state.optimizer();
    requireSame("weights", names(model.weights()), state.weights());
    requireSame("optimizer", slotNames(), optimizer.slots());
    session.write(state.weights().with(optimizer.slots()));
    session.write(
        Weights.of(Map.of(Network.ITERATION, Array.of(new long[] {optimizer.iterations()}))));
    if (!scheduled()) {
      optimizer.learningRate().ifPresent(this::learningRate);
    }
  }

  private static void requireSame(String what, List<String> expected, Weights got) {
    if (!got.names().equals(Set.copyOf(expected))) {
      throw new IllegalArgumentException(
          Visible.of(
              "Trainer state, "
                  + what
                  + ": expected "
                  + expected.size()
                  + " of its own, got "
                  + got.size()
                  + ", "
                  + Nearest.difference(expected, got.names())
                  + ". Is it of this model and optimizer?"));
    }
  }

  private static List<String> names(List<WeightSpec> specs) {
    return specs.stream().map(WeightSpec::name).toList();
  }

  private List<String> slotNames() {
    return settings.optimizer().slots(model.trainableWeights()).stream()
        .map(slot -> slot.path(settings.optimizer()))
        .toList();
  }

  @Override
  public double learningRate() {
    if (scheduled()) {
      long steps = session.read(List.of(Network.ITERATION)).get(Network.ITERATION).longs()[0];
      return settings.optimizer().learningRate().schedule().orElseThrow().at(steps);
    }
    return session
        .read(List.of(OptimizerStep.LEARNING_RATE))
        .get(OptimizerStep.LEARNING_RATE)
        .floats()[0];
  }

  /**
   * Sets the learning rate from the next step on.
   *
   * @throws IllegalArgumentException if it is below 0 or not finite
   * @throws IllegalStateException if a schedule gives it
   */
  public void learningRate(double rate) {
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "Trainer learning rate: expected a number of at least 0, got " + rate + ".");
    }
    if (scheduled()) {
      throw new IllegalStateException(
          "Trainer learning rate: expected a rate that is a number, got the schedule "
              + settings.optimizer().learningRate()
              + ".");
    }
    session.write(
        Weights.of(Map.of(OptimizerStep.LEARNING_RATE, Array.of(new float[] {(float) rate}))));
  }

  private boolean scheduled() {
    return settings.optimizer().learningRate().schedule().isPresent();
  }

  /** Frees the graph and its weights; nothing can be done with the trainer afterwards. */
  @Override
  public void close() {
    session.close();
  }
}
