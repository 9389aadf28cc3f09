package kerava.layers.preprocessing;

import kerava.Layer;
import kerava.graph.Array;

/** Calls adapt of whatever layer has it. */
final class Learning {
  private Learning() {}

  static Layer from(Layer layer, Array data) {
    if (layer instanceof LookupArguments<?> lookup) {
      return lookup.adapt(data);
    }
    if (layer instanceof TextVectorization texts) {
      return texts.adapt(data);
    }
    return ((Discretization) layer).adapt(data);
  }
}
