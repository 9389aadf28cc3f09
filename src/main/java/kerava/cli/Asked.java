package kerava.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.images.Preprocessing;

/** A model that predictions are asked of, whatever file it comes from. */
interface Asked extends AutoCloseable {
  /** Opens a model file or a SavedModel's folder. */
  static Asked open(Path path, Device device, PixelOptions pixels) throws IOException {
    return Files.isDirectory(path)
        ? AskedSavedModel.open(path, pixels)
        : AskedModel.open(path, device, pixels);
  }

  /** What becomes of images on their way to the model. */
  Preprocessing preprocessing();

  /**
   * The same with a size, to read files by.
   *
   * @throws IllegalArgumentException if the model takes images of any size and none is asked for
   */
  default Preprocessing images() {
    if (preprocessing().size().isEmpty()) {
      throw new IllegalArgumentException(
          "--image-size: expected a size for a model that takes any, got none. It is the size that"
              + " the model was trained with.");
    }
    return preprocessing();
  }

  /** The line that says so. */
  String pixelsLine();

  /** The names of the classes; empty if the file does not say. */
  List<String> classNames();

  /**
   * The outputs for inputs that go in as they are.
   *
   * @param inputs shape (rows, ...)
   * @return shape (rows, ...)
   */
  Array predict(Array inputs);

  /**
   * The outputs for images.
   *
   * @return shape (images, ...)
   */
  Array predict(Dataset images) throws IOException;

  @Override
  void close();
}
