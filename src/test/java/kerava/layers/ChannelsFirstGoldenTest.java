package kerava.layers;

import static kerava.layers.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import kerava.ChannelsFirst;
import kerava.Golden;
import kerava.Inputs;
import kerava.Layer;
import kerava.TestDevice;
import kerava.WeightSpec;
import kerava.graph.Array;
import kerava.graph.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers of sequences, images and volumes whose channels come first, as Keras has them. */
@Tag(TestDevice.TAG)
final class ChannelsFirstGoldenTest {
  static Stream<GoldenCase> cases() {
    return Golden.items(Golden.read("layers_nd.json").get("channels_first")).stream()
        .map(json -> GoldenCase.of(json, json.get("written")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void giveWhatKerasGives(GoldenCase golden) {
    ObjectNode last = golden.config().deepCopy();
    last.put("data_format", "channels_last");
    ChannelsFirst layer =
        ChannelsFirst.of((Layer) KerasConfig.read(Layer.class, golden.className(), last));
    KerasConfig.assertSame(golden.config(), KerasConfig.write(layer), golden.className());

    Inputs inputs = new Inputs("test", golden.inputs().stream().map(Array::shape).toList());
    assertEquals(golden.output().shape(), layer.outputShape(inputs));
    assertEquals(
        List.copyOf(golden.weights().keySet()),
        layer.weights(inputs).stream().map(WeightSpec::name).toList());
    Array output =
        LayerRun.of(layer, golden.inputs()).weights(golden.weights()).run(Mode.INFER).output();
    assertClose(golden.output(), output, TestDevice.tolerance(1e-5), golden.className());
  }
}
