package kerava.train.graph;

import java.util.List;
import kerava.BatchTransform;
import kerava.BatchTransform.Samples;
import kerava.CompileSettings;
import kerava.Labels;
import kerava.Model;
import kerava.config.SnakeCase;
import kerava.config.Visible;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.Pass;

/** What happens to a batch between its feeding and the model, in training. */
public final class BatchTransforms {
  private BatchTransforms() {}

  /** Feeds whose inputs and labels are those that transforms give. */
  static Placeholders apply(Network network, Placeholders feeds, List<BatchTransform> transforms) {
    if (transforms.isEmpty()) {
      return feeds;
    }
    Pass pass = network.pass("transforms", Mode.TRAIN);
    ModelInput input = feeds.inputs().get(0);
    Placeholders.Target target = feeds.targets().get(0);
    Samples samples = new Samples(input.pixels().orElseThrow().inputs(), target.labels().targets());
    for (BatchTransform transform : transforms) {
      String name = SnakeCase.of(transform.schema().className());
      samples = transform.apply(pass.scope(name), samples);
    }
    Labels mixed = Labels.targets(samples.targets());
    return new Placeholders(
        List.of(input.seenAs(samples.images())),
        List.of(new Placeholders.Target(target.output(), mixed, target.sampleWeights())));
  }

  /** Refuses transforms that do not go with a model or a loss. */
  public static void require(
      Model model, CompileSettings settings, List<BatchTransform> transforms) {
    for (BatchTransform transform : transforms) {
      String name = transform.schema().className();
      if (model.inputShapes().size() != 1 || model.outputShapes().size() != 1) {
        throw new IllegalArgumentException(
            Visible.of(
                "%s: expected a model of one input and one output, got %d and %d."
                    .formatted(name, model.inputShapes().size(), model.outputShapes().size())));
      }
      if (settings.loss().labels() != Labels.Kind.TARGETS) {
        throw new IllegalArgumentException(
            Visible.of(
                name
                    + ": expected a loss of targets, such as CategoricalCrossentropy, got "
                    + settings.loss().schema().className()
                    + ". Dataset.oneHot() makes targets of class numbers."));
      }
      if (model.inputShape().numDimensions() != 4 || model.outputShape().numDimensions() != 2) {
        throw new IllegalArgumentException(
            Visible.of(
                name
                    + ": expected a model from images to classes, got one from "
                    + model.inputShape()
                    + " to "
                    + model.outputShape()
                    + "."));
      }
    }
  }
}
