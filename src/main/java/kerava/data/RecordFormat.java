package kerava.data;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * Where the records of {@link TfRecords} hold what a model takes.
 *
 * @param inputShape the shape of one input, without the batch dimension
 * @param pixels whether inputs are images: UINT8 with a divisor of 255; else they are FLOAT32
 * @param input the name of the feature that holds the input
 * @param label the name of the feature that holds the label
 * @param classNames the names of the classes by class number; empty to number them
 */
public record RecordFormat(
    Shape inputShape, boolean pixels, String input, String label, List<String> classNames) {
  /** Keeps the names as they are now. */
  public RecordFormat {
    classNames = List.copyOf(classNames);
    if (inputShape.hasUnknownDimension() || inputShape.size() < 1) {
      throw new IllegalArgumentException(
          "RecordFormat: expected inputs of a known size, got " + inputShape + ".");
    }
  }

  /**
   * Images in the feature {@code image}, as PNG, JPEG, BMP or GIF, resized where they have another
   * size, or as the bytes of their pixels; with labels in the feature {@code label}.
   *
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   */
  public static RecordFormat images(int height, int width) {
    Images.checkSize(height, width);
    return new RecordFormat(
        Shape.of(height, width, Images.CHANNELS), true, "image", "label", List.of());
  }

  /** Numbers in the float feature {@code input}, with labels in the feature {@code label}. */
  public static RecordFormat floats(Shape inputShape) {
    return new RecordFormat(inputShape, false, "input", "label", List.of());
  }

  /** The same format with the input in another feature. */
  public RecordFormat withInput(String name) {
    return new RecordFormat(inputShape, pixels, name, label, classNames);
  }

  /** The same format with the label in another feature. */
  public RecordFormat withLabel(String name) {
    return new RecordFormat(inputShape, pixels, input, name, classNames);
  }

  /** The same format with names for the classes. */
  public RecordFormat withClassNames(List<String> names) {
    return new RecordFormat(inputShape, pixels, input, label, names);
  }
}
