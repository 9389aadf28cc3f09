package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kerava.ClassScores;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.saving.StoredModel;
import kerava.train.Predictor;
import org.tensorflow.ndarray.Shape;

/**
 * A model with its layers.
 *
 * @param stored the model
 * @param predictor what computes
 */
record AskedModel(StoredModel stored, Predictor predictor) implements Asked {
  static AskedModel open(Path path, Device device) throws IOException {
    StoredModel stored = ModelFile.stored(path);
    return new AskedModel(stored, Predictor.of(stored.model(), stored.weights(), device));
  }

  @Override
  public Shape sample() {
    return ModelFile.sample(stored.model());
  }

  @Override
  public List<String> classNames() {
    return stored.card().classNames();
  }

  @Override
  public ClassScores scores() {
    return ClassScores.of(stored.model());
  }

  @Override
  public Array predict(Array inputs) {
    return predictor.predict(rows(inputs));
  }

  @Override
  public Array predictPixels(Array pixels) {
    return predictor.predict(rows(pixels).dividedBy(ModelFile.divisor(stored)));
  }

  /** Inputs as a data set whose labels nobody asks for. */
  static Dataset rows(Array inputs) {
    int count = Math.toIntExact(inputs.shape().get(0));
    return Dataset.of(inputs, Array.of(new int[count], count));
  }

  @Override
  public void close() {
    predictor.close();
  }
}
