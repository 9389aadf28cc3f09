package kerava.saving.savedmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.files.NameList;
import kerava.files.SmallFile;
import kerava.images.Preprocessing;
import kerava.saving.format.FileNames;
import kerava.saving.json.JsonText;

/** What lies beside a SavedModel's graph and says how to use it. */
final class SavedModelMetadata {
  private SavedModelMetadata() {}

  /** The names of the classes that travel with the model; empty if there are none. */
  static List<String> classNames(Path folder) throws IOException {
    Path file = folder.resolve(FileNames.ASSETS).resolve(FileNames.CLASS_NAMES);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      return NameList.read(SmallFile.bytes(file, Limits.current().metadataBytes()));
    } catch (CharacterCodingException e) {
      throw new ModelFormatException(
          file, "expected the names of classes in UTF-8, got other bytes.", e);
    }
  }

  /** How a model expects images, if its folder says it. */
  static Optional<Preprocessing> preprocessing(Path folder) throws IOException {
    Path file = folder.resolve(FileNames.PREPROCESSING);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      byte[] text = SmallFile.bytes(file, Limits.current().metadataBytes());
      JsonNode json = JsonText.read(file, FileNames.PREPROCESSING, text);
      return Optional.of(Preprocessing.fromJson(json));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file, String.valueOf(e.getMessage()), e);
    }
  }
}
