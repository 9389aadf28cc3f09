package kerava.layers;

import static kerava.layers.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kerava.Golden;
import kerava.Input;
import kerava.Inputs;
import kerava.Layer;
import kerava.Model;
import kerava.Node;
import kerava.TestDevice;
import kerava.config.Source;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import kerava.initializers.FrameWindow;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Spectrograms of sound beyond what every layer keeps to. */
@Tag(TestDevice.TAG)
final class SoundTest {
  static List<JsonNode> gradients() {
    return Golden.items(Golden.read("sound.json").get("gradients"));
  }

  private static Layer layer(JsonNode golden) {
    return (Layer) KerasConfig.read(Layer.class, "MelSpectrogram", golden.get("config"));
  }

  /**
   * Behind weights the transform is another one: its numbers are the same, and it has gradients.
   */
  @ParameterizedTest
  @MethodSource("gradients")
  void gradientsReachWeightsBeforePitches(JsonNode golden) {
    Array sound = GoldenCase.array(golden.get("input"));
    int samples = (int) sound.shape().get(1);
    Node input = Input.of(samples);
    // A layer that changes nothing: the gradient of its bias is that of the sound.
    Node same = Dense.of(samples).named("same").apply(input);
    Model model = Model.of(List.of(input), List.of(layer(golden).apply(same)));
    try (Network network = Network.create(1)) {
      Pass pass = network.pass("test", Mode.TRAIN);
      Ops tf = network.tf();
      Operand<TFloat32> fed =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, samples)));
      Operand<TFloat32> output = model.build(pass, List.of(fed)).get(0);
      Operand<TFloat32> loss = weightedSum(tf, output, golden.get("upstream_grad"));
      List<Operand<TFloat32>> weights = List.copyOf(pass.reads().values());
      Operand<TFloat32> bias = network.gradients(loss, weights).get(1);
      try (NetworkSession session = network.start(SessionOptions.on(TestDevice.get()));
          Tensor numbers = Tensors.of(sound)) {
        session.initialize();
        session.write(Weights.of(new HashMap<>(Map.of("same/kernel", identity(samples)))));
        Session.Runner runner = session.session().runner().feed(fed, numbers);
        try (Result result = runner.fetch(output).fetch(bias).run()) {
          Array wanted = GoldenCase.array(golden.get("output"));
          assertClose(wanted, Tensors.array(result.get(0)), TestDevice.tolerance(1e-5), "output");
          Array sums = sumOverBatch(GoldenCase.array(golden.get("grad_input")));
          assertClose(sums, Tensors.array(result.get(1)), TestDevice.tolerance(1e-4), "gradient");
        }
      }
    }
  }

  private static Operand<TFloat32> weightedSum(Ops tf, Operand<TFloat32> output, JsonNode json) {
    Array weighting = GoldenCase.array(json);
    Operand<TFloat32> weights =
        tf.reshape(tf.constant(weighting.floats()), tf.constant(weighting.shape().asArray()));
    return tf.sum(tf.math.mul(output, weights), tf.constant(new int[] {0, 1, 2}));
  }

  private static Array identity(int size) {
    float[] values = new float[size * size];
    for (int i = 0; i < size; i++) {
      values[i * size + i] = 1;
    }
    return Array.of(values, size, size);
  }

  private static Array sumOverBatch(Array gradient) {
    int size = (int) gradient.shape().get(1);
    float[] sums = new float[size];
    for (int i = 0; i < gradient.size(); i++) {
      sums[i % size] += gradient.floats()[i];
    }
    return Array.of(sums, size);
  }

  @Test
  void soundOfUnknownLengthGivesTheSame() {
    float[] noise = new float[2 * 150];
    Random random = new Random(1);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    MelSpectrogram pitches =
        MelSpectrogram.of().frames(20, 6, 32).samplingRate(800).pitches(5, 10, 400);
    requireSame(pitches, Array.of(noise, 2, 150), Shape.of(-1, -1));
    STFTSpectrogram spectrogram = STFTSpectrogram.of().frames(16, 5, 16);
    requireSame(spectrogram, Array.of(noise, 2, 75, 2), Shape.of(-1, -1, 2));
    requireSame(spectrogram.expandDims(true), Array.of(noise, 2, 75, 2), Shape.of(-1, -1, 2));
  }

  private static void requireSame(Layer layer, Array sound, Shape unknown) {
    Array known = LayerRun.of(layer, List.of(sound)).run(Mode.INFER).output();
    Node input = input(unknown);
    Model model = Model.of(List.of(input), List.of(layer.named("checked").apply(input)));
    try (Network network = Network.create(1)) {
      Pass pass = network.pass("test", Mode.INFER);
      Operand<TFloat32> fed = network.tf().placeholder(TFloat32.class, Placeholder.shape(unknown));
      Operand<TFloat32> output = model.build(pass, List.of(fed)).get(0);
      try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()));
          Tensor numbers = Tensors.of(sound)) {
        session.initialize();
        try (Result result = session.session().runner().feed(fed, numbers).fetch(output).run()) {
          assertClose(known, Tensors.array(result.get(0)), 1e-6, layer.toString());
        }
      }
    }
  }

  private static Node input(Shape shape) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode sizes = json.putArray("batch_shape");
    for (long size : shape.asArray()) {
      if (size < 0) {
        sizes.addNull();
      } else {
        sizes.add(size);
      }
    }
    return Input.SCHEMA.read(Source.root(json, KerasConfig.CATALOG)).apply();
  }

  @Test
  void windowsAreReadAndWrittenInPythonsForms() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    for (String window :
        List.of(
            "null",
            "\"blackman\"",
            "[0.5,1.0]",
            "{\"class_name\":\"__numpy__\",\"config\":{\"value\":[0.5,1.0],\"dtype\":\"float64\"}}")) {
      JsonNode json = mapper.readTree("{\"frame_length\":2,\"window\":" + window + "}");
      Layer layer = (Layer) KerasConfig.read(Layer.class, "STFTSpectrogram", json);
      assertEquals(json.get("window"), KerasConfig.write(layer).get("window"));
    }
  }

  private static void assertRefuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertRefuses(
        "STFTSpectrogram: expected a frame_step that goes with frame_length 8, got 9.",
        () -> STFTSpectrogram.of().frames(8, 9, 8));
    assertRefuses(
        "STFTSpectrogram: expected a fft_length that goes with frame_length 8, got 4.",
        () -> STFTSpectrogram.of().frames(8, 4, 4));
    assertRefuses(
        "MelSpectrogram: expected a sequence_length of at most fft_length, which is 8, got 9.",
        () -> MelSpectrogram.of().frames(9, 4, 8));
    assertRefuses(
        "MelSpectrogram window: expected hann, hamming or numbers or nothing, got blackman.",
        () -> MelSpectrogram.of().window(FrameWindow.of("blackman")));
    assertRefuses(
        "sound: expected more than the 1024 samples that are mirrored at the ends, got [-1, 1024].",
        () -> MelSpectrogram.of().outputShape(new Inputs("sound", List.of(Shape.of(-1, 1024)))));
    assertRefuses(
        "Window: expected one of 47, such as han, hann, ham, got \"hans\".",
        () -> FrameWindow.of("hans").values(4, false));
    assertRefuses(
        "Window: expected 3 numbers, one a sample of the frame, got 2.",
        () -> FrameWindow.of(1, 2).values(3, false));
  }
}
