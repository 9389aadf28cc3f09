package kerava.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import kerava.DTypePolicy;
import kerava.NamedLayer;
import kerava.StoredModel;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.saving.KerasArchive;
import org.tensorflow.ndarray.Shape;

/**
 * What a training needs of a device's memory, reckoned from its model and its data, in MiB.
 *
 * @param weights the weights, a gradient for each, and what the optimizer remembers
 * @param outputs what all steps give for a batch, kept for the backward pass, and its gradients
 * @param data the images, as bytes
 */
record Need(double weights, double outputs, double data) {
  /**
   * What CUDA's context, the code of its libraries and their workspaces may take beside it, and
   * what TensorFlow takes ahead, in MiB.
   */
  static final double CONSTANT = 1536;

  private static final double MEBIBYTE = 1 << 20;
  private static final int FLOAT = 4;
  private static final int HALF = 2;

  static Need of(Bench.Training training) throws IOException {
    StoredModel stored = KerasArchive.read(training.archive());
    JsonNode settings = training.report().path("settings");
    long images = settings.path("training_images").asLong() + settings.path("test_images").asLong();
    return of(stored, settings.path("batch_size").asInt(), images);
  }

  static Need of(StoredModel stored, int batch, long images) {
    long weights = 2 * numbers(stored.weights());
    weights += stored.optimizer().map(state -> numbers(state.slots())).orElse(0L);
    long outputs = stored.model().layersWithInputs().stream().mapToLong(Need::bytes).sum();
    long image = stored.model().inputShape().tail().size();
    return new Need(
        FLOAT * weights / MEBIBYTE, 2.0 * batch * outputs / MEBIBYTE, images * image / MEBIBYTE);
  }

  private static long numbers(Weights weights) {
    return weights.arrays().stream().mapToLong(Array::size).sum();
  }

  /** Of what a step gives for one sample. */
  private static long bytes(NamedLayer named) {
    int each = named.layer().policy() == DTypePolicy.FLOAT32 ? FLOAT : HALF;
    List<Shape> shapes = named.calls().stream().map(NamedLayer.Call::outputShape).toList();
    return each * shapes.stream().mapToLong(shape -> shape.tail().size()).sum();
  }

  double all() {
    return weights + outputs + data;
  }

  /** The most that may be used. */
  double limit() {
    return 1.1 * all() + CONSTANT;
  }
}
