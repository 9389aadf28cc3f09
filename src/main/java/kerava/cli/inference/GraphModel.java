package kerava.cli.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.ClassScores;
import kerava.cli.options.PixelOptions;
import kerava.config.Visible;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.images.ImageSize;
import kerava.images.Preprocessing;
import kerava.saving.LoadOptions;
import kerava.saving.LoadedModel;
import kerava.saving.ModelSignature;

/**
 * A model of which only the graph is known: a SavedModel, which predicts through one of its
 * signatures.
 *
 * @param loaded the model
 * @param signature the signature, its inputs in the model's order
 * @param ordered whether that order is known
 * @param entrance how images enter
 */
public record GraphModel(
    LoadedModel loaded, ModelSignature signature, boolean ordered, SignatureImages entrance)
    implements InferenceModel {
  private static final int ROWS = 250;

  /** The size of images that are decoded by the model alone. */
  private static final ImageSize ANY = new ImageSize(1, 1);

  static GraphModel open(Path path, LoadOptions loading, Optional<String> name, PixelOptions pixels)
      throws IOException {
    LoadedModel loaded = LoadedModel.open(path, loading);
    try {
      ModelSignature signature = name.map(loaded::signature).orElseGet(() -> chosen(loaded));
      Optional<List<String>> order = loaded.description().inputOrder(signature.name());
      return new GraphModel(
          loaded,
          order.map(signature::inOrder).orElse(signature),
          order.isPresent(),
          SignatureImages.of(loaded.description(), signature, pixels));
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  private static ModelSignature chosen(LoadedModel loaded) {
    try {
      return loaded.defaultSignature();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          Visible.of(e.getMessage() + " Choose one with --signature; inspect lists them."), e);
    }
  }

  @Override
  public List<String> classNames() {
    return loaded.classNames();
  }

  @Override
  public ClassScores scores() {
    return loaded.description().scores();
  }

  @Override
  public Map<String, Array> predict(Map<String, Array> inputs) {
    Map<String, Array> typed = new LinkedHashMap<>();
    inputs.forEach((name, array) -> typed.put(name, fitting(name, array)));
    return new SavedModelBatches(rows -> loaded.call(signature.name(), rows), signature, ROWS)
        .outputs(typed);
  }

  /** An array in the number type that the signature takes, where whole numbers can be in it. */
  private Array fitting(String name, Array array) {
    ModelSignature.Value wanted = signature.inputs().get(name);
    try {
      return wanted == null ? array : typed(wanted.type(), array);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          Visible.of(
              "Signature \"%s\" input \"%s\": expected %s, got %s. %s"
                  .formatted(signature.name(), name, wanted, array, e.getMessage())),
          e);
    }
  }

  private static Array typed(String type, Array array) {
    return switch (type) {
      case "float32" -> array.to(Array.Type.FLOAT32);
      case "int32" -> array.to(Array.Type.INT32);
      case "int64" -> array.to(Array.Type.INT64);
      case "uint8" -> array.to(Array.Type.UINT8);
      default -> array;
    };
  }

  @Override
  public Preprocessing preprocessing() {
    return entrance.preprocessing();
  }

  @Override
  public Preprocessing images() {
    return entrance.takesFiles() && preprocessing().size().isEmpty()
        ? preprocessing().size(ANY)
        : InferenceModel.super.images();
  }

  @Override
  public String pixelsLine() {
    return entrance.line();
  }

  @Override
  public Map<String, Array> predict(Dataset images) throws IOException {
    int rows = InferenceBatchSize.of(images.inputShape());
    List<Map<String, Array>> parts = new ArrayList<>();
    for (int from = 0; from < images.size(); from += rows) {
      Dataset some = images.range(from, Math.min(images.size(), from + rows));
      parts.add(
          entrance.takesFiles()
              ? loaded.call(signature.name(), SignatureImages.files(some))
              : loaded.call(
                  signature.name(),
                  Map.of(signature.inputs().keySet().iterator().next(), entrance.array(some))));
    }
    return SavedModelBatches.joined(parts);
  }

  @Override
  public void close() {
    loaded.close();
  }
}
