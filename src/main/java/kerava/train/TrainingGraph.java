package kerava.train;

import java.util.List;
import kerava.CompileSettings;
import kerava.Labels;
import kerava.Metric;
import kerava.Model;
import kerava.graph.Network;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * The handles of a finished training graph that the loop needs.
 *
 * @param feeds where data enters
 * @param metrics the metrics as resolved for the labels and the output
 * @param train the loss and the sums of the metrics over a batch, while training
 * @param step has run when the weights are updated
 * @param evaluate the same figures, in inference
 * @param predictions the output, in inference
 */
record TrainingGraph(
    Feeds feeds,
    List<Metric> metrics,
    Operand<TFloat32> train,
    Op step,
    Operand<TFloat32> evaluate,
    Operand<TFloat32> predictions) {

  /** Builds everything that training, evaluation and prediction need into a network. */
  static TrainingGraph build(Network network, Model model, CompileSettings settings, int replicas) {
    Labels.Kind kind = settings.loss().labels();
    Feeds feeds = Feeds.add(network.tf().withSubScope("feeds"), model, kind);
    List<Metric> metrics =
        settings.metrics().stream()
            .map(metric -> metric.resolve(kind, model.outputShape()))
            .toList();
    Figures figures = new Figures(settings.loss(), metrics, feeds);
    ForwardPass training = ForwardPass.train(network, model, feeds, replicas);
    Figures.Result train = figures.add(network.tf().withSubScope("figures"), model, training);
    Op step = training.update(network, model, settings.optimizer(), train.loss());
    ForwardPass inference = ForwardPass.infer(network, model, feeds);
    Figures.Result evaluate =
        figures.add(network.tf().withSubScope("evaluation"), model, inference);
    return new TrainingGraph(
        feeds, metrics, train.all(), step, evaluate.all(), inference.parts().get(0).predictions());
  }
}
