package kerava.saving.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerava.Model;
import kerava.files.RecordFile;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.TensorSpec;
import kerava.images.ImageSize;
import kerava.images.Scaling;
import kerava.saving.savedmodel.Protos;
import kerava.saving.savedmodel.SavedModelSession;
import kerava.saving.savedmodel.Signature;
import kerava.saving.savedmodel.SignatureTensor;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.TensorProto;

/**
 * The requests that TensorFlow Serving answers before it lets clients at a model. A model that
 * fails one of them is not served, so that they are a test of the files, too.
 */
final class Warmup {
  /** Where the server looks for them in a version folder. */
  static final String FILE = "assets.extra/tf_serving_warmup_requests";

  private static final ImageSize LARGE = new ImageSize(224, 224);

  private final Model model;
  private final ExportSettings settings;
  private final String name;

  Warmup(Model model, ExportSettings settings, String name) {
    this.model = model;
    this.settings = settings;
    this.name = name;
  }

  /**
   * The file: for every signature one request of a single sample, or of the model's fixed batch,
   * and one of all samples.
   */
  byte[] file(List<Signature> signatures) throws IOException {
    List<Array> samples = samples();
    List<byte[]> records = new ArrayList<>();
    long count = samples.get(0).shape().get(0);
    int least = Math.toIntExact(Math.max(1, model.inputShapes().get(0).get(0)));
    for (Signature signature : signatures) {
      List<Array> first =
          samples.stream().map(array -> RequestSamples.first(array, least)).toList();
      records.add(request(signature, first).toBytes());
      if (count > least) {
        records.add(request(signature, samples).toBytes());
      }
    }
    return RecordFile.of(records);
  }

  private List<Array> samples() {
    if (settings.samples().isEmpty()) {
      return IntStream.range(0, model.inputs().size()).mapToObj(this::empty).toList();
    }
    List<Array> samples = new ArrayList<>();
    boolean fits = settings.samples().size() == model.inputs().size();
    for (int i = 0; fits && i < settings.samples().size(); i++) {
      TensorSpec wanted = model.inputSpecs().get(i);
      samples.add(SampleTypes.held(wanted.type(), settings.samples().get(i), scaling()));
      fits =
          samples.get(i).type() == SampleTypes.of(wanted.type())
              && samples.get(i).shape().isCompatibleWith(wanted.shape())
              && samples.get(i).shape().get(0) == samples.get(0).shape().get(0)
              && samples.get(i).size() > 0;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "ExportOptions samples: expected "
              + model.inputSpecs()
              + ", got "
              + settings.samples()
              + ".");
    }
    return samples;
  }

  /** A sample of zeros, or of what a lookup takes that does not take any text or number. */
  private Array empty(int input) {
    Array.Type type = SampleTypes.of(model.inputSpecs().get(input).type());
    Shape shape = one(model.inputShapes().get(input));
    return SampleTypes.filled(type, shape, KnownTerms.at(model, model.inputs().get(input)));
  }

  /** Of images of any size, the size that was chosen, else one that no network is too deep for. */
  private Shape one(Shape shape) {
    ImageSize image = model.preprocessing().size().orElse(LARGE);
    long[] unknown = {1, image.height(), image.width(), 1};
    boolean images = shape.numDimensions() == unknown.length;
    long[] one = shape.asArray();
    for (int i = 0; i < one.length; i++) {
      one[i] = one[i] >= 0 ? one[i] : images ? unknown[i] : 1;
    }
    return Shape.of(one);
  }

  private WarmupRequest request(Signature signature, List<Array> samples) throws IOException {
    Map<String, TensorProto> inputs = new LinkedHashMap<>();
    if (signature.name().equals(Classification.EXAMPLES)) {
      List<byte[]> examples = TfExamples.of(model, samples);
      inputs.put(Classification.INPUTS, Protos.strings(examples));
      return new WarmupRequest(name, signature.name(), inputs);
    }
    for (Map.Entry<String, SignatureTensor> input : signature.inputs().entrySet()) {
      inputs.put(input.getKey(), input(input.getKey(), input.getValue(), samples));
    }
    return new WarmupRequest(name, signature.name(), inputs);
  }

  /** The value of an input: the model's own may have any name, also one of those of a file. */
  private TensorProto input(String alias, SignatureTensor value, List<Array> samples)
      throws IOException {
    if (isOwn(alias, value.type())) {
      return Protos.values(samples.get(index(alias)), value.type());
    }
    return alias.equals(Classification.BYTES)
        ? Protos.strings(RequestSamples.bytes(pixels(samples)))
        : Protos.strings(RequestSamples.png(pixels(samples)));
  }

  private boolean isOwn(String alias, String type) {
    return index(alias) >= 0
        && DType.of(model.inputSpecs().get(index(alias)).type().tensorType())
            .toString()
            .equals(type);
  }

  private Scaling scaling() {
    return model.preprocessing().scaling();
  }

  private Array pixels(List<Array> samples) {
    return RequestSamples.pixels(samples.get(0), scaling());
  }

  private int index(String alias) {
    return TfExamples.names(model).indexOf(alias);
  }

  /** Reads the file of a version folder and answers its requests as a server would. */
  static void replay(Path folder) throws IOException {
    try (SavedModelSession model = SavedModelSession.open(folder, false)) {
      for (byte[] record : RecordFile.read(folder.resolve(FILE))) {
        answer(model, WarmupRequest.parse(record));
      }
    }
  }

  private static void answer(SavedModelSession model, WarmupRequest request) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    try {
      request.inputs().forEach((alias, proto) -> inputs.put(alias, Protos.tensor(proto)));
      model.run(request.signature(), inputs).close();
    } finally {
      inputs.values().forEach(Tensor::close);
    }
  }
}
