package kerava.layers.preprocessing;

import kerava.config.Codec;
import kerava.config.Key;

/** The argument of layers that could give sparse tensors, which Kerava does not have. */
final class Sparse {
  /** The key; only false. */
  static final Key<Boolean> KEY = Key.only("sparse", Codec.bool(), false);

  private Sparse() {}
}
