package kerava.layers.recurrent;

import java.util.List;
import java.util.Optional;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;

/** The cells of layers that take the arguments of theirs themselves. */
final class Cells {
  /** A cell in a config. */
  static final Codec<RecurrentCell> CODEC = codec();

  private static final List<Key<?>> OWN = List.of(Layer.NAME, Layer.TRAINABLE);

  private Cells() {}

  private static Codec<RecurrentCell> codec() {
    Codec<Layer> layers = Codec.object(Layer.class);
    String expected = "a recurrent cell";
    return Codec.of(
        expected,
        layers::write,
        source -> {
          if (layers.read(source) instanceof RecurrentCell cell) {
            return cell;
          }
          throw source.refuse(expected);
        });
  }

  /** The arguments of a cell, which are those that a layer has for it. */
  static Config config(Layer layer, Schema<? extends RecurrentCell> schema, String name) {
    Config config = schema.config().with(Layer.NAME, Optional.of(name));
    for (Key<?> key : schema.keys()) {
      if (!OWN.contains(key)) {
        config = copied(layer.config(), config, key);
      }
    }
    return config;
  }

  private static <T> Config copied(Config from, Config to, Key<T> key) {
    return to.with(key, from.get(key));
  }
}
