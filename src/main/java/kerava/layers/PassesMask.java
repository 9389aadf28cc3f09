package kerava.layers;

import kerava.Layer;

/**
 * A layer whose output has the mask of its input.
 *
 * @see <a href="https://keras.io/guides/understanding_masking_and_padding/">Keras: masking</a>
 */
public interface PassesMask extends Layer {
  @Override
  default boolean supportsMasking() {
    return true;
  }
}
