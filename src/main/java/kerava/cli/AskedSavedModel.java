package kerava.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.images.ImageSize;
import kerava.images.Preprocessing;
import kerava.saving.LoadedModel;
import org.tensorflow.ndarray.Shape;

/**
 * A SavedModel, which is asked through its default signature.
 *
 * @param loaded the model
 * @param preprocessing what becomes of images
 * @param says whether its folder or an option says how pixels are scaled
 */
record AskedSavedModel(LoadedModel loaded, Preprocessing preprocessing, boolean says)
    implements Asked {
  private static final int ROWS = 250;

  /** How many numbers are held at once: 32 MiB. */
  private static final long NUMBERS = 8L << 20;

  /** The size of images that are decoded by the model alone. */
  private static final ImageSize ANY = new ImageSize(1, 1);

  static AskedSavedModel open(Path path, PixelOptions pixels) throws IOException {
    LoadedModel loaded = LoadedModel.open(path);
    boolean says = loaded.saysPreprocessing() || pixels.scale() || !loaded.takesFloats();
    return new AskedSavedModel(loaded, pixels.over(loaded.preprocessing()), says);
  }

  @Override
  public Preprocessing images() {
    return loaded.takesFiles()
        ? preprocessing.size().map(size -> preprocessing).orElse(preprocessing.size(ANY))
        : Asked.super.images();
  }

  @Override
  public String pixelsLine() {
    return loaded.takesFiles()
        ? "Pixels: the model decodes files itself"
        : PixelOptions.line(preprocessing, says)
            + (loaded.takesFloats() ? "" : ", as bytes, fractions cut off");
  }

  @Override
  public List<String> classNames() {
    return loaded.classNames();
  }

  @Override
  public Array predict(Array inputs) {
    int count = Math.toIntExact(inputs.shape().get(0));
    if (count <= ROWS) {
      return loaded.call(inputs);
    }
    Dataset rows = AskedModel.rows(inputs);
    List<Array> parts = new ArrayList<>();
    for (int from = 0; from < count; from += ROWS) {
      parts.add(loaded.call(rows.range(from, Math.min(count, from + ROWS)).inputs()));
    }
    return Array.concatenated(parts);
  }

  @Override
  public Array predict(Dataset images) throws IOException {
    int rows = (int) Math.max(1, Math.min(ROWS, NUMBERS / images.inputShape().size()));
    List<Array> parts = new ArrayList<>();
    for (int from = 0; from < images.size(); from += rows) {
      int[] some = IntStream.range(from, Math.min(images.size(), from + rows)).toArray();
      parts.add(loaded.takesFiles() ? loaded.call(files(images, some)) : pixels(images, some));
    }
    return Array.concatenated(parts);
  }

  private static List<byte[]> files(Dataset images, int[] some) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (int image : some) {
      Path file =
          images
              .file(image)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "predict: expected images in files for a model that decodes them itself,"
                              + " got a data set without files."));
      files.add(Files.readAllBytes(file));
    }
    return files;
  }

  private Array pixels(Dataset images, int[] some) {
    Array inputs = images.inputs(some);
    Array floats = inputs.asFloats();
    if (!images.pixels()) {
      return loaded.call(inputs);
    }
    Shape shape = inputs.shape();
    if (!loaded.takesFloats()) {
      return loaded.call(bytes(floats.floats(), shape));
    }
    int channels = Math.toIntExact(shape.get(shape.numDimensions() - 1));
    return loaded.call(
        Array.of(preprocessing.scaling().apply(floats.floats(), channels), shape.asArray()));
  }

  /** As {@code tf.cast} makes bytes of numbers from 0 to 255. */
  private static Array bytes(float[] pixels, Shape shape) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) pixels[i];
    }
    return Array.of(bytes, shape.asArray());
  }

  @Override
  public void close() {
    loaded.close();
  }
}
