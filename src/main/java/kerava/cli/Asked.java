package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.saving.ModelKind;
import org.tensorflow.ndarray.Shape;

/** A model that predictions are asked of, whatever file it comes from. */
interface Asked extends AutoCloseable {
  /** Opens a model file or a SavedModel's folder. */
  static Asked open(Path path, Device device) throws IOException {
    return ModelKind.of(path) == ModelKind.SAVED_MODEL
        ? AskedSavedModel.open(path)
        : AskedModel.open(path, device);
  }

  /** The shape of one input, without the batch dimension. */
  Shape sample();

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
   * @param pixels UINT8, shape (images, height, width, channels)
   * @return shape (images, ...)
   */
  Array predictPixels(Array pixels);

  @Override
  void close();
}
