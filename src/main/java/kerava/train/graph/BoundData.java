package kerava.train.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.data.Column;
import kerava.data.Dataset;
import kerava.graph.Array;

/**
 * A data set of which it is known what enters a model where.
 *
 * @param data the samples
 * @param inputs of each input of the model, which input of a sample it is
 * @param labels of each output that needs labels, which labels of a sample they are
 * @param outputs those outputs
 * @param given the weights of samples
 * @param check of each batch
 */
public record BoundData(
    Dataset data,
    List<Integer> inputs,
    List<Integer> labels,
    List<TrainedOutput> outputs,
    SampleWeights given,
    BatchCheck check) {
  /** Data that were looked through, whose samples weigh 1. */
  public BoundData(
      Dataset data, List<Integer> inputs, List<Integer> labels, List<TrainedOutput> outputs) {
    this(data, inputs, labels, outputs, SampleWeights.ones(), BatchCheck.NONE);
  }

  /** Copies the lists. */
  public BoundData {
    inputs = List.copyOf(inputs);
    labels = List.copyOf(labels);
    outputs = List.copyOf(outputs);
  }

  /** Another view of the same samples, such as one that reads ahead. */
  public BoundData seenAs(Dataset view) {
    return new BoundData(view, inputs, labels, outputs, given, check);
  }

  /** The same samples, of which each batch is looked at. */
  public BoundData checked(BatchCheck other) {
    return new BoundData(data, inputs, labels, outputs, given, other);
  }

  /** The same samples with other weights. */
  public BoundData weighted(SampleWeights weights) {
    return new BoundData(data, inputs, labels, outputs, weights, check);
  }

  /** What each input of the model is given. */
  public List<Column> inputColumns() {
    List<Column> columns = data.inputColumns();
    return inputs.stream().map(columns::get).toList();
  }

  /** The inputs of some samples, in the model's order. */
  public List<Array> inputs(int[] samples) {
    List<Array> batch = chosen(data.inputArrays(samples), inputs);
    check.inputs(batch);
    return batch;
  }

  /** The labels of some samples, one an output that needs labels. */
  public List<Array> labels(int[] samples) {
    List<Array> given = chosen(data.labelArrays(samples), labels);
    List<Array> batch = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      batch.add(outputs.get(i).fitted(given.get(i)));
    }
    check.labels(batch);
    return batch;
  }

  private static List<Array> chosen(List<Array> arrays, List<Integer> which) {
    return which.stream().map(arrays::get).toList();
  }

  /** The weights of some samples for an output, of shape (batch); empty if they are all 1. */
  Optional<Array> weights(TrainedOutput output, int[] samples, Array own) {
    return given.none(output.name())
        ? Optional.empty()
        : Optional.of(given.of(output.name(), samples, own));
  }
}
