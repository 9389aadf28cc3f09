package kerava.saving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.Model;
import kerava.ModelLayer;
import kerava.NamedLayer;
import kerava.TensorLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.Visible;
import kerava.files.ModelFormatException;
import kerava.graph.DType;
import kerava.graph.ImportedGraph;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import kerava.saving.savedmodel.FrozenSignature;
import kerava.saving.savedmodel.SignatureTensor;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * A SavedModel as a layer, which training leaves as it is: whatever its signature takes → whatever
 * it gives, as Keras' with {@code trainable=False}. Its weights become constants of the graph, and
 * go with an export.
 *
 * <p>The folder is looked at as that of a stranger; one with tables, or that changes its weights,
 * is refused. Keras' files name the folder alone: as Keras' safe mode, Kerava reads no such file,
 * and it writes none.
 *
 * <pre>{@code
 * Node features = TFSMLayer.of(Path.of("extractor/1")).apply(images);
 * }</pre>
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/backend_specific_layers/tfsm_layer/">Keras:
 *     TFSMLayer</a>
 */
public record TFSMLayer(Config config) implements TensorLayer {
  private static final String SERVE = "serve";

  private static final Key<String> FILEPATH = Key.required("filepath", Codec.text());
  private static final Key<String> CALL_ENDPOINT = Key.of("call_endpoint", Codec.text(), SERVE);
  private static final Key<Optional<String>> CALL_TRAINING_ENDPOINT =
      Key.optional("call_training_endpoint", Codec.text());

  /** How the layer is written and read. */
  public static final Schema<TFSMLayer> SCHEMA =
      Layer.schema("TFSMLayer", TFSMLayer::new, FILEPATH, CALL_ENDPOINT, CALL_TRAINING_ENDPOINT);

  /**
   * The layer of a SavedModel, which calls its signature {@code serve}, or the only one it has.
   *
   * @param path its folder, or a folder of versions, of which the highest is taken
   * @throws ModelFormatException if there is none, it is damaged, or it does more than compute
   * @throws IllegalArgumentException if it is not to be told which signature is meant
   * @throws IOException if it cannot be read
   */
  public static TFSMLayer of(Path path) throws IOException {
    List<String> names = FrozenSignature.names(path);
    return of(path, names.size() == 1 ? names.get(0) : SERVE);
  }

  /**
   * The layer of a SavedModel.
   *
   * @param path its folder, or a folder of versions, of which the highest is taken
   * @param endpoint the name of the signature that is called
   * @throws ModelFormatException if there is none, it is damaged, or it does more than compute
   * @throws IllegalArgumentException if it has no such signature
   * @throws IOException if it cannot be read
   */
  public static TFSMLayer of(Path path, String endpoint) throws IOException {
    FrozenSignature.read(path, endpoint);
    return new TFSMLayer(
        SCHEMA
            .config()
            .with(TRAINABLE, false)
            .with(FILEPATH, path.toString())
            .with(CALL_ENDPOINT, endpoint));
  }

  /** The same layer that calls another signature where a model is trained. */
  public TFSMLayer callTrainingEndpoint(String endpoint) {
    return new TFSMLayer(config.with(CALL_TRAINING_ENDPOINT, Optional.of(endpoint)));
  }

  /** Refuses a model that Keras would not read, as it has no weights of such a layer. */
  static void requireNone(String where, Model model) {
    for (NamedLayer named : model.layersWithInputs()) {
      if (named.layer() instanceof ModelLayer inner) {
        requireNone(where, inner.model());
      }
      if (named.layer() instanceof TFSMLayer) {
        throw new IllegalArgumentException(
            Visible.of(
                where
                    + ": expected layers whose weights the file can hold, got TFSMLayer \""
                    + named.name()
                    + "\". SavedModels.export takes it along."));
      }
    }
  }

  private FrozenSignature signature(boolean training) {
    Optional<String> other = training ? config.get(CALL_TRAINING_ENDPOINT) : Optional.empty();
    try {
      return FrozenSignature.read(
          Path.of(config.get(FILEPATH)), other.orElse(config.get(CALL_ENDPOINT)));
    } catch (IOException e) {
      throw new IllegalArgumentException("TFSMLayer: " + e.getMessage(), e);
    }
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    Map<String, SignatureTensor> taken = signature(false).signature().inputs();
    List<TensorSpec> given = inputs.tensors();
    if (given.size() != taken.size()) {
      throw inputs.refuse(taken.size() + " inputs, as " + config.get(FILEPATH) + " takes", "");
    }
    int i = 0;
    for (SignatureTensor wanted : taken.values()) {
      TensorSpec got = given.get(i++);
      boolean texts = wanted.type().equals("string");
      boolean fits = wanted.shape().isUnknown() || wanted.shape().isCompatibleWith(got.shape());
      if (texts != (got.type() == DType.STRING) || !fits) {
        throw new IllegalArgumentException(
            "%s: expected %s, got %s.".formatted(inputs.where(), wanted, got));
      }
    }
    List<TensorSpec> outputs = new ArrayList<>();
    for (SignatureTensor output : signature(false).signature().outputs().values()) {
      outputs.add(new TensorSpec(output.shape(), type(output)));
    }
    return List.copyOf(outputs);
  }

  private static DType type(SignatureTensor tensor) {
    return DType.named(tensor.type())
        .filter(type -> !tensor.shape().isUnknown())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "TFSMLayer: expected outputs of known type and rank, got " + tensor + "."));
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    Ops tf = scope.tf();
    FrozenSignature frozen = signature(scope.training());
    Map<String, Operand<? extends TType>> inputs = new LinkedHashMap<>();
    int i = 0;
    for (SignatureTensor wanted : frozen.signature().inputs().values()) {
      String node = wanted.tensor().substring(0, wanted.tensor().lastIndexOf(':'));
      inputs.put(node, typed(tf, call.values().get(i++).operand(), wanted));
    }
    List<String> outputs =
        frozen.signature().outputs().values().stream().map(SignatureTensor::tensor).toList();
    return ImportedGraph.add(tf, frozen.graph(), inputs, outputs).stream()
        .map(TensorValue::of)
        .toList();
  }

  private static Operand<? extends TType> typed(
      Ops tf, Operand<? extends TType> value, SignatureTensor wanted) {
    Class<? extends TType> type = DType.named(wanted.type()).orElseThrow().tensorType();
    return value.type().equals(type) ? value : tf.dtypes.cast(value, type);
  }

  @Override
  public Schema<TFSMLayer> schema() {
    return SCHEMA;
  }
}
