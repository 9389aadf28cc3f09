package kerava.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import kerava.cli.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model that comes with Kerava says how it expects pixels, and can be asked. */
final class PretrainedTest {
  @ParameterizedTest
  @ValueSource(strings = {"cifar10_cnn_pretrained.keras", "cifar10_cnn_pretrained"})
  void canBeAsked(String name) {
    Path model = Path.of("savedmodels", name);
    Run inspected = Run.of("inspect", model);
    assertEquals(0, inspected.code(), inspected.err());
    assertTrue(
        inspected.out().contains("Pixels: 32x32 rgb, stretch, bilinear; pixels divided by 255\n"),
        inspected.out());
    Path cat = Path.of("src", "test", "resources", "reported", "pictures", "cat", "cat0.png");
    Run asked = Run.of("predict", model, cat, "--device", "cpu");
    assertEquals(0, asked.code(), asked.err());
  }
}
