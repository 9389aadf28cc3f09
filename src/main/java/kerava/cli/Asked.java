package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.saving.StoredModel;
import kerava.train.Predictor;
import org.tensorflow.ndarray.Shape;

/**
 * A model that predictions are asked of, whatever file it comes from.
 *
 * @param stored the model
 * @param predictor what computes
 */
record Asked(StoredModel stored, Predictor predictor) implements AutoCloseable {
  static Asked open(Path path, Device device) throws IOException {
    StoredModel stored = ModelFile.stored(path);
    return new Asked(stored, Predictor.of(stored.model(), stored.weights(), device));
  }

  /** The shape of one input, without the batch dimension. */
  Shape sample() {
    return ModelFile.sample(stored.model());
  }

  List<String> classNames() {
    return stored.card().classNames();
  }

  /** The outputs for inputs that go in as they are. */
  Array predict(Array inputs) {
    return predictor.predict(rows(inputs));
  }

  private static Dataset rows(Array inputs) {
    int count = Math.toIntExact(inputs.shape().get(0));
    return Dataset.of(inputs, Array.of(new int[count], count));
  }

  /** The outputs for images as bytes. */
  Array predictPixels(Array pixels) {
    return predictor.predict(rows(pixels).dividedBy(ModelFile.divisor(stored)));
  }

  @Override
  public void close() {
    predictor.close();
  }
}
