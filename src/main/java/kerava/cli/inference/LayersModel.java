package kerava.cli.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.ClassScores;
import kerava.Model;
import kerava.StoredModel;
import kerava.cli.options.PixelOptions;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Device;
import kerava.graph.TensorSpec;
import kerava.images.Preprocessing;
import kerava.saving.ModelSignature;
import kerava.train.Predictor;

/**
 * A model whose layers are known: an archive, or a whole-model HDF5 file. TensorFlow.js gives such
 * ones, and {@link GraphModel}, the same names.
 *
 * @param stored the model
 * @param says whether its file or an option says how pixels are scaled
 * @param predictor what computes
 */
public record LayersModel(StoredModel stored, boolean says, Predictor predictor)
    implements InferenceModel {
  static LayersModel open(Path path, Device device, PixelOptions pixels) throws IOException {
    StoredModel file = ModelFile.stored(path);
    boolean says = file.model().saysPreprocessing() || pixels.scale();
    StoredModel stored = file.preprocessing(pixels.over(file.model().preprocessing()));
    return new LayersModel(stored, says, Predictor.of(stored, device));
  }

  @Override
  public Preprocessing preprocessing() {
    return stored.model().preprocessing();
  }

  @Override
  public Preprocessing images() {
    ModelFile.requireImages(stored.model());
    return InferenceModel.super.images();
  }

  @Override
  public String pixelsLine() {
    return PixelOptions.line(stored.model(), says);
  }

  @Override
  public ModelSignature signature() {
    return signature(stored.model());
  }

  /** What a model takes and gives, by the names that a predictor has for it. */
  public static ModelSignature signature(Model model) {
    return new ModelSignature(
        model.name(),
        values(Predictor.inputNames(model), model.inputSpecs()),
        values(model.outputNames(), model.outputSpecs()));
  }

  private static Map<String, ModelSignature.Value> values(
      List<String> names, List<TensorSpec> specs) {
    Map<String, ModelSignature.Value> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String type = specs.get(i).type().toString();
      values.put(names.get(i), new ModelSignature.Value(type, specs.get(i).shape(), names.get(i)));
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
  public boolean tellsClasses(int outputs) {
    return stored.tellsClasses(outputs);
  }

  @Override
  public ClassScores scores() {
    return ClassScores.of(stored.model());
  }

  @Override
  public Map<String, Array> predict(Map<String, Array> inputs) {
    Map<String, Array> values = new LinkedHashMap<>();
    // Not as bytes, which would be scaled as pixels are.
    inputs.forEach(
        (name, array) -> values.put(name, asFloats(name) ? array.to(Array.Type.FLOAT32) : array));
    return predictor.predict(values);
  }

  /** Whether an input takes floats, or bytes that are no pixels here. */
  private boolean asFloats(String name) {
    int index = Predictor.inputNames(stored.model()).indexOf(name);
    DType type = index < 0 ? DType.FLOAT32 : stored.model().inputSpecs().get(index).type();
    return type.floating() || type == DType.UINT8;
  }

  @Override
  public Map<String, Array> predict(Dataset images) {
    return predictor.predictAll(images);
  }

  @Override
  public void close() {
    predictor.close();
  }
}
