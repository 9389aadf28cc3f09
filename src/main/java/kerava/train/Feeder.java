package kerava.train;

import java.util.ArrayList;
import java.util.List;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;

/** The tensors of one batch, from their making to their end. */
final class Feeder implements AutoCloseable {
  private final Session.Runner runner;
  private final List<Tensor> tensors = new ArrayList<>();

  Feeder(Session.Runner runner) {
    this.runner = runner;
  }

  /** Feeds inputs as bytes where they are bytes, else as floats. */
  void inputs(Pixels feeds, Array inputs, float divisor) {
    if (inputs.type() == Array.Type.UINT8) {
      feed(feeds.bytes(), inputs);
      feed(feeds.divisor(), Array.of(new float[] {divisor}));
    } else {
      feed(feeds.inputs(), divided(inputs, divisor));
    }
  }

  /** Feeds the inputs and the labels of some samples, and gives the labels. */
  Array batch(Feeds feeds, Dataset data, int[] samples) {
    Array labels = data.labels(samples);
    inputs(feeds.pixels(), data.inputs(samples), data.divisor());
    feed(feeds.labels().operand(), labels);
    return labels;
  }

  void feed(Operand<?> operand, Array values) {
    Tensor tensor = Tensors.of(values);
    tensors.add(tensor);
    runner.feed(operand, tensor);
  }

  /** Feeds arrays of one shape in a further dimension in front. */
  void feed(Operand<?> operand, List<Array> values) {
    Tensor tensor = Tensors.stacked(values);
    tensors.add(tensor);
    runner.feed(operand, tensor);
  }

  /** Floats as the model sees them. */
  static Array divided(Array inputs, float divisor) {
    if (divisor == 1) {
      return inputs;
    }
    float[] values = inputs.floats().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] /= divisor;
    }
    return Array.of(values, inputs.shape().asArray());
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}
