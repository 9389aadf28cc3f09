package kerava.applications;

import static kerava.layers.ActivationFunction.LINEAR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.Stream;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.layers.Dropout;
import kerava.layers.GaussianNoise;
import kerava.layers.RandomCrop;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import kerava.regularizers.L2;
import kerava.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks have the sizes that the papers state, and say what they refuse. */
final class ApplicationsTest {
  private static long trainable(Architecture architecture) {
    return architecture.model().trainableWeights().stream().mapToLong(w -> w.shape().size()).sum();
  }

  private static long convolutions(Model model) {
    return model.weights().stream()
        .filter(w -> w.name().endsWith("/kernel") && w.shape().numDimensions() == 4)
        .count();
  }

  /** He et al. 2015, table 6: 0.27, 0.46, 0.66, 0.85 and 1.7 million. */
  @ParameterizedTest
  @CsvSource({"20, 269722", "32, 464154", "44, 658586", "56, 853018", "110, 1727962"})
  void residualNetworksHaveThePapersSizes(int depth, long parameters) {
    assertEquals(parameters, trainable(ResNet.cifar(depth)));
    assertEquals(depth - 1, convolutions(ResNet.cifar(depth).model()));
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(ResNetV2.cifar(110), 1.7),
        Arguments.of(ResNetV2.bottleneck(164), 1.7),
        Arguments.of(ResNetV2.bottleneck(1001), 10.3),
        Arguments.of(WideResNet.of(16, 4), 2.7),
        Arguments.of(WideResNet.of(40, 1), 0.6),
        Arguments.of(WideResNet.of(16, 8), 11.0),
        Arguments.of(WideResNet.of(28, 10), 36.5),
        Arguments.of(Vgg.of(11), 9.2),
        Arguments.of(Vgg.of(13), 9.4),
        Arguments.of(Vgg.of(16), 14.7),
        Arguments.of(Vgg.of(19), 20.0),
        Arguments.of(FastNet.of(64, 256, 256), 2.0));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void othersHaveTheSizesOfTheLiterature(Architecture architecture, double millions) {
    assertEquals(millions, trainable(architecture) / 1e6, 0.05, architecture.name());
  }

  private static void refused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void refusesDepthsThatDoNotExist() {
    for (int depth : new int[] {21, 2, 0, -4}) {
      refused(
          "ResNet depth: expected 6n + 2, such as 20, 32, 44, 56 or 110, got " + depth + ".",
          () -> ResNet.cifar(depth));
    }
    refused(
        "ResNetV2 depth: expected 6n + 2, such as 20, 56 or 110, got 1641.",
        () -> ResNetV2.cifar(1641));
    refused(
        "ResNetV2 with bottlenecks depth: expected 9n + 2, such as 164 or 1001, got 1101.",
        () -> ResNetV2.bottleneck(1101));
    refused("ResNet depth: expected at most 10000, got 60002.", () -> ResNet.cifar(60_002));
    refused(
        "WideResNet depth: expected 6n + 4, such as 16, 22, 28 or 40, got 20.",
        () -> WideResNet.of(20, 4));
    refused("WideResNet k: expected 1 to 1000, got 0.", () -> WideResNet.of(16, 0));
    refused("Vgg depth: expected 11, 13, 16 or 19, got 12.", () -> Vgg.of(12));
  }

  @Test
  void refusesOtherArgumentsThatMakeNoNetwork() {
    refused(
        "WideResNet dropout: expected a share from 0 to below 1, got 1.0.",
        () -> WideResNet.of(16, 4).dropout(1));
    refused(
        "Vgg dropout: expected a share from 0 to below 1, got NaN.",
        () -> Vgg.of(11).dropout(Double.NaN));
    refused(
        "Architecture weight decay: expected a number of at least 0, got -1.0.",
        () -> ResNet.cifar(20).weightDecay(-1));
    refused("Classifier classes: expected at least 1, got 0.", () -> ResNetV2.cifar(20).classes(0));
    refused(
        "FastNet widths: expected at least one, each at least 1, got [64, 0].",
        () -> FastNet.of(64, 0));
    refused(
        "FastNet whitening: expected a patch of 1 to 5, got 6.", () -> FastNet.of(64).whitening(6));
  }

  @Test
  void refusesImagesThatAreTooSmall() {
    Node small = Input.of(8, 8, 3);
    String message =
        assertThrows(IllegalArgumentException.class, () -> Vgg.of(11).model(small)).getMessage();
    assertTrue(message.startsWith("MaxPooling2D: expected "), message);
  }

  @Test
  void refusesACropLargerThanTheImage() {
    refused(
        "RandomCrop: expected images of a known size, at least the crop's (40, 40), got"
            + " [-1, 32, 32, 3]. Does a ZeroPadding2D or Resizing belong before it?",
        () -> ResNet.cifar(20).model(Input.of(32, 32, 3), RandomCrop.of(40, 40)));
  }

  @Test
  void refusesToTrainANetworkThatIsFrozenThroughout() {
    Model frozen = FastNet.of(8).model().frozen(name -> true);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.compile(frozen, SGD.of(), SparseCategoricalCrossentropy.of()))
            .getMessage();
    assertEquals(
        "Trainer: expected a model with weights to train, got none in \"fast_8\"."
            + " Are all layers frozen?",
        message);
  }

  @Test
  void takesArgumentsAsKerasDoes() {
    Model model =
        ResNet.cifar(20)
            .classes(7)
            .classifierActivation(LINEAR)
            .weightDecay(0)
            .model(Input.of(24, 40, 1), GaussianNoise.of(0.1));
    assertEquals("resnet20", model.name());
    assertEquals(7, model.outputShape().get(1));
    assertEquals(40, model.inputShape().get(2));
    assertTrue(model.weights().stream().allMatch(w -> w.regularizer().isEmpty()));
    assertTrue(model.summary().contains("GaussianNoise"), model.summary());
    assertTrue(
        ResNet.cifar(20).model().weights().stream()
            .filter(w -> w.name().endsWith("/kernel"))
            .allMatch(w -> w.regularizer().equals(Optional.of(L2.of(5e-5)))));
  }

  @Test
  void wideNetworksDropBetweenConvolutions() {
    long dropouts =
        WideResNet.of(16, 2).dropout(0.3).model().layers().stream()
            .filter(step -> step.layer() instanceof Dropout)
            .count();
    assertEquals(6, dropouts);
  }
}
