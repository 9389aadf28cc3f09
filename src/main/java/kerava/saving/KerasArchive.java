package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import kerava.CompileSettings;
import kerava.ModelCard;
import kerava.StoredModel;
import kerava.config.Source;
import kerava.files.AtomicFile;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.saving.archive.ArchiveEntries;
import kerava.saving.archive.ArchiveReader;
import kerava.saving.archive.ArchiveWriter;
import kerava.saving.archive.UnpackedArchive;
import kerava.saving.format.FileNames;
import kerava.saving.format.UnexpectedFormat;
import kerava.saving.hdf5.Hdf5File;
import kerava.saving.json.AdaptedNormalization;
import kerava.saving.json.CardJson;
import kerava.saving.json.CompileJson;
import kerava.saving.json.ConfigMigration;
import kerava.saving.json.JsonText;
import kerava.saving.json.Keras2Differences;
import kerava.saving.json.ModelReader;
import kerava.saving.json.ModelWriter;
import kerava.saving.json.Vocabularies;
import kerava.saving.weights.LookupWeights;
import kerava.saving.weights.NormalizationWeights;
import kerava.saving.weights.OptimizerVariables;
import kerava.saving.weights.WeightsH5;

/**
 * Keras' {@code .keras} archives, both ways: the model, its weights, what it is trained with, and
 * the state of its optimizer, so that training goes on where it stopped, in Java or in Python.
 *
 * <p>What Kerava writes is read by every Keras since 3.5. Read is what Keras 3 wrote, and Keras 2.
 * Archives are not trusted: see {@link Limits}.
 *
 * <pre>{@code
 * KerasArchive.write(StoredModel.of(trainer), Path.of("model.keras"));
 * StoredModel stored = KerasArchive.read(Path.of("model.keras"));
 * }</pre>
 *
 * @see <a href="https://keras.io/guides/serialization_and_saving/">Keras: saving</a>
 */
public final class KerasArchive {
  private KerasArchive() {}

  /**
   * Writes an archive; nothing is left behind if that fails.
   *
   * @param file where; a file that is there is replaced
   * @throws IllegalArgumentException if its name ends like that of another format, or the model has
   *     a {@link TFSMLayer}
   * @throws IOException if it cannot be written
   */
  public static void write(StoredModel stored, Path file) throws IOException {
    FileExtension.require(file, "a name that ends in .keras", "keras");
    TFSMLayer.requireNone("KerasArchive", stored.model());
    ObjectNode config = ModelWriter.write(stored.model());
    stored
        .settings()
        .ifPresent(
            settings ->
                config.set(
                    "compile_config",
                    CompileJson.write(settings, stored.model(), stored.optimizer())));
    Map<String, byte[]> vocabularies = Vocabularies.take(config, true);
    AtomicFile.writeDraft(
        file,
        draft -> {
          Path weights = draft.another();
          try (ArchiveWriter archive = ArchiveWriter.create(draft.path())) {
            WeightsH5.write(stored, weights);
            archive.add(FileNames.METADATA, JsonText.write(CardJson.metadata()));
            archive.add(FileNames.CONFIG, JsonText.write(config));
            archive.add(FileNames.WEIGHTS, Files.readAllBytes(weights));
            for (Map.Entry<String, byte[]> each : vocabularies.entrySet()) {
              for (String place : LookupWeights.places(each.getKey())) {
                archive.add(asset(place), each.getValue());
              }
            }
            archive.add(FileNames.CARD, JsonText.write(CardJson.write(stored)));
          }
        });
  }

  /**
   * Reads an archive of Kerava's own classes.
   *
   * @param file the archive, or the folder that it becomes when it is unpacked
   * @throws ModelFormatException if the file is no such archive, is damaged, breaks the {@link
   *     Limits}, or asks for what Kerava does not have
   * @throws IOException if the file cannot be read
   */
  public static StoredModel read(Path file) throws IOException {
    return read(file, Registry.standard());
  }

  /**
   * Reads an archive.
   *
   * @param file the archive, or the folder that it becomes when it is unpacked
   * @param registry the classes that the archive may name
   * @throws ModelFormatException if the file is no such archive, is damaged, breaks the {@link
   *     Limits}, or asks for what the registry does not have
   * @throws IOException if the file cannot be read
   */
  public static StoredModel read(Path file, Registry registry) throws IOException {
    Limits limits = Limits.current();
    try (ArchiveEntries entries =
        Files.isDirectory(file) ? new UnpackedArchive(file) : ArchiveReader.open(file)) {
      Optional<byte[]> config = entries.read(FileNames.CONFIG, limits.jsonBytes());
      Optional<byte[]> weights = entries.read(FileNames.WEIGHTS, Limits.FILE_BYTES);
      if (config.isEmpty() && Files.isDirectory(file)) {
        throw UnexpectedFormat.refusal(file, "a .keras archive");
      }
      if (config.isEmpty() || weights.isEmpty()) {
        throw new ModelFormatException(
            file,
            "expected "
                + FileNames.CONFIG
                + " and "
                + FileNames.WEIGHTS
                + " in it. Was it written by Keras?");
      }
      Optional<byte[]> own = entries.read(FileNames.CARD, limits.metadataBytes());
      ModelCard card =
          CardJson.read(file, entries.read(FileNames.METADATA, limits.metadataBytes()), own);
      JsonNode json = JsonText.read(file, FileNames.CONFIG, config.get());
      try (Hdf5File numbers = Hdf5File.open(file, weights.get())) {
        Source root = Source.root(json, registry.catalog());
        Vocabularies.Finder vocabularies =
            LookupWeights.in(
                numbers, place -> entries.read(asset(place), limits.vocabularyBytes()));
        StoredModel stored = assemble(root, numbers, vocabularies, card.keras()).about(card);
        return CardJson.preprocessed(file, stored, own);
      }
    }
  }

  /** Where Keras has the vocabulary of a layer. */
  private static String asset(String place) {
    return FileNames.ASSETS + "/" + Vocabularies.file(place);
  }

  private static StoredModel assemble(
      Source raw, Hdf5File numbers, Vocabularies.Finder vocabularies, Optional<String> version)
      throws IOException {
    try {
      JsonNode plain = new ConfigMigration(raw.catalog()).plain(raw.node(), raw.path());
      AdaptedNormalization.fill(plain, NormalizationWeights.in(numbers));
      Vocabularies.fill(plain, vocabularies);
      Source root = Source.root(plain, raw.catalog());
      ModelReader.Read read = ModelReader.read(root);
      StoredModel stored =
          StoredModel.of(read.model(), WeightsH5.read(numbers, read.model(), read.order()))
              .remarked(Keras2Differences.remarks(plain, version));
      Source compiled = root.field("compile_config");
      if (compiled.node().isEmpty()) {
        return stored;
      }
      CompileJson.Read training =
          CompileJson.read(compiled, compiled.field("optimizer"), stored.model());
      stored = training.remarkOn(stored);
      if (training.settings().isEmpty()) {
        return stored;
      }
      CompileSettings settings = OptimizerVariables.scaled(training.settings().get(), numbers);
      OptimizerVariables.Place place = OptimizerVariables.Place.in(numbers, read.order());
      return new OptimizerVariables(numbers, settings.optimizer()).addTo(stored, settings, place);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(numbers.path(), String.valueOf(e.getMessage()), e);
    }
  }
}
