package kerava.layers;

import java.util.function.UnaryOperator;
import kerava.Layer;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An augmentation that draws first and then changes images, so that a layer around it may change
 * images twice by the same draws, or choose whether to change them.
 *
 * @param <L> the class of the layer
 */
interface DrawnAugmentation<L extends Layer> extends ImageAugmentation<L> {
  /**
   * Draws what chance decides for a batch.
   *
   * @param scope where, and the randomness
   * @param images (batch, height, width, channels), of which the shape alone matters
   * @return changes images of that shape
   */
  UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> images);

  @Override
  default Operand<TFloat32> augment(Scope scope, Operand<TFloat32> images) {
    return drawn(scope, images).apply(images);
  }
}
