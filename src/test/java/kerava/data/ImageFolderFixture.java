package kerava.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;

/** A folder to paint images into. */
abstract class ImageFolderFixture {
  @TempDir Path folder;

  /** Writes an image of 2 by 1 pixels, all of one grey. */
  void paint(String name, int grey) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, grey * 0x010101);
    image.setRGB(1, 0, grey * 0x010101);
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertTrue(ImageIO.write(image, format, file.toFile()));
  }
}
