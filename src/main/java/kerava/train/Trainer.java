package kerava.train;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import kerava.CompileSettings;
import kerava.Loss;
import kerava.Metric;
import kerava.Model;
import kerava.Optimizer;
import kerava.TrainingState;
import kerava.TrainingView;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.optimizers.LossScaleOptimizer;
import kerava.train.graph.BoundData;
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
 * <p>A model of several inputs or outputs is compiled with {@link CompileSettings} by output, and
 * trained on data whose columns have the names of its inputs and outputs ({@link Dataset#of(Map,
 * Map)}).
 *
 * @see <a href="https://keras.io/api/models/model_training_apis/">Keras: model training APIs</a>
 */
public final class Trainer implements TrainingView, AutoCloseable {
  /** How many samples a batch of an evaluation has in Keras. */
  private static final int EVALUATED = 32;

  private Model model;
  private List<String> classNames = List.of();
  private final CompileSettings settings;
  private final TrainerOptions options;
  private final TrainingSession session;
  private final TrainerState state;

  private Trainer(Model model, Compiled compiled) {
    this.model = model;
    this.settings = compiled.settings();
    this.options = compiled.options();
    this.session = compiled.session();
    this.state = new TrainerState(model, settings.optimizer(), session.weights());
  }

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
    return new Trainer(model, Compiled.of(model, settings, options));
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
    DataCheck.columns(model, data);
    classNames = data.classNames().isEmpty() ? classNames : data.classNames();
    data.preprocessing()
        .map(read -> read.scaling(model.preprocessing().scaling()))
        .ifPresent(read -> model = model.withPreprocessing(read));
  }

  /** The same as {@link #evaluate(Dataset, int)} with batches of 32, as in Keras. */
  public Evaluation evaluate(Dataset data) {
    return evaluate(data, EVALUATED);
  }

  /**
   * The loss and the metrics of the model as it is now, in inference.
   *
   * @param batchSize how many samples are in a batch where figures depend on it, as those of a loss
   *     with a mask do, or the losses of several outputs; 32 in Keras where nothing is said
   * @throws IllegalArgumentException if the data do not fit the model or the loss, or there is less
   *     than one sample a batch
   */
  public Evaluation evaluate(Dataset data, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "Trainer evaluate: expected at least 1 sample a batch, got " + batchSize + ".");
    }
    BoundData bound = DataCheck.evaluated(model, session.outputs(), data);
    return OutOfMemory.guard(
        "Trainer evaluate",
        OptionalInt.empty(),
        () -> session.evaluate(bound, batchSize).evaluation());
  }

  /**
   * The output of the model as it is now for the inputs of a data set, in inference; of a model
   * with one output.
   *
   * @return shape (samples, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   * @throws IllegalStateException if the model has several outputs
   */
  public Array predict(Dataset data) {
    model.outputShape();
    return session.predict(DataCheck.inputs(model, data), model.outputShapes()).get(0);
  }

  /**
   * All outputs of the model as it is now by name, for the inputs of a data set, in inference.
   *
   * @return under {@link Model#outputNames}, in that order, of shape (samples, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   */
  public Map<String, Array> predictAll(Dataset data) {
    return NamedOutputs.of(
        model, session.predict(DataCheck.inputs(model, data), model.outputShapes()));
  }

  /** The graph of the training as TensorFlow writes it; without the values of weights. */
  public GraphDef graphDef() {
    return session.graphDef();
  }

  /** What runs the graph, for the loop of a fit. */
  TrainingSession session() {
    return session;
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
    return session.strategy().toString();
  }

  /**
   * The same of a training, with how many steps are made in one run and where its data lie.
   *
   * @throws IllegalArgumentException if data cannot lie in the device's memory, as was asked for
   */
  public String strategy(Dataset data, Fit fit) {
    return strategy() + ", " + ExecutionPlan.of(session.strategy(), fit, data, model);
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
    return state.weights();
  }

  @Override
  public TrainingState state() {
    return state.read();
  }

  /**
   * Goes on from weights, with an optimizer that remembers nothing else than before.
   *
   * @throws IllegalArgumentException if a weight is not in the model or has another shape
   */
  public void restore(Weights weights) {
    state.restore(weights);
  }

  /**
   * Goes on from a state as if it had been reached here.
   *
   * @throws IllegalArgumentException if it is not a state of this model and optimizer
   */
  public void restore(TrainingState saved) {
    state.restore(saved);
  }

  @Override
  public double learningRate() {
    return state.learningRate();
  }

  /**
   * Sets the learning rate from the next step on.
   *
   * @throws IllegalArgumentException if it is below 0 or not finite
   * @throws IllegalStateException if a schedule gives it
   */
  public void learningRate(double rate) {
    state.learningRate(rate);
  }

  /** Lets layers that keep their states begin anew: Keras' {@code reset_state}. */
  public void resetStates() {
    session.resetStates();
  }

  /** Frees the graph and its weights; nothing can be done with the trainer afterwards. */
  @Override
  public void close() {
    session.close();
  }
}
