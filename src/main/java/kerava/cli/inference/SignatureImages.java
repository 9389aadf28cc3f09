package kerava.cli.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kerava.cli.options.PixelOptions;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.images.Preprocessing;
import kerava.images.Scaling;
import kerava.saving.ModelSignature;
import kerava.saving.SavedModelDescription;
import org.tensorflow.ndarray.Shape;

/**
 * How images enter a SavedModel.
 *
 * @param type the number type of its only input; that of the first where there are several
 * @param preprocessing what becomes of images
 * @param says whether the folder or an option says how pixels are scaled
 */
public record SignatureImages(String type, Preprocessing preprocessing, boolean says) {
  /**
   * Compares a signature with what is known of its images.
   *
   * @throws IllegalArgumentException if it has no inputs, or takes files or bytes, and pixels are
   *     to be scaled
   */
  public static SignatureImages of(
      SavedModelDescription description, ModelSignature signature, PixelOptions pixels) {
    if (signature.inputs().isEmpty()) {
      throw new IllegalArgumentException(
          "Signature \"%s\": expected one with inputs, got none.".formatted(signature.name()));
    }
    ModelSignature.Value input = signature.inputs().values().iterator().next();
    SignatureImages images =
        new SignatureImages(
            input.type(),
            pixels.over(description.preprocessing(signature)),
            description.saysPreprocessing() || pixels.scale());
    images.requireFitting();
    return images;
  }

  private void requireFitting() {
    if ((takesFiles() || takesBytes()) && preprocessing.scaling() != Scaling.NONE) {
      throw new IllegalArgumentException(
          "--pixels: expected 0..255 for a model that takes %s, got %s."
              .formatted(takesFiles() ? "files" : "bytes", preprocessing.scaling()));
    }
  }

  /** Whether what is taken are images, as far as is known. */
  public boolean areImages() {
    return takesFiles() || says || preprocessing.size().isPresent();
  }

  boolean takesFiles() {
    return type.equals("string");
  }

  private boolean takesBytes() {
    return type.equals("uint8");
  }

  /** The line that says so. */
  public String line() {
    if (takesFiles()) {
      return "Pixels: the model decodes files itself";
    }
    return takesBytes()
        ? "Pixels: " + preprocessing + ", as bytes, which the model takes; fractions are cut off"
        : PixelOptions.line(preprocessing, says);
  }

  /** Images as an array of the type. */
  Array array(Dataset images) {
    Array inputs = images.inputs();
    if (!images.pixels()) {
      return inputs;
    }
    return takesBytes()
        ? bytes(inputs.to(Array.Type.FLOAT32).floats(), inputs.shape())
        : preprocessing.scaling().apply(inputs);
  }

  /** As {@code tf.cast} makes bytes of numbers from 0 to 255. */
  private static Array bytes(float[] pixels, Shape shape) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) pixels[i];
    }
    return Array.of(bytes, shape.asArray());
  }

  /** The files of images. */
  static List<byte[]> files(Dataset images) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (int image = 0; image < images.size(); image++) {
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
}
