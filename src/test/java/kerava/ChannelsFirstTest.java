package kerava;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.*;
import kerava.layers.ActivationFunction;
import kerava.saving.KerasArchive;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Layers with channels first give what their twins with channels last do, with axes moved. */
final class ChannelsFirstTest {
  @TempDir Path folder;

  static Stream<Layer> layers() {
    return Stream.of(
        Conv2D.of(4, 3).padding(Padding.SAME).activation(ActivationFunction.RELU),
        Conv2DTranspose.of(2, 3).strides(Size2D.of(2)),
        DepthwiseConv2D.of(3).strides(new Size2D(1, 2)),
        SeparableConv2D.of(4, 3),
        MaxPooling2D.of(2),
        AveragePooling2D.of(2),
        GlobalAveragePooling2D.of(),
        GlobalMaxPooling2D.of(),
        UpSampling2D.of(Size2D.of(2)),
        ZeroPadding2D.of(1),
        Cropping2D.of(1),
        Flatten.of(),
        Resizing.of(3, 4).padToAspectRatio(0.5),
        CenterCrop.of(3, 2));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void giveWhatTheirTwinsGive(Layer layer) throws IOException {
    Node last = Input.of(6, 5, 3);
    Node first = Input.of(3, 6, 5);
    Model plain = Model.of(last, last.then(layer.named("one")));
    Model turned = Model.of(first, first.then(ChannelsFirst.of(layer.named("one"))));
    Weights weights = weights(plain);
    Array x = numbers(2, 6, 5, 3);
    Array wanted = predicted(StoredModel.of(plain, weights), x);
    StoredModel stored = StoredModel.of(turned, weights);
    Array expected = wanted.shape().numDimensions() == 4 ? moved(wanted) : wanted;
    assertNear(expected, predicted(stored, moved(x)), 1e-6);

    KerasArchive.write(stored, folder.resolve("m.keras"));
    StoredModel again = KerasArchive.read(folder.resolve("m.keras"));
    assertEquals(turned.layer("one").layer(), again.model().layer("one").layer());
    assertNear(expected, predicted(again, moved(x)), 1e-6);
  }

  @Test
  void refuseLayersWithoutChannels() {
    assertEquals(
        "ChannelsFirst: expected a layer with the argument data_format, got Dense.",
        assertThrows(IllegalArgumentException.class, () -> ChannelsFirst.of(Dense.of(2)))
            .getMessage());
  }

  @Test
  void refuseActivationsAlongTheirWidth() {
    for (ActivationFunction function : ActivationFunction.values()) {
      Layer layer = Conv2D.of(2, 3).activation(function);
      if (function.alongLastAxis()) {
        assertEquals(
            "ChannelsFirst: expected an activation of each number by itself, got "
                + function
                + ", which Keras applies along the width.",
            assertThrows(IllegalArgumentException.class, () -> ChannelsFirst.of(layer))
                .getMessage());
      } else {
        ChannelsFirst.of(layer);
      }
    }
  }

  private static Array predicted(StoredModel stored, Array x) {
    try (Predictor predictor = Predictor.of(stored, TestDevice.get())) {
      return predictor.predict(List.of(x)).get(0);
    }
  }

  private static Weights weights(Model model) {
    Map<String, Array> weights = new LinkedHashMap<>();
    model.weights().forEach(spec -> weights.put(spec.name(), numbers(spec.shape().asArray())));
    return Weights.of(weights);
  }

  private static Array numbers(long... shape) {
    Random random = new Random(Shape.of(shape).size());
    float[] values = new float[Math.toIntExact(Shape.of(shape).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Array.of(values, shape);
  }

  /** (batch, height, width, channels) → (batch, channels, height, width). */
  private static Array moved(Array x) {
    long[] shape = x.shape().asArray();
    int pixels = Math.toIntExact(shape[1] * shape[2]);
    int channels = Math.toIntExact(shape[3]);
    float[] from = x.floats();
    float[] to = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      int image = i / (pixels * channels);
      int pixel = i / channels % pixels;
      to[(image * channels + i % channels) * pixels + pixel] = from[i];
    }
    return Array.of(to, shape[0], shape[3], shape[1], shape[2]);
  }
}
