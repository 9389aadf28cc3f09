package kerava.saving.weights;

import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * An array in a file of weights.
 *
 * @param path where it stands
 * @param layer the layer's own name, if the file says it beside the path
 * @param weight whether it is a layer's; else an optimizer, or metrics, go on with it
 * @param type NumPy's name of its number type: {@code float32}
 * @param shape its shape
 */
public record ListedArray(
    String path, Optional<String> layer, boolean weight, String type, Shape shape) {}
