package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.Model;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Rows;
import kerava.saving.ModelSignature;
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
  public ModelSignature signature() {
    return signature(stored.model());
  }

  /** What a model takes and gives, by the names that a predictor has for it. */
  static ModelSignature signature(Model model) {
    return new ModelSignature(
        model.name(),
        values(Predictor.inputNames(model), model.inputTypes(), model.inputShapes()),
        values(
            model.outputNames(),
            Collections.nCopies(model.outputs().size(), "float32"),
            model.outputShapes()));
  }

  private static Map<String, ModelSignature.Value> values(
      List<String> names, List<String> types, List<Shape> shapes) {
    Map<String, ModelSignature.Value> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), new ModelSignature.Value(types.get(i), shapes.get(i), names.get(i)));
    }
    return values;
  }

  @Override
  public boolean ordered() {
    return true;
  }

  @Override
  public List<String> classNames() {
    return stored.card().classNames();
  }

  @Override
  public Map<String, Array> predict(Map<String, Array> inputs) {
    Map<String, Array> numbers = new LinkedHashMap<>();
    inputs.forEach((name, array) -> numbers.put(name, numbers(array)));
    return predictor.predict(numbers);
  }

  // Bytes travel as bytes, and are the same numbers in the graph.
  private static Array numbers(Array array) {
    return array.type() == Array.Type.UINT8 ? array : array.to(Array.Type.FLOAT32);
  }

  @Override
  public Map<String, Array> predictPixels(Array pixels) {
    return predictor.predictAll(rows(pixels).dividedBy(ModelFile.divisor(stored)));
  }

  /** Inputs as a data set whose labels nobody asks for. */
  private static Dataset rows(Array inputs) {
    int count = Rows.count(inputs);
    return Dataset.of(inputs, Array.of(new int[count], count));
  }

  @Override
  public void close() {
    predictor.close();
  }
}
