package kerava.layers;

import kerava.config.Codec;
import kerava.config.Key;

/** Keras' {@code data_format}: where images have their channels, which here is always last. */
final class DataFormat {
  static final Key<String> KEY = Key.only("data_format", Codec.text(), "channels_last");

  /** For layers to which Keras gave the key after 3.5. */
  static final Key<String> LATER = KEY.quiet();

  private DataFormat() {}
}
