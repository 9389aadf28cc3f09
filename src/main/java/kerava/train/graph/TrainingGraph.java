package kerava.train.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerava.BatchTransform;
import kerava.CompileSettings;
import kerava.Model;
import kerava.graph.Array;
import kerava.graph.Cast;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.TensorValue;
import kerava.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * The handles of a finished training graph that the loop needs.
 *
 * @param feeds where data enters
 * @param reported what a batch reports
 * @param train the loss of a batch and what it adds to the sums of the metrics, while training
 * @param steps the operations that change weights
 * @param evaluate the same metrics, in inference
 * @param predictions the outputs, in inference
 * @param inference how evaluation and prediction run
 */
public record TrainingGraph(
    Placeholders feeds,
    Reported reported,
    Operand<TFloat32> train,
    ForwardPass.TrainOps steps,
    Operand<TFloat32> evaluate,
    List<Operand<? extends TType>> predictions,
    BatchInference inference) {

  /**
   * How batches are computed.
   *
   * @param strategy on what, in how many parts
   * @param transforms what happens to each batch before the model, while training
   * @param gradients what happens to gradients before the optimizer
   */
  public record How(
      DistributionStrategy strategy,
      List<BatchTransform> transforms,
      ForwardPass.GradientTransform gradients) {}

  /** Builds everything that training, evaluation and prediction need into a network. */
  public static TrainingGraph build(
      Network network, Model model, CompileSettings settings, How how) {
    List<TrainedOutput> outputs = TrainedOutput.of(settings, model);
    Placeholders feeds = Placeholders.add(network.tf().withSubScope("feeds"), model, outputs);
    BatchMetrics reported = BatchMetrics.of(model, feeds);
    Placeholders mixed = BatchTransforms.apply(network, feeds, how.transforms());
    ForwardPass training = ForwardPass.train(network, model, mixed, how.strategy());
    BatchMetrics.Result train = reported.add(network.tf().withSubScope("figures"), model, training);
    ForwardPass.Descent descent =
        new ForwardPass.Descent(model.trainableWeights(), settings.optimizer(), how.gradients());
    ForwardPass.TrainOps steps = training.update(network, descent, train.loss());
    ForwardPass inference = ForwardPass.infer(network, model, feeds);
    BatchMetrics.Result evaluate =
        reported.add(network.tf().withSubScope("evaluation"), model, inference);
    return new TrainingGraph(
        feeds,
        reported.seen(inference),
        train.all(),
        steps,
        evaluate.all(),
        predictions(network.tf(), inference),
        new BatchInference(how.strategy()));
  }

  /** The outputs that need labels. */
  public List<TrainedOutput> outputs() {
    return feeds.targets().stream().map(Placeholders.Target::output).toList();
  }

  /** TensorFlow refuses to fetch what is fed, as happens with a model that changes nothing. */
  private static List<Operand<? extends TType>> predictions(Ops tf, ForwardPass inference) {
    List<Operand<? extends TType>> all = new ArrayList<>();
    for (TensorValue value : inference.parts().get(0).values()) {
      all.add(tf.identity(Cast.widened(tf, value.operand())));
    }
    return List.copyOf(all);
  }

  /** Runs a training step; the result is what the batch {@linkplain Reported reports}. */
  public float[] trainBatch(NetworkSession session, BoundData data, int[] samples) {
    Session.Runner runner = session.session().runner();
    try (BatchTensors feeder = new BatchTensors(runner)) {
      feeder.batch(feeds, data, samples);
      return fetch(runner.addTarget(steps.step()).fetch(train)).floats();
    }
  }

  /** Ends a training run: weights become their averages, if the optimizer keeps averages. */
  public void finish(NetworkSession session) {
    session.session().runner().addTarget(steps.finish()).run().close();
  }

  /** The same metrics in inference; no weight changes. */
  public Array evaluate(NetworkSession session, BoundData data, int[] samples) {
    Session.Runner runner = inference.runner(session);
    try (BatchTensors feeder = new BatchTensors(runner)) {
      feeder.batch(feeds, data, samples);
      return fetch(runner.fetch(evaluate));
    }
  }

  /** All outputs for some samples, in the model's order. */
  public List<Array> predictBatch(NetworkSession session, BoundData data, int[] samples) {
    Session.Runner runner = inference.runner(session);
    try (BatchTensors feeder = new BatchTensors(runner)) {
      feeder.inputs(feeds, data, samples);
      predictions.forEach(runner::fetch);
      try (Result result = runner.run()) {
        return IntStream.range(0, predictions.size())
            .mapToObj(i -> Tensors.array(result.get(i)))
            .toList();
      }
    }
  }

  private static Array fetch(Session.Runner runner) {
    try (Result result = runner.run()) {
      return Tensors.array(result.get(0));
    }
  }
}
