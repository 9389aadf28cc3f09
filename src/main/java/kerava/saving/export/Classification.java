package kerava.saving.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kerava.ClassScores;
import kerava.Model;
import kerava.graph.DType;
import kerava.graph.Mode;
import kerava.graph.Network;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * The signatures that answer with the names and scores of the best classes: from the model's own
 * input, from the raw bytes of pixels, from PNG or JPEG files, and from serialized {@link
 * TfExamples}, which alone TensorFlow Serving's classify request takes.
 */
final class Classification {
  /** The input that takes the bytes of pixels. */
  static final String BYTES = "image_bytes";

  /** The input that takes image files. */
  static final String IMAGE = "image";

  /** The signature that takes examples. */
  static final String EXAMPLES = "classify_examples";

  /** The input that takes examples; the server knows no other name. */
  static final String INPUTS = "inputs";

  private static final Shape BATCH = Shape.of(Shape.UNKNOWN_SIZE);

  private final Network network;
  private final Model model;
  private final ExportSettings settings;

  private Classification(Network network, Model model, ExportSettings settings) {
    this.network = network;
    this.model = model;
    this.settings = settings;
  }

  /** The classifying signatures that a model can have; none if it gives no scores of classes. */
  static List<Endpoint> add(
      Network network, Model model, ExportSettings settings, Endpoint inference) {
    Classification classification = new Classification(network, model, settings);
    if (!classification.possible()) {
      if (!settings.classNames().isEmpty()) {
        throw classification.misnamed(String.valueOf(model.outputShapes()));
      }
      return List.of();
    }
    return classification.endpoints(inference);
  }

  private boolean possible() {
    return model.outputs().size() == 1
        && model.outputShape().numDimensions() == 2
        && model.outputSpecs().get(0).type().floating()
        && (model.outputShape().get(1) > 1 || isBinary());
  }

  /** Whether one output tells two classes apart; without their names it may be any number. */
  private boolean isBinary() {
    return model.outputShape().get(1) == 1
        && settings.classNames().size() == 2
        && ClassScores.of(model) != ClassScores.UNKNOWN;
  }

  private IllegalArgumentException misnamed(String got) {
    return new IllegalArgumentException(
        "ExportOptions classNames: expected as many as the model gives scores, got "
            + settings.classNames().size()
            + " for an output of "
            + got
            + ".");
  }

  private List<Endpoint> endpoints(Endpoint inference) {
    List<Endpoint> endpoints = new ArrayList<>();
    Operand<TFloat32> scores =
        inference.output(model.outputNames().get(0)).operand().asOutput().expect(TFloat32.class);
    endpoints.add(
        new Endpoint("classify", Endpoint.PREDICT, inference.inputs(), best("classify", scores)));
    if (TfExamples.canHold(model)) {
      endpoints.add(fromExamples());
      if (model.inputs().size() == 1 && takesPixels()) {
        endpoints.add(fromBytes());
      }
      if (TfExamples.areImages(model)) {
        endpoints.add(fromFiles());
      }
    }
    return List.copyOf(endpoints);
  }

  /** Whether bytes may be what enters; numbers of words are none. */
  private boolean takesPixels() {
    DType type = model.inputSpecs().get(0).type();
    return type.floating() || type == DType.UINT8;
  }

  private Endpoint fromExamples() {
    Ops tf = network.tf().withSubScope(EXAMPLES);
    Operand<TString> examples = place(EXAMPLES, INPUTS);
    List<Operand<TFloat32>> inputs =
        TfExamples.areImages(model)
            ? List.of(images(tf, TfExamples.pixels(tf, examples)))
            : TfExamples.floats(tf, examples, model);
    Operand<TFloat32> scores =
        model.build(network.pass(EXAMPLES, Mode.INFER), checked(EXAMPLES, inputs)).get(0);
    return new Endpoint(
        EXAMPLES,
        Endpoint.CLASSIFY,
        new TreeMap<>(Map.of(INPUTS, new ExportTensor(examples, BATCH))),
        best(EXAMPLES, scores));
  }

  private List<Operand<TFloat32>> checked(String name, List<Operand<TFloat32>> inputs) {
    Ops tf = network.tf().withSubScope(name + "_inputs");
    return IntStream.range(0, inputs.size())
        .<Operand<TFloat32>>mapToObj(i -> tf.ensureShape(inputs.get(i), model.inputShapes().get(i)))
        .toList();
  }

  private Endpoint fromBytes() {
    String name = "classify_bytes";
    Operand<TString> bytes = place(name, BYTES);
    return classified(name, BYTES, bytes, images(network.tf().withSubScope(name), bytes));
  }

  private Operand<TFloat32> images(Ops tf, Operand<TString> bytes) {
    // The batch is as large as it was, so that strings of another length cannot fit.
    Operand<TInt32> shape =
        tf.concat(
            List.of(tf.shape(bytes), tf.constant(ints(TfExamples.sample(model.inputShape())))),
            tf.constant(0));
    Operand<TFloat32> pixels =
        tf.dtypes.cast(tf.io.decodeRaw(bytes, org.tensorflow.types.TUint8.class), TFloat32.class);
    return scaled(tf, tf.withName("image_bytes_shape").reshape(pixels, shape));
  }

  private Endpoint fromFiles() {
    String name = "classify_image";
    Ops tf = network.tf().withSubScope(name);
    Operand<TString> files = place(name, IMAGE);
    return classified(name, IMAGE, files, scaled(tf, FileDecoder.decode(tf, files, model)));
  }

  private Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> pixels) {
    return model.preprocessing().scaling().apply(tf.withSubScope("scaling"), pixels);
  }

  private Operand<TString> place(String name, String alias) {
    return network
        .tf()
        .withName(name + "_" + alias)
        .placeholder(TString.class, Placeholder.shape(BATCH));
  }

  private Endpoint classified(
      String name, String alias, Operand<TString> input, Operand<TFloat32> images) {
    Operand<TFloat32> known =
        network.tf().withName(name + "_shape").ensureShape(images, model.inputShape());
    Operand<TFloat32> scores = model.build(network.pass(name, Mode.INFER), known);
    return new Endpoint(
        name,
        Endpoint.PREDICT,
        new TreeMap<>(Map.of(alias, new ExportTensor(input, BATCH))),
        best(name, scores));
  }

  private SortedMap<String, ExportTensor> best(String name, Operand<TFloat32> scores) {
    Ops tf = network.tf().withSubScope(name + "_outputs");
    int count = Math.max(2, (int) model.outputShape().get(1));
    int top = Math.min(settings.topK(), count);
    TopK<TFloat32, TInt32> best = tf.nn.topK(ofClasses(tf, scores), tf.constant(top), TInt32.class);
    Operand<TString> classes = tf.gather(names(tf, count), best.indices(), tf.constant(0));
    Shape shape = Shape.of(Shape.UNKNOWN_SIZE, top);
    SortedMap<String, ExportTensor> outputs = new TreeMap<>();
    outputs.put("classes", new ExportTensor(tf.withName("classes").identity(classes), shape));
    outputs.put("scores", new ExportTensor(tf.withName("scores").identity(best.values()), shape));
    return outputs;
  }

  /** Where there is one output, the probabilities of both classes. */
  private Operand<TFloat32> ofClasses(Ops tf, Operand<TFloat32> scores) {
    if (model.outputShape().get(1) != 1) {
      return scores;
    }
    Operand<TFloat32> one = scores;
    Operand<TFloat32> other = tf.math.sub(tf.constant(1f), scores);
    if (ClassScores.of(model) == ClassScores.LOGITS) {
      one = tf.math.sigmoid(scores);
      other = tf.math.sigmoid(tf.math.neg(scores));
    }
    return tf.concat(List.of(other, one), tf.constant(1));
  }

  private Operand<TString> names(Ops tf, int count) {
    List<String> names = settings.classNames();
    if (names.isEmpty()) {
      names = IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }
    if (names.size() != count) {
      throw misnamed(String.valueOf(model.outputShape()));
    }
    try (TString tensor = TString.vectorOf(names.toArray(String[]::new))) {
      return tf.withName("names").constantOf(tensor);
    }
  }

  private static int[] ints(Shape shape) {
    return java.util.Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
  }
}
