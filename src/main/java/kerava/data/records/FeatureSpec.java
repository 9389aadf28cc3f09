package kerava.data.records;

import java.util.Optional;
import kerava.images.Preprocessing;
import org.tensorflow.ndarray.Shape;

/**
 * Which features of a {@code tf.Example} are read, and as what.
 *
 * @param inputShape the shape of one input, without the batch dimension
 * @param images how inputs become pixels, if they are images; else they are FLOAT32
 * @param input the name of the feature that holds the input
 * @param label the name of the feature that holds the label
 */
public record FeatureSpec(
    Shape inputShape, Optional<Preprocessing> images, String input, String label) {
  /** Whether a feature is one of those. */
  boolean reads(String name) {
    return name.equals(input) || name.equals(label);
  }
}
