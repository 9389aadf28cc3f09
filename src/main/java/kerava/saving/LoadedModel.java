package kerava.saving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import kerava.graph.Array;
import kerava.graph.Graphs;
import kerava.graph.Tensors;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.types.TString;

/**
 * A SavedModel that runs: Kerava's own, one that Keras or TensorFlow wrote, or one of TensorFlow 1.
 *
 * <pre>{@code
 * try (LoadedModel model = LoadedModel.open(Path.of("savedmodels/cifar10_cnn"))) {
 *   Array probabilities = model.call(images);
 * }
 * }</pre>
 *
 * <p>It can be used from several threads at once; closing waits for calls under way.
 *
 * @see <a href="https://www.tensorflow.org/guide/saved_model">TensorFlow: the SavedModel format</a>
 */
public final class LoadedModel implements AutoCloseable {
  private final SavedModelFolder files;
  private final SavedModelBundle bundle;
  private final Map<String, ModelSignature> signatures = new TreeMap<>();
  private final List<String> classNames;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private LoadedModel(SavedModelFolder files, SavedModelBundle bundle, List<String> classNames) {
    this.files = files;
    this.bundle = bundle;
    this.classNames = classNames;
    files
        .meta()
        .getSignatureDefMap()
        .forEach(
            (name, signature) -> {
              // What starts like this initializes, or trains; it is not for callers.
              if (!name.startsWith("__saved_model_")) {
                signatures.put(name, ModelSignature.of(name, signature));
              }
            });
  }

  /**
   * Loads a SavedModel.
   *
   * @param path its folder, or a folder of version folders, of which the highest is taken
   * @throws ModelFormatException if there is no SavedModel, or it is damaged or incomplete
   * @throws IOException if it cannot be read
   */
  public static LoadedModel open(Path path) throws IOException {
    SavedModelFolder files = SavedModelFolder.open(path);
    List<String> classNames = files.classNames();
    ConfigProto config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(true)
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
            .build();
    Graphs.beforeSession(config);
    try {
      SavedModelBundle bundle =
          SavedModelBundle.loader(files.folder().toString())
              .withTags(files.tags())
              .withConfigProto(config)
              .load();
      return new LoadedModel(files, bundle, classNames);
    } catch (TensorFlowException | IllegalArgumentException | UnsupportedOperationException e) {
      throw damaged(files.folder(), e);
    }
  }

  private static ModelFormatException damaged(Path folder, RuntimeException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    Path variables = folder.resolve("variables");
    // TensorFlow does not say which file it was in; only the index is a table of strings.
    String where = folder.toString();
    if (message.contains("sstable") || message.contains("block")) {
      where = variables.resolve("variables.index").toString();
    } else if (message.contains("bytes") || message.contains("hecksum")) {
      where = variables.toString();
    }
    ModelFormatException refusal =
        new ModelFormatException(
            where, "a model that TensorFlow can load", message, "Is the folder damaged?");
    refusal.initCause(e);
    return refusal;
  }

  /** The version folder that was loaded. */
  public Path folder() {
    return files.folder();
  }

  /** The ways to call the model, sorted by name. */
  public List<ModelSignature> signatures() {
    return List.copyOf(signatures.values());
  }

  /**
   * One way to call the model.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public ModelSignature signature(String name) {
    ModelSignature signature = signatures.get(name);
    if (signature == null) {
      throw new IllegalArgumentException(
          "LoadedModel: expected one of the signatures "
              + signatures.keySet()
              + ", got \""
              + name
              + "\".");
    }
    return signature;
  }

  /** The names of the classes that travel with the model; empty if it has none. */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * Calls the default signature, which has one input and one output.
   *
   * @throws IllegalArgumentException if it has several, or the input is not of the type and shape
   *     that it takes
   * @throws IllegalStateException if the model was closed
   */
  public Array call(Array input) {
    ModelSignature signature = defaultSignature();
    if (signature.inputs().size() != 1 || signature.outputs().size() != 1) {
      throw new IllegalArgumentException(
          SignatureCheck.where(signature)
              + ": expected one input and one output, got "
              + signature
              + ".");
    }
    String name = signature.inputs().keySet().iterator().next();
    return call(signature.name(), Map.of(name, input)).values().iterator().next();
  }

  private ModelSignature defaultSignature() {
    return signatures.size() == 1
        ? signatures.values().iterator().next()
        : signature("serving_default");
  }

  /**
   * Calls a signature.
   *
   * @param inputs all inputs by name
   * @return all outputs by name
   * @throws IllegalArgumentException if there is no such signature, or the inputs are not those
   *     that it takes, or an output is of a type that arrays do not have; then use {@link #run}
   * @throws IllegalStateException if the model was closed
   */
  public Map<String, Array> call(String signature, Map<String, Array> inputs) {
    Map<String, Tensor> tensors = new HashMap<>();
    try {
      inputs.forEach((name, array) -> tensors.put(name, Tensors.of(array)));
      try (ModelOutputs outputs = run(signature, tensors)) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        signature(signature).outputs().keySet().forEach(n -> arrays.put(n, outputs.array(n)));
        return arrays;
      }
    } finally {
      tensors.values().forEach(Tensor::close);
    }
  }

  /**
   * Calls a signature with tensors of any type.
   *
   * @param inputs all inputs by name; they stay the caller's
   * @return all outputs, to be closed
   * @throws IllegalArgumentException if there is no such signature, or the inputs are not those
   *     that it takes
   * @throws IllegalStateException if the model was closed
   */
  public ModelOutputs run(String signature, Map<String, ? extends Tensor> inputs) {
    ModelSignature called = signature(signature);
    SignatureCheck.require(called, inputs);
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(
            "LoadedModel " + folder() + ": expected an open model, got a closed one.");
      }
      return run(called, inputs);
    } finally {
      lock.readLock().unlock();
    }
  }

  private ModelOutputs run(ModelSignature signature, Map<String, ? extends Tensor> inputs) {
    Session.Runner runner = bundle.session().runner();
    inputs.forEach(
        (name, tensor) ->
            runner.feed(SignatureCheck.value(signature.inputs(), name).tensor(), tensor));
    // TensorFlow Java 1.1.0 refuses to fetch one tensor under two names.
    Map<String, Integer> fetched = new HashMap<>();
    Map<String, Integer> places = new HashMap<>();
    signature
        .outputs()
        .forEach(
            (name, value) ->
                places.put(
                    name,
                    fetched.computeIfAbsent(
                        value.tensor(),
                        tensor -> {
                          runner.fetch(tensor);
                          return fetched.size();
                        })));
    try {
      return new ModelOutputs(runner.run(), places);
    } catch (TensorFlowException | IllegalArgumentException | UnsupportedOperationException e) {
      throw SignatureCheck.refused(signature, e);
    }
  }

  /**
   * The best classes of a batch, by a signature that names classes, as Kerava's exports have them.
   *
   * @param input as the model takes it, of shape (batch, ...)
   * @return one list a sample, best class first
   * @throws IllegalArgumentException if the model has no signature "classify", or the input is not
   *     of the type and shape that it takes
   * @throws IllegalStateException if the model was closed
   */
  public List<List<ClassScore>> classify(Array input) {
    try (Tensor tensor = Tensors.of(input)) {
      return classify("classify", tensor);
    }
  }

  /**
   * The best classes of photographs.
   *
   * @param images PNG or JPEG files, of any size
   * @return one list an image, best class first
   * @throws IllegalArgumentException if the model has no signature "classify_image", or one of the
   *     files is no image
   * @throws IllegalStateException if the model was closed
   */
  public List<List<ClassScore>> classify(List<byte[]> images) {
    try (TString tensor = Texts.tensor(images)) {
      return classify("classify_image", tensor);
    }
  }

  private List<List<ClassScore>> classify(String name, Tensor input) {
    String alias = signature(name).inputs().keySet().iterator().next();
    try (ModelOutputs outputs = run(name, Map.of(alias, input))) {
      List<String> classes = outputs.texts("classes");
      float[] scores = outputs.array("scores").floats();
      int top = Math.toIntExact(outputs.tensor("scores").shape().get(1));
      List<List<ClassScore>> samples = new ArrayList<>();
      for (int i = 0; i < scores.length; i += top) {
        List<ClassScore> sample = new ArrayList<>();
        for (int k = i; k < i + top; k++) {
          sample.add(new ClassScore(classes.get(k), scores[k]));
        }
        samples.add(List.copyOf(sample));
      }
      return List.copyOf(samples);
    }
  }

  /** Frees the model, once calls under way have ended. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        bundle.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
