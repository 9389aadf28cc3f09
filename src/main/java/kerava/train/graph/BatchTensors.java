package kerava.train.graph;

import java.util.ArrayList;
import java.util.List;
import kerava.graph.Array;
import kerava.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;

/** The tensors of one batch, from their making to their end. */
public final class BatchTensors implements AutoCloseable {
  private final Session.Runner runner;
  private final List<Tensor> tensors = new ArrayList<>();

  /** Those that a run will be fed. */
  public BatchTensors(Session.Runner runner) {
    this.runner = runner;
  }

  /**
   * Feeds inputs.
   *
   * @param pixels whether floats are pixels from 0 to 255; bytes always are
   */
  public void inputs(PixelInput feeds, Array inputs, boolean pixels) {
    PixelInput.Kind kind = PixelInput.Kind.of(inputs.type(), pixels);
    feed(feeds.entrance(kind), inputs);
    if (kind != PixelInput.Kind.BYTES) {
      // TensorFlow may make a sum of two inputs wait for what would have computed them.
      feed(feeds.bytes(), feeds.noBytes());
    }
  }

  /** Feeds the inputs, the labels and the weights of some samples. */
  public void batch(Placeholders feeds, BoundData data, int[] samples) {
    inputs(feeds, data, samples);
    List<Array> labels = data.labels(samples);
    for (int i = 0; i < labels.size(); i++) {
      Placeholders.Target target = feeds.targets().get(i);
      feed(target.labels().operand(), labels.get(i));
      data.weights(target.output(), samples, labels.get(i))
          .ifPresent(weights -> feed(target.sampleWeights(), weights));
    }
  }

  /** Feeds the inputs of some samples. */
  void inputs(Placeholders feeds, BoundData data, int[] samples) {
    List<Array> inputs = data.inputs(samples);
    for (int i = 0; i < inputs.size(); i++) {
      feeds.inputs().get(i).feed(this, inputs.get(i), data.data().pixels());
    }
  }

  void feed(Operand<?> operand, Array values) {
    Tensor tensor = Tensors.of(values);
    tensors.add(tensor);
    runner.feed(operand, tensor);
  }

  /** Feeds numbers that are 1 or 0 where truths enter. */
  void truths(Operand<?> operand, Array values) {
    Tensor tensor = Tensors.truths(values);
    tensors.add(tensor);
    runner.feed(operand, tensor);
  }

  /** Feeds arrays of one shape in a further dimension in front. */
  void feed(Operand<?> operand, List<Array> values) {
    Tensor tensor = Tensors.stacked(values);
    tensors.add(tensor);
    runner.feed(operand, tensor);
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}
