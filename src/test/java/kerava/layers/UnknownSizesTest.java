package kerava.layers;

import static kerava.layers.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.Node;
import kerava.TestDevice;
import kerava.config.Catalog;
import kerava.config.Source;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.train.Predictor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Layers give the same whether or not sizes between batch and channels are known before. */
final class UnknownSizesTest {
  private static final Shape SEQUENCE = Shape.of(2, 7, 2);
  private static final Shape IMAGE = Shape.of(2, 5, 6, 2);
  private static final Shape VOLUME = Shape.of(2, 4, 5, 3, 2);

  /** A layer and what it is given. */
  record Case(Layer layer, Shape shape) {
    @Override
    public String toString() {
      return layer.toString();
    }
  }

  static Stream<Case> cases() {
    Stream<Layer> ofSequences =
        Stream.of(
            Conv1D.of(3, 3).padding(Padding.CAUSAL).dilationRate(2),
            Conv1D.of(3, 2).padding(Padding.SAME).dilationRate(3),
            Conv1D.of(3, 3).padding(Padding.CAUSAL).strides(2),
            Conv1DTranspose.of(2, 3).strides(2).padding(Padding.SAME),
            Conv1DTranspose.of(2, 3).strides(2),
            DepthwiseConv1D.of(2).strides(2).dilationRate(2).padding(Padding.SAME),
            SeparableConv1D.of(2, 3).padding(Padding.SAME),
            MaxPooling1D.of(2),
            AveragePooling1D.of(3).strides(2).padding(Padding.SAME),
            GlobalAveragePooling1D.of().keepdims(true),
            GlobalMaxPooling1D.of(),
            ZeroPadding1D.of(new Sides1D(1, 2)),
            Cropping1D.of(new Sides1D(2, 0)),
            UpSampling1D.of(3));
    Stream<Layer> ofVolumes =
        Stream.of(
            Conv3D.of(2, new Size3D(2, 3, 1)).dilationRate(new Size3D(2, 1, 3)),
            Conv3D.of(2, 2).padding(Padding.SAME).strides(2),
            Conv3DTranspose.of(2, 3).strides(new Size3D(1, 2, 3)),
            Conv3DTranspose.of(2, 3).padding(Padding.SAME).strides(2),
            MaxPooling3D.of(2),
            AveragePooling3D.of(2).padding(Padding.SAME).strides(1),
            GlobalAveragePooling3D.of(),
            GlobalMaxPooling3D.of().keepdims(true),
            ZeroPadding3D.of(new Sides3D(1, 0, 0, 2, 1, 1)),
            Cropping3D.of(new Sides3D(1, 0, 0, 2, 1, 1)),
            UpSampling3D.of(new Size3D(2, 1, 3)));
    Stream<Layer> ofImages =
        Stream.of(
            Conv2D.of(3, 3).dilationRate(new Size2D(2, 1)),
            DepthwiseConv2D.of(2).strides(new Size2D(1, 2)).padding(Padding.SAME),
            ZeroPadding2D.of(new Sides2D(1, 2, 0, 1)),
            Cropping2D.of(new Sides2D(1, 2, 0, 1)));
    return Stream.of(
            ofSequences.map(layer -> new Case(layer, SEQUENCE)),
            ofImages.map(layer -> new Case(layer, IMAGE)),
            ofVolumes.map(layer -> new Case(layer, VOLUME)))
        .flatMap(each -> each);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void giveTheSame(Case given) throws IOException {
    long[] sizes = Arrays.stream(given.shape().asArray()).skip(1).toArray();
    Node input = Input.of(sizes);
    Model known = Model.of(input, input.then(given.layer().named("it")));
    Model unknown = unknown(given.layer(), given.shape().numDimensions(), 2);
    Map<String, Array> weights = new LinkedHashMap<>();
    known.weights().forEach(spec -> weights.put(spec.name(), numbers(spec.shape())));
    assertEquals(known.weights(), unknown.weights());
    Array x = numbers(given.shape());
    assertClose(
        predicted(known, weights, x), predicted(unknown, weights, x), 1e-6, given.toString());
  }

  private static Model unknown(Layer layer, int rank, int channels) throws IOException {
    String sizes = String.join(", ", Collections.nCopies(rank - 1, "null"));
    String json = "{\"batch_shape\": [" + sizes + ", " + channels + "]}";
    Source source = Source.root(new ObjectMapper().readTree(json), Catalog.empty());
    Node input = Input.SCHEMA.read(source).apply();
    return Model.of(input, input.then(layer.named("it")));
  }

  private static Array predicted(Model model, Map<String, Array> weights, Array x) {
    try (Predictor predictor = Predictor.of(model, Weights.of(weights), TestDevice.get())) {
      return predictor.predict(x);
    }
  }

  private static Array numbers(Shape shape) {
    Random random = new Random(shape.size());
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Array.of(values, shape.asArray());
  }
}
