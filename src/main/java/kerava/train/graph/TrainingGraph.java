package kerava.train.graph;

import java.util.List;
import kerava.BatchTransform;
import kerava.CompileSettings;
import kerava.Model;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * The handles of a finished training graph that the loop needs.
 *
 * @param feeds where data enters
 * @param metrics the metrics
 * @param train the loss of a batch and what it adds to the sums of the metrics, while training
 * @param steps the operations that change weights
 * @param evaluate the same metrics, in inference
 * @param predictions the output, in inference
 * @param inference how evaluation and prediction run
 */
public record TrainingGraph(
    Placeholders feeds,
    List<TrackedMetric> metrics,
    Operand<TFloat32> train,
    ForwardPass.TrainOps steps,
    Operand<TFloat32> evaluate,
    Operand<TFloat32> predictions,
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
    Placeholders feeds =
        Placeholders.add(network.tf().withSubScope("feeds"), model, settings.loss());
    BatchMetrics reported = BatchMetrics.of(settings, model, feeds);
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
        reported.metrics(),
        train.all(),
        steps,
        evaluate.all(),
        inference.parts().get(0).predictions(),
        new BatchInference(how.strategy()));
  }

  /** Runs a training step; the result is the mean loss, then what the batch adds to metrics. */
  public float[] trainBatch(
      NetworkSession session, Dataset data, int[] samples, SampleWeights weights) {
    Session.Runner runner = session.session().runner();
    try (BatchTensors feeder = new BatchTensors(runner)) {
      feed(feeder, data, samples, weights);
      return fetch(runner.addTarget(steps.step()).fetch(train)).floats();
    }
  }

  /** Ends a training run: weights become their averages, if the optimizer keeps averages. */
  public void finish(NetworkSession session) {
    session.session().runner().addTarget(steps.finish()).run().close();
  }

  /** The same metrics in inference; no weight changes. */
  public Array evaluate(
      NetworkSession session, Dataset data, int[] samples, SampleWeights weights) {
    Session.Runner runner = inference.runner(session);
    try (BatchTensors feeder = new BatchTensors(runner)) {
      feed(feeder, data, samples, weights);
      return fetch(runner.fetch(evaluate));
    }
  }

  private void feed(BatchTensors feeder, Dataset data, int[] samples, SampleWeights weights) {
    Array labels = feeder.batch(feeds, data, samples);
    if (!weights.none()) {
      feeder.feed(feeds.sampleWeights(), weights.of(samples, labels));
    }
  }

  /** The outputs for some inputs. */
  public Array predictBatch(NetworkSession session, Array inputs, boolean pixels) {
    Session.Runner runner = inference.runner(session);
    try (BatchTensors feeder = new BatchTensors(runner)) {
      feeder.inputs(feeds.pixels(), inputs, pixels);
      return fetch(runner.fetch(predictions));
    }
  }

  private static Array fetch(Session.Runner runner) {
    try (Result result = runner.run()) {
      return Tensors.array(result.get(0));
    }
  }
}
