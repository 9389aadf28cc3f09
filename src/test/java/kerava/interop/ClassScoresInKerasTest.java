package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import kerava.cli.Run;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loss and accuracy are Keras', whatever the outputs of a model mean, by its file or SavedModel.
 */
@EnabledIfPython
final class ClassScoresInKerasTest {
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> ofTwoClasses() throws Exception {
    return models(List.of("cat", "dog"));
  }

  @TestFactory
  Stream<DynamicTest> ofThreeClasses() throws Exception {
    return models(List.of("cat", "dog", "owl"));
  }

  private Stream<DynamicTest> models(List<String> classes) throws Exception {
    Path images = folder.resolve("images");
    paint(images.resolve("test"), classes);
    Path answer = Files.createDirectories(folder.resolve("answer"));
    PythonReference reference = new PythonReference(images.resolve("test"), answer);
    PythonReference.run("score_models.py", reference);
    assertTrue(reference.report().size() >= 14);
    return StreamSupport.stream(reference.report().properties().spliterator(), false)
        .flatMap(entry -> tests(entry, images));
  }

  private Stream<DynamicTest> tests(Map.Entry<String, JsonNode> entry, Path images) {
    Path model = folder.resolve("answer").resolve(entry.getKey());
    return Stream.of(Path.of(model + ".keras"), model)
        .filter(Files::exists)
        .map(
            path ->
                DynamicTest.dynamicTest(
                    folder.resolve("answer").relativize(path).toString(),
                    () -> compare(path, images, entry.getValue())));
  }

  private static void compare(Path model, Path images, JsonNode expected) throws IOException {
    Run run = Run.of("evaluate", model, "--dataset", images, "--json", "--device", "cpu");
    assertEquals(0, run.code(), run.err());
    JsonNode got = new ObjectMapper().readTree(run.out());
    assertEquals(expected.get(0).asDouble(), got.get("loss").asDouble(), TOLERANCE);
    assertEquals(expected.get(1).asDouble(), got.get("accuracy").asDouble(), TOLERANCE);
  }

  private static void paint(Path folder, List<String> classes) throws IOException {
    Random random = new Random(1);
    for (String name : classes) {
      Files.createDirectories(folder.resolve(name));
      for (int i = 0; i < 7 + name.charAt(0) % 3; i++) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 64; pixel++) {
          image.setRGB(pixel % 8, pixel / 8, random.nextInt(1 << 24));
        }
        ImageIO.write(image, "png", folder.resolve(name).resolve(i + ".png").toFile());
      }
    }
  }
}
