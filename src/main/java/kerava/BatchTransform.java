package kerava;

import kerava.config.Configured;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Changes the images of a batch and their targets together, in training only: an augmentation that
 * is no layer, because it needs more than the images.
 *
 * <p>It runs in the graph, on the whole batch, before the model. Its randomness should follow from
 * {@link Scope#randomSeed}, so that the same seed gives the same batches.
 */
public interface BatchTransform extends Configured {
  /**
   * Images and their targets.
   *
   * @param images (batch, height, width, channels)
   * @param targets (batch, classes), one-hot or mixed
   */
  record Samples(Operand<TFloat32> images, Operand<TFloat32> targets) {}

  /**
   * Adds the operations.
   *
   * @param samples of an unknown size of the batch
   * @return of the same shapes
   */
  Samples apply(Scope scope, Samples samples);
}
