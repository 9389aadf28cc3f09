package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kerava.StoredModel;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.images.Preprocessing;
import kerava.train.Predictor;

/**
 * A model with its layers.
 *
 * @param stored the model
 * @param says whether its file or an option says how pixels are scaled
 * @param predictor what computes
 */
record AskedModel(StoredModel stored, boolean says, Predictor predictor) implements Asked {
  static AskedModel open(Path path, Device device, PixelOptions pixels) throws IOException {
    StoredModel file = ModelFile.stored(path);
    boolean says = file.model().saysPreprocessing() || pixels.scale();
    StoredModel stored = file.preprocessing(pixels.over(file.model().preprocessing()));
    return new AskedModel(stored, says, Predictor.of(stored, device));
  }

  @Override
  public Preprocessing preprocessing() {
    return stored.model().preprocessing();
  }

  @Override
  public Preprocessing images() {
    ModelFile.requireImages(stored.model());
    return Asked.super.images();
  }

  @Override
  public String pixelsLine() {
    return PixelOptions.line(preprocessing(), says);
  }

  @Override
  public List<String> classNames() {
    return stored.card().classNames();
  }

  @Override
  public Array predict(Array inputs) {
    return predictor.predict(rows(inputs.asFloats()));
  }

  @Override
  public Array predict(Dataset images) {
    return predictor.predict(images);
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
