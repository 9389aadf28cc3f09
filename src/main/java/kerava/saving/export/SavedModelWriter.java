package kerava.saving.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.Model;
import kerava.WeightSpec;
import kerava.config.Visible;
import kerava.files.NameList;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.Weights;
import kerava.saving.format.FileNames;
import kerava.saving.format.GlobPath;
import kerava.saving.json.JsonText;
import kerava.saving.json.ModelWriter;
import kerava.saving.json.Vocabularies;
import kerava.saving.savedmodel.Fingerprint;
import kerava.saving.savedmodel.Protos;
import kerava.saving.savedmodel.TensorBundle;

/** Writes a model as a SavedModel, a version beside those that are there. */
public final class SavedModelWriter {
  private final Model model;
  private final Weights weights;
  private final ExportSettings settings;

  /**
   * A writer of one model.
   *
   * @throws IllegalArgumentException if the weights are not those of the model
   */
  public SavedModelWriter(Model model, Weights weights, ExportSettings settings) {
    this.model = model;
    this.weights = chosen(model, weights);
    this.settings = settings;
  }

  private static Weights chosen(Model model, Weights weights) {
    Map<String, Array> chosen = new LinkedHashMap<>();
    for (WeightSpec spec : model.weights()) {
      Array array = weights.get(spec.name());
      if (!array.shape().equals(spec.shape()) || array.type() != Array.Type.FLOAT32) {
        throw new IllegalArgumentException(
            Visible.of(
                "SavedModels "
                    + spec.name()
                    + ": expected FLOAT32 "
                    + spec.shape()
                    + ", got "
                    + array
                    + ". Do the weights belong to this model?"));
      }
      chosen.put(spec.name(), array);
    }
    return Weights.of(chosen);
  }

  /**
   * Makes sure that a model can be exported; nothing is written.
   *
   * @throws IllegalArgumentException if the settings do not fit it
   */
  public static void check(Model model, ExportSettings settings) {
    try (Network network = Network.create(0)) {
      Protos.bytes(
          SavedModelProto.of(ExportGraph.build(network, model, settings), model, settings).model());
    }
  }

  /**
   * Writes the next version. The folder appears whole or not at all.
   *
   * @param base the folder of all versions; made if it is not there
   * @param steps is told of every step
   * @return the new folder
   * @throws IOException if it cannot be written; no new version is there then
   */
  public Path write(Path base, VersionFolder.Steps steps) throws IOException {
    GlobPath.refuse(base);
    SavedModelProto file;
    List<TableExport> tables;
    try (Network network = Network.create(0)) {
      file = SavedModelProto.of(ExportGraph.build(network, model, settings), model, settings);
      tables = TableExport.all(network.tables().all());
    }
    byte[] bytes = Protos.bytes(file.model());
    String name = ServingGuide.name(base);
    try (VersionFolder folder = VersionFolder.create(base, steps)) {
      Path variables = folder.folder(FileNames.VARIABLES);
      folder.write(
          FileNames.VARIABLES, () -> TensorBundle.write(variables, weights, file.objects()));
      folder.folder(FileNames.ASSETS);
      if (!settings.classNames().isEmpty()) {
        byte[] names = NameList.write(settings.classNames());
        folder.write(FileNames.ASSETS + "/" + FileNames.CLASS_NAMES, names);
      }
      for (TableExport table : tables) {
        if (table.hasFile()) {
          folder.write(FileNames.ASSETS + "/" + table.file(), table.lines());
        }
      }
      folder.folder(FileNames.ASSETS_EXTRA);
      ObjectNode config = ModelWriter.write(model);
      for (Map.Entry<String, byte[]> each : Vocabularies.take(config, false).entrySet()) {
        folder.folder(FileNames.ASSETS_EXTRA + "/" + each.getKey());
        folder.write(
            FileNames.ASSETS_EXTRA + "/" + Vocabularies.file(each.getKey()), each.getValue());
      }
      folder.write(FileNames.KERAS_CONFIG, JsonText.write(config));
      folder.write(FileNames.PREPROCESSING, JsonText.write(model.preprocessing().toJson()));
      Warmup warmup = new Warmup(model, settings, name);
      folder.write(Warmup.FILE, warmup.file(file.signatures()));
      byte[] index = Files.readAllBytes(variables.resolve(FileNames.VARIABLES_INDEX));
      folder.write(FileNames.FINGERPRINT, Fingerprint.of(bytes, file.model(), index).toByteArray());
      // Last, because it is what a loader looks for.
      folder.write(FileNames.SAVED_MODEL, bytes);
      Warmup.replay(folder.stage());
      folder.beside(ServingGuide.FILE, ServingGuide.of(name, file.signatures(), model));
      return folder.publish(settings.version());
    }
  }
}
