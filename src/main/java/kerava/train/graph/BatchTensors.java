package kerava.train.graph;

import java.util.ArrayList;
import java.util.List;
import kerava.data.Dataset;
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

  /** Feeds the inputs and the labels of some samples, and gives the labels. */
  public Array batch(Placeholders feeds, Dataset data, int[] samples) {
    Array labels = data.labels(samples);
    inputs(feeds.pixels(), data.inputs(samples), data.pixels());
    feed(feeds.labels().operand(), labels);
    return labels;
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
