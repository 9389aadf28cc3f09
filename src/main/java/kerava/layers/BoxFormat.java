package kerava.layers;

import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Key;

/**
 * Keras' {@code bounding_box_format}, which says how boxes beside the images are written; images
 * alone do not care.
 */
final class BoxFormat {
  /** The key, which Keras writes where it was given. */
  static final Key<Optional<String>> KEY =
      Key.optional("bounding_box_format", Codec.text()).quiet();

  private BoxFormat() {}
}
