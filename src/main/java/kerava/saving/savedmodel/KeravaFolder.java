package kerava.saving.savedmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kerava.MatchedWeights;
import kerava.Model;
import kerava.ModelCard;
import kerava.StoredModel;
import kerava.config.Catalog;
import kerava.config.Source;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.files.SmallFile;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.saving.format.FileNames;
import kerava.saving.json.ConfigMigration;
import kerava.saving.json.JsonText;
import kerava.saving.json.ModelReader;
import kerava.saving.json.Vocabularies;

/** SavedModels that Kerava wrote, which hold their layers beside the graph. */
public final class KeravaFolder {
  private KeravaFolder() {}

  /** The vocabularies beside the layers, whose weights stand among the layers' arguments. */
  private record Beside(Path folder) implements Vocabularies.Finder {
    @Override
    public Optional<byte[]> terms(String place) throws IOException {
      Path file = folder.resolve(Vocabularies.file(place));
      return Files.isRegularFile(file)
          ? Optional.of(SmallFile.bytes(file, Limits.current().vocabularyBytes()))
          : Optional.empty();
    }

    @Override
    public Optional<Array> weights(String place) {
      return Optional.empty();
    }
  }

  /** Reads the model, its weights, and what else the folder says of it. */
  public static StoredModel read(SavedModelFolder files, Catalog catalog) throws IOException {
    Path file = files.folder().resolve(FileNames.KERAS_CONFIG);
    if (!Files.isRegularFile(file)) {
      throw new ModelFormatException(
          file.toString(),
          "the layers of a model that Kerava or Keras 2 wrote",
          "nothing",
          "Other exports hold no layers; load their weights into a model of your own.");
    }
    byte[] text = SmallFile.bytes(file, Limits.current().jsonBytes());
    JsonNode json = JsonText.read(file, FileNames.KERAS_CONFIG, text);
    try {
      JsonNode plain = new ConfigMigration(catalog).plain(json, "$");
      Vocabularies.fill(plain, new Beside(files.folder().resolve(FileNames.ASSETS_EXTRA)));
      Model model = ModelReader.read(Source.root(plain, catalog)).model();
      Weights found = new VariableReader(files).read();
      Weights weights = MatchedWeights.of(model, found).weights();
      StoredModel stored =
          StoredModel.of(model, weights)
              .card(ModelCard.blank().classNames(SavedModelMetadata.classNames(files.folder())));
      return SavedModelMetadata.preprocessing(files.folder())
          .map(stored::preprocessing)
          .orElse(stored);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file, String.valueOf(e.getMessage()), e);
    }
  }
}
