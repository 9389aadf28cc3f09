package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A layer that varies images in training and leaves them as they are otherwise: (batch, height,
 * width, channels) → the same. It also has a {@code seed}.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/">Keras: image
 *     augmentation layers</a>
 */
public interface ImageAugmentation<L extends Layer> extends UnaryLayer, SeedArgument<L> {
  @Override
  Schema<L> schema();

  /**
   * Adds the operations that vary images, which run in training.
   *
   * @param scope where, and the randomness
   * @param images (batch, height, width, channels)
   * @return of the same shape
   */
  Operand<TFloat32> augment(Scope scope, Operand<TFloat32> images);

  @Override
  default Shape outputShape(Inputs inputs) {
    return inputs.image();
  }

  @Override
  default Operand<TFloat32> build(Scope scope, Operand<TFloat32> images) {
    return scope.training() ? augment(scope, images) : images;
  }
}
