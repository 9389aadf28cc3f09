package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kerava.Model;
import kerava.ModelCard;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.config.Source;
import kerava.config.Visible;
import kerava.files.Limits;
import kerava.files.NameList;
import kerava.files.SmallFile;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.Weights;
import kerava.images.Preprocessing;

/**
 * Hands models to Python and TensorFlow Serving as SavedModels.
 *
 * <p>In Python, {@code tf.saved_model.load} gives an object that can be called, differentiated and
 * trained, like one that Keras' {@code model.export} wrote.
 *
 * @see <a href="https://www.tensorflow.org/guide/saved_model">TensorFlow: the SavedModel format</a>
 * @see <a href="https://keras.io/api/models/model_saving_apis/export/">Keras: model export</a>
 */
public final class SavedModels {
  /** The layers, which TensorFlow has no use for. */
  private static final String CONFIG = "assets.extra/keras_config.json";

  /** How the model expects images. */
  private static final String PREPROCESSING = "assets.extra/preprocessing.json";

  private SavedModels() {}

  /**
   * Makes sure that a folder can take versions of a model.
   *
   * @param base the folder of all versions; need not be there
   * @throws IllegalArgumentException if its name ends like a file's of another format
   * @throws java.nio.file.FileAlreadyExistsException if it is no folder, or holds anything but
   *     versions
   * @throws ModelFormatException if TensorFlow would not find the model's variables there
   * @throws IOException if it cannot be read
   */
  public static void checkBase(Path base) throws IOException {
    Ending.requireFolder(base);
    PatternPath.refuse(base);
    if (!Files.exists(base)) {
      return;
    }
    if (!Files.isDirectory(base)) {
      throw new FileAlreadyExistsException(
          base.toString(), null, "expected a folder of versions or nothing here, got a file");
    }
    try (Stream<Path> entries = Files.list(base)) {
      Optional<String> other =
          entries
              .map(entry -> String.valueOf(entry.getFileName()))
              .filter(name -> !name.matches("\\d+|\\..*|SERVING\\.md|models\\.config"))
              .findFirst();
      if (other.isPresent()) {
        throw new FileAlreadyExistsException(
            base.toString(),
            null,
            "expected a folder of numbered versions, got one with \"" + other.get() + "\" in it");
      }
    }
  }

  /**
   * Writes the next version of a model, with {@linkplain ExportOptions#defaults default options}.
   *
   * @param base the folder of all versions; made if it is not there
   * @return the new folder, {@code base/1} for the first
   * @throws IllegalArgumentException if the weights are not those of the model, or the folder's
   *     name ends like a file's of another format
   * @throws IOException if it cannot be written; no new version is there then
   */
  public static Path export(Model model, Weights weights, Path base) throws IOException {
    return export(model, weights, base, ExportOptions.defaults());
  }

  /**
   * Writes the next version of a model with the names of its classes.
   *
   * @param base the folder of all versions; made if it is not there
   * @return the new folder, {@code base/1} for the first
   * @throws IOException if it cannot be written; no new version is there then
   */
  public static Path export(StoredModel stored, Path base) throws IOException {
    ExportOptions options = ExportOptions.defaults().classNames(stored.card().classNames());
    return export(stored.model(), stored.weights(), base, options);
  }

  /**
   * Writes a version of a model. The folder appears whole or not at all.
   *
   * @param base the folder of all versions; made if it is not there
   * @return the new folder, {@code base/1} for the first
   * @throws IllegalArgumentException if the weights are not those of the model, or the options do
   *     not fit it
   * @throws java.nio.file.FileAlreadyExistsException if the version that the options name is there
   * @throws IOException if it cannot be written; no new version is there then
   */
  public static Path export(Model model, Weights weights, Path base, ExportOptions options)
      throws IOException {
    return export(new Content(model, weights, options), base, step -> {});
  }

  /**
   * Makes sure, before hours of training, that a model can be exported.
   *
   * @throws IllegalArgumentException if the options do not fit it
   */
  public static void check(Model model, ExportOptions options) {
    try (Network network = Network.create(0)) {
      Protos.bytes(
          ModelFile.of(ExportGraph.build(network, model, options), model, options).model());
    }
  }

  /**
   * The command, for a shell of Unix, that serves one version of a model with TensorFlow Serving,
   * as {@code SERVING.md} does with all: REST on port 8501, gRPC on 8500.
   *
   * @param base the folder of all versions
   * @param version which of them
   */
  public static String servingCommand(Path base, long version) {
    Path folder = base.toAbsolutePath().normalize().resolve(String.valueOf(version));
    return ServingGuide.command(name(base), folder, version);
  }

  /**
   * Reads a model of Kerava's own classes, to train it further: one that Kerava exported, or one
   * that {@code model.save(folder)} of Keras 2 wrote, with its compile settings and the state of
   * its optimizer.
   *
   * @param path its folder, or the folder of its versions, of which the highest is taken
   * @return the model, its weights, and what else the folder holds of it
   * @throws ModelFormatException if it holds no layers, as the exports of Keras 3 do, or asks for
   *     what Kerava does not have, or is damaged
   * @throws IOException if it cannot be read
   */
  public static StoredModel read(Path path) throws IOException {
    return read(path, Registry.standard());
  }

  /**
   * Reads a model, to train it further.
   *
   * @param path its folder, or the folder of its versions, of which the highest is taken
   * @param registry the classes that it may name
   * @return the model, its weights, and what else the folder holds of it
   * @throws ModelFormatException if it holds no layers, as the exports of Keras 3 do, or asks for
   *     what the registry does not have, or is damaged
   * @throws IOException if it cannot be read
   */
  public static StoredModel read(Path path, Registry registry) throws IOException {
    SavedModelFolder files = SavedModelFolder.open(path);
    return Keras2Folder.isOne(files)
        ? Keras2Folder.read(files, registry.catalog())
        : readOwn(files, registry);
  }

  private static StoredModel readOwn(SavedModelFolder files, Registry registry) throws IOException {
    Path file = files.folder().resolve(CONFIG);
    if (!Files.isRegularFile(file)) {
      throw new ModelFormatException(
          file.toString(),
          "the layers of a model that Kerava or Keras 2 wrote",
          "nothing",
          "Other exports hold no layers; load their weights into a model of your own.");
    }
    byte[] text = SmallFile.bytes(file, Limits.current().jsonBytes());
    JsonNode json = JsonText.read(file, CONFIG, text);
    try {
      Model model = ModelReader.read(Source.root(json, registry.catalog())).model();
      Weights found = new VariableReader(files).read();
      Weights weights = MatchedWeights.of(model, found).weights();
      StoredModel stored =
          StoredModel.of(model, weights).card(ModelCard.blank().classNames(files.classNames()));
      return preprocessing(files).map(stored::preprocessing).orElse(stored);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** How a model expects images, if its folder says it. */
  static Optional<Preprocessing> preprocessing(SavedModelFolder files) throws IOException {
    Path file = files.folder().resolve(PREPROCESSING);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      byte[] text = SmallFile.bytes(file, Limits.current().metadataBytes());
      JsonNode json = JsonText.read(file, PREPROCESSING, text);
      return Optional.of(Preprocessing.fromJson(json));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads weights into a model: from any SavedModel of TensorFlow 2, such as Keras 3's export,
   * which holds no layers.
   *
   * @param path its folder, or a folder of versions, of which the highest is taken
   * @return what matched by name and shape, what is missing and what is left over
   * @throws ModelFormatException if it is damaged
   * @throws IOException if it cannot be read
   */
  public static MatchedWeights readWeights(Path path, Model model) throws IOException {
    return MatchedWeights.of(model, new VariableReader(SavedModelFolder.open(path)).read());
  }

  /** What is exported. */
  record Content(Model model, Weights weights, ExportOptions options) {
    Content {
      weights = chosen(model, weights);
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
  }

  static Path export(Content content, Path base, VersionFolder.Steps steps) throws IOException {
    Ending.requireFolder(base);
    PatternPath.refuse(base);
    ModelFile file;
    try (Network network = Network.create(0)) {
      ExportGraph graph = ExportGraph.build(network, content.model(), content.options());
      file = ModelFile.of(graph, content.model(), content.options());
    }
    byte[] bytes = Protos.bytes(file.model());
    String name = name(base);
    try (VersionFolder folder = VersionFolder.create(base, steps)) {
      Path variables = folder.folder("variables");
      folder.write(
          "variables", () -> TensorBundle.write(variables, content.weights(), file.objects()));
      folder.folder("assets");
      if (!content.options().classNames().isEmpty()) {
        byte[] names = NameList.write(content.options().classNames());
        folder.write("assets/" + SavedModelFolder.CLASS_NAMES, names);
      }
      folder.folder("assets.extra");
      folder.write(CONFIG, JsonText.write(ModelWriter.write(content.model())));
      folder.write(PREPROCESSING, JsonText.write(content.model().preprocessing().toJson()));
      Warmup warmup = new Warmup(content.model(), content.options(), name);
      folder.write(Warmup.FILE, warmup.file(file.signatures()));
      byte[] index = Files.readAllBytes(variables.resolve("variables.index"));
      folder.write(Fingerprint.FILE, Fingerprint.of(bytes, file.model(), index).toByteArray());
      // Last, because it is what a loader looks for.
      folder.write(SavedModelFolder.FILE, bytes);
      Warmup.replay(folder.stage());
      folder.beside(ServingGuide.FILE, ServingGuide.of(name, file.signatures(), content.model()));
      return folder.publish(content.options().version());
    }
  }

  /** The name under which a server would serve what stands in a folder. */
  private static String name(Path base) {
    Path name = base.toAbsolutePath().normalize().getFileName();
    return name == null ? "model" : name.toString().replaceAll("[^A-Za-z0-9_.-]", "_");
  }
}
