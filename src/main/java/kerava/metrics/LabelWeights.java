package kerava.metrics;

import java.util.List;
import kerava.config.Codec;
import kerava.config.Source;

/** What labels count: a list, which is also read as the tensor that Keras writes. */
final class LabelWeights {
  private LabelWeights() {}

  /** How the weights stand in a config; as a list Keras reads them again, as a tensor not. */
  static Codec<List<Double>> codec() {
    Codec<List<Double>> list = Codec.list(Codec.atLeastZero());
    return Codec.of(list.expected(), list::write, source -> list.read(plain(source)))
        .where(
            "weights of at least 0, one a label",
            weights -> !weights.isEmpty() && list.accepts(weights));
  }

  private static Source plain(Source source) {
    return source.node().path("class_name").asText().equals("__tensor__")
        ? source.field("config").field("value")
        : source;
  }
}
