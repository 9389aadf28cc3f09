package kerava;

import static kerava.layers.ActivationFunction.RELU;
import static kerava.layers.ActivationFunction.SOFTMAX;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import kerava.config.Catalog;
import kerava.config.Config;
import kerava.config.Source;
import kerava.layers.Activation;
import kerava.layers.Add;
import kerava.layers.BatchNormalization;
import kerava.layers.Concatenate;
import kerava.layers.Conv2D;
import kerava.layers.Conv2DTranspose;
import kerava.layers.Dense;
import kerava.layers.DepthwiseConv2D;
import kerava.layers.Flatten;
import kerava.layers.GaussianNoise;
import kerava.layers.GlobalAveragePooling2D;
import kerava.layers.LayerNormalization;
import kerava.layers.MaxPooling2D;
import kerava.layers.Padding;
import kerava.layers.ReLU;
import kerava.layers.Rescaling;
import kerava.layers.Reshape;
import org.junit.jupiter.api.Test;

/** The tables equal Keras' byte for byte; tools/golden/summaries.py builds the same models. */
final class SummaryTest {
  private static void assertKeras(String golden, Model model) throws IOException {
    String file = "/golden/summary_" + golden + ".txt";
    try (InputStream in = SummaryTest.class.getResourceAsStream(file)) {
      byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
      assertEquals(new String(bytes, StandardCharsets.UTF_8), model.summary() + "\n");
    }
  }

  @Test
  void showsTheSeedModel() throws IOException {
    assertKeras(
        "seed",
        Sequential.of(
            Input.of(32, 32, 3),
            Conv2D.of(32, 3).activation(RELU),
            MaxPooling2D.of(2),
            Conv2D.of(64, 3).activation(RELU),
            MaxPooling2D.of(2),
            Conv2D.of(64, 3).activation(RELU),
            Flatten.of(),
            Dense.of(64).activation(RELU),
            Dense.of(10).activation(SOFTMAX)));
  }

  @Test
  void showsWhatLayersAreConnectedTo() throws IOException {
    Node image = Input.named("img", 8, 8, 3);
    Node x =
        Conv2D.of(4, 3)
            .padding(Padding.SAME)
            .useBias(false)
            .apply(image)
            .then(BatchNormalization.of())
            .then(Activation.of(RELU));
    Node y =
        Conv2D.of(4, 3)
            .padding(Padding.SAME)
            .apply(x)
            .then(BatchNormalization.of().named("a_name_that_fits_no_column"));
    Node sum = Add.of().apply(x, y).then(GlobalAveragePooling2D.of());
    Model model = Model.of(image, Dense.of(10).frozen().apply(sum)).named("residual");
    assertKeras("residual", model);
  }

  @Test
  void breaksAndCutsLongNames() throws IOException {
    Node image = Input.of(8, 8, 3);
    String name = "normalization_with_a_name_of_more_than_thirty_one_letters";
    Node output =
        DepthwiseConv2D.of(3)
            .named("a_depthwise_convolution_of_long_name")
            .apply(image)
            .then(LayerNormalization.of().named(name))
            .then(Conv2DTranspose.of(1000, 3).named("up"))
            .then(Reshape.of(4, 4, 2, 2, 1000))
            .then(GaussianNoise.of(0.5));
    assertKeras("chain", Model.of(image, output));
  }

  @Test
  void showsSharedLayersAndNestedModels() throws IOException {
    Model inner = Sequential.of(Input.of(8, 8, 3), Flatten.of(), Dense.of(4)).named("backbone");
    SharedLayer backbone = SharedLayer.of(ModelLayer.of(inner));
    SharedLayer shared = SharedLayer.of(Conv2D.of(3, 1).named("shared"));
    Node left = Input.named("left", 8, 8, 3);
    Node right = Input.named("right", 8, 8, 3);
    Node both =
        Concatenate.of()
            .apply(shared.apply(left).then(backbone), shared.apply(right).then(backbone));
    Node few = Dense.of(2).named("few").apply(both);
    Node more = Dense.of(3).named("more").apply(both);
    Model model = Model.of(List.of(left, right), List.of(few, more)).named("two");
    assertKeras("nested", model);
  }

  @Test
  void showsSizesThatAreNotKnown() throws IOException {
    Node image = new Input(anySize()).apply();
    assertKeras("weightless", Sequential.of(image, Rescaling.of(0.5), ReLU.of()).named("r"));
  }

  private static Config anySize() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("batch_shape").addNull().addNull().addNull().add(3);
    return Input.SCHEMA.read(Source.root(json, Catalog.empty())).config();
  }
}
