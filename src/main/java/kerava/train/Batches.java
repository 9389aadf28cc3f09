package kerava.train;

import java.util.ArrayList;
import java.util.List;
import kerava.data.Dataset;
import kerava.graph.Array;

/**
 * Some batches of one size.
 *
 * @param data what they are of
 * @param samples the numbers of the samples of each
 * @param given the weights of samples
 */
record Batches(Dataset data, List<int[]> samples, SampleWeights given) {
  List<Array> numbers() {
    return samples.stream().map(own -> Array.of(own, own.length)).toList();
  }

  List<Array> labels() {
    return samples.stream().map(data::labels).toList();
  }

  /** The weights of the samples of each batch. */
  List<Array> weights(List<Array> labels) {
    List<Array> weights = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      weights.add(given.of(samples.get(i), labels.get(i)));
    }
    return weights;
  }
}
