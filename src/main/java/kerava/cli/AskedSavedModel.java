package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.graph.Array;
import kerava.saving.LoadedModel;
import kerava.saving.ModelSignature;

/**
 * A SavedModel, which is asked through one of its signatures.
 *
 * @param loaded the model
 * @param signature the signature, its inputs in the model's order
 * @param ordered whether that order is known
 */
record AskedSavedModel(LoadedModel loaded, ModelSignature signature, boolean ordered)
    implements Asked {
  private static final int ROWS = 250;
  private static final float PIXEL = 255;

  static AskedSavedModel open(Path path, Optional<String> name) throws IOException {
    LoadedModel loaded = LoadedModel.open(path);
    try {
      ModelSignature signature = name.map(loaded::signature).orElseGet(() -> chosen(path, loaded));
      Optional<List<String>> order = loaded.inputOrder(signature.name());
      return new AskedSavedModel(
          loaded, order.map(signature::inOrder).orElse(signature), order.isPresent());
    } catch (IllegalArgumentException e) {
      loaded.close();
      throw e;
    }
  }

  private static ModelSignature chosen(Path path, LoadedModel loaded) {
    try {
      return loaded.defaultSignature();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + " Choose one with --signature; inspect lists them.", e);
    }
  }

  @Override
  public List<String> classNames() {
    return loaded.classNames();
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
          "Signature \"%s\" input \"%s\": expected %s, got %s. %s"
              .formatted(signature.name(), name, wanted, array, e.getMessage()),
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
  public Map<String, Array> predictPixels(Array pixels) {
    float[] scaled = new float[pixels.size()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (pixels.bytes()[i] & 0xff) / PIXEL;
    }
    String name = signature.inputs().keySet().iterator().next();
    return predict(Map.of(name, Array.of(scaled, pixels.shape().asArray())));
  }

  @Override
  public void close() {
    loaded.close();
  }
}
