package kerava.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import kerava.Model;
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
}
