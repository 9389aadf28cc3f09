package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kerava.CompileSettings;
import kerava.ModelCard;
import kerava.StoredModel;
import kerava.config.Source;
import kerava.files.AtomicFile;
import kerava.files.Limits;

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
  static final String CONFIG = "config.json";
  static final String METADATA = "metadata.json";
  static final String WEIGHTS = "model.weights.h5";
  static final String CARD = "kerava.json";

  private KerasArchive() {}

  /**
   * Writes an archive; nothing is left behind if that fails.
   *
   * @param file where; a file that is there is replaced
   * @throws IllegalArgumentException if its name ends like that of another format
   * @throws IOException if it cannot be written
   */
  public static void write(StoredModel stored, Path file) throws IOException {
    Ending.require(file, "a name that ends in .keras", "keras");
    ObjectNode config = ModelWriter.write(stored.model());
    stored
        .settings()
        .ifPresent(
            settings ->
                config.set("compile_config", CompileJson.write(settings, stored.optimizer())));
    AtomicFile.writeDraft(
        file,
        draft -> {
          Path weights = draft.another();
          try (Packer packer = Packer.create(draft.path())) {
            WeightsH5.write(stored, weights);
            packer.add(METADATA, JsonText.write(CardJson.metadata()));
            packer.add(CONFIG, JsonText.write(config));
            packer.add(WEIGHTS, Files.readAllBytes(weights));
            packer.add(CARD, JsonText.write(CardJson.write(stored)));
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
    try (Parts members = Files.isDirectory(file) ? new UnpackedArchive(file) : Members.open(file)) {
      Optional<byte[]> config = members.read(CONFIG, limits.jsonBytes());
      Optional<byte[]> weights = members.read(WEIGHTS, Limits.FILE_BYTES);
      if (config.isEmpty() && Files.isDirectory(file)) {
        throw ModelKind.refusal(file, "a .keras archive");
      }
      if (config.isEmpty() || weights.isEmpty()) {
        throw new ModelFormatException(
            file, "expected " + CONFIG + " and " + WEIGHTS + " in it. Was it written by Keras?");
      }
      Optional<byte[]> own = members.read(CARD, limits.metadataBytes());
      ModelCard card = CardJson.read(file, members.read(METADATA, limits.metadataBytes()), own);
      JsonNode json = JsonText.read(file, CONFIG, config.get());
      try (Hdf5File numbers = Hdf5File.open(file, weights.get())) {
        Source root = Source.root(json, registry.catalog());
        StoredModel stored = assemble(root, numbers, card.keras()).about(card);
        return CardJson.preprocessed(file, stored, own);
      }
    }
  }

  private static StoredModel assemble(Source raw, Hdf5File numbers, Optional<String> version)
      throws ModelFormatException {
    try {
      JsonNode plain = new Dialect(raw.catalog()).plain(raw.node(), raw.path());
      Adapted.in(numbers).fill(plain);
      Source root = Source.root(plain, raw.catalog());
      ModelReader.Read read = ModelReader.read(root);
      StoredModel stored =
          StoredModel.of(read.model(), WeightsH5.read(numbers, read.model(), read.order()))
              .remarked(OldNumbers.remarks(plain, version));
      Source compiled = root.field("compile_config");
      if (compiled.node().isEmpty()) {
        return stored;
      }
      CompileJson.Read training = CompileJson.read(compiled, compiled.field("optimizer"));
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
