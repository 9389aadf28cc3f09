package kerava.train;

import java.util.List;
import kerava.CompileSettings;
import kerava.Labels;
import kerava.Metric;
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
 * @param metrics the metrics as resolved for the labels and the output
 * @param train the loss and the sums of the metrics over a batch, while training
 * @param steps the operations that change weights
 * @param evaluate the same figures, in inference
 * @param predictions the output, in inference
 * @param inference how evaluation and prediction run
 */
record TrainingGraph(
    Feeds feeds,
    List<Metric> metrics,
    Operand<TFloat32> train,
    ForwardPass.Steps steps,
    Operand<TFloat32> evaluate,
    Operand<TFloat32> predictions,
    Inference inference) {

  /**
   * How batches are computed.
   *
   * @param arrangement on what, in how many parts
   * @param options what else is asked for: transforms, factors of gradients
   */
  record How(Arrangement arrangement, TrainerOptions options) {}

  /** Builds everything that training, evaluation and prediction need into a network. */
  static TrainingGraph build(Network network, Model model, CompileSettings settings, How how) {
    Labels.Kind kind = settings.loss().labels();
    Feeds feeds = Feeds.add(network.tf().withSubScope("feeds"), model, kind);
    List<Metric> metrics =
        settings.metrics().stream()
            .map(metric -> metric.resolve(kind, model.outputShape()))
            .toList();
    FigureNames.check(metrics);
    Figures figures = new Figures(settings.loss(), metrics, feeds);
    Feeds mixed = Transforms.apply(network, feeds, how.options().transforms());
    ForwardPass training = ForwardPass.train(network, model, mixed, how.arrangement());
    Figures.Result train = figures.add(network.tf().withSubScope("figures"), model, training);
    ForwardPass.Descent descent =
        new ForwardPass.Descent(
            model.trainableWeights(), settings.optimizer(), how.options().gradientFactors());
    ForwardPass.Steps steps = training.update(network, descent, train.loss());
    ForwardPass inference = ForwardPass.infer(network, model, feeds);
    Figures.Result evaluate =
        figures.add(network.tf().withSubScope("evaluation"), model, inference);
    return new TrainingGraph(
        feeds,
        metrics,
        train.all(),
        steps,
        evaluate.all(),
        inference.parts().get(0).predictions(),
        new Inference(how.arrangement()));
  }

  /** Runs a training step; the result is the mean loss, then the sum of each metric. */
  float[] trainBatch(NetworkSession session, Dataset data, int[] samples, SampleWeights weights) {
    Session.Runner runner = session.session().runner();
    try (Feeder feeder = new Feeder(runner)) {
      feed(feeder, data, samples, weights);
      return fetch(runner.addTarget(steps.step()).fetch(train)).floats();
    }
  }

  /** Ends a training run: weights become their averages, if the optimizer keeps averages. */
  void finish(NetworkSession session) {
    session.session().runner().addTarget(steps.finish()).run().close();
  }

  /** The same figures in inference; no weight changes. */
  Array evaluate(NetworkSession session, Dataset data, int[] samples, SampleWeights weights) {
    Session.Runner runner = inference.runner(session);
    try (Feeder feeder = new Feeder(runner)) {
      feed(feeder, data, samples, weights);
      return fetch(runner.fetch(evaluate));
    }
  }

  private void feed(Feeder feeder, Dataset data, int[] samples, SampleWeights weights) {
    Array labels = feeder.batch(feeds, data, samples);
    if (!weights.none()) {
      feeder.feed(feeds.sampleWeights(), weights.of(samples, labels));
    }
  }

  /** The outputs for some inputs. */
  Array predictBatch(NetworkSession session, Array inputs, boolean pixels) {
    Session.Runner runner = inference.runner(session);
    try (Feeder feeder = new Feeder(runner)) {
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
