package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;

/** Folders of images, and trainings on them. */
abstract class ImageFolders {
  @TempDir Path folder;

  static Path reported(String name) throws URISyntaxException {
    return Path.of(ImageFolders.class.getResource("/reported/" + name).toURI());
  }

  static void refused(Run run, String words) {
    assertEquals(1, run.code());
    assertTrue(run.err().contains(words), run.err());
    assertTrue(run.err().length() < 301 && run.err().lines().count() == 1, run.err());
    assertFalse(run.out().contains("Epoch"), run.out());
  }

  Run train(Path data, Object... more) {
    return Run.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "--dataset",
                    data,
                    "--out",
                    folder.resolve("out"),
                    "--epochs",
                    1,
                    "--seed",
                    3,
                    "--device",
                    "cpu"),
                Stream.of(more))
            .toArray());
  }

  void paint(String name, int count) throws IOException {
    Random random = new Random(name.hashCode());
    Path place = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 32 * 32; pixel++) {
        image.setRGB(pixel % 32, pixel / 32, random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
    }
  }
}
