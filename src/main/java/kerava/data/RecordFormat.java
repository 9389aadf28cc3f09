package kerava.data;

import java.util.List;
import java.util.Optional;
import kerava.data.images.ImagePixels;
import kerava.data.records.FeatureSpec;
import kerava.images.Preprocessing;
import org.tensorflow.ndarray.Shape;

/**
 * Where the records of {@link TfRecords} hold what a model takes.
 *
 * @param inputShape the shape of one input, without the batch dimension
 * @param images how inputs become pixels, if they are images; else they are FLOAT32
 * @param input the name of the feature that holds the input
 * @param label the name of the feature that holds the label
 * @param classNames the names of the classes by class number; empty to number them
 */
public record RecordFormat(
    Shape inputShape,
    Optional<Preprocessing> images,
    String input,
    String label,
    List<String> classNames) {
  /** Keeps the names as they are now. */
  public RecordFormat {
    classNames = List.copyOf(classNames);
    if (inputShape.hasUnknownDimension() || inputShape.size() < 1) {
      throw new IllegalArgumentException(
          "RecordFormat: expected inputs of a known size, got " + inputShape + ".");
    }
  }

  /**
   * Colour images in the feature {@code image}, as PNG, JPEG, BMP or GIF, resized where they have
   * another size, or as the bytes of their pixels; with labels in the feature {@code label}.
   *
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   */
  public static RecordFormat images(int height, int width) {
    return images(Preprocessing.of(height, width));
  }

  /**
   * Images in the feature {@code image}, as PNG, JPEG, BMP or GIF, or as the bytes of their pixels;
   * with labels in the feature {@code label}.
   *
   * @param how a model's own value, with a size
   * @throws IllegalArgumentException if it has no size
   */
  public static RecordFormat images(Preprocessing how) {
    return new RecordFormat(ImagePixels.shape(how), Optional.of(how), "image", "label", List.of());
  }

  /** Numbers in the float feature {@code input}, with labels in the feature {@code label}. */
  public static RecordFormat floats(Shape inputShape) {
    return new RecordFormat(inputShape, Optional.empty(), "input", "label", List.of());
  }

  FeatureSpec spec() {
    return new FeatureSpec(inputShape, images, input, label);
  }

  /** The same format with the input in another feature. */
  public RecordFormat withInput(String name) {
    return new RecordFormat(inputShape, images, name, label, classNames);
  }

  /** The same format with the label in another feature. */
  public RecordFormat withLabel(String name) {
    return new RecordFormat(inputShape, images, input, name, classNames);
  }

  /** The same format with names for the classes. */
  public RecordFormat withClassNames(List<String> names) {
    return new RecordFormat(inputShape, images, input, label, names);
  }
}
