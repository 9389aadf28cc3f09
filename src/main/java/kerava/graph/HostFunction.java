package kerava.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.RunOptions;

/**
 * A small graph without weights that computes on the CPU, in the thread that asks; several may ask
 * at once. It is meant to be kept in a constant: it is never closed.
 */
public final class HostFunction {
  private static final RunOptions HERE = RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private final List<Operand<?>> inputs;
  private final List<Operand<?>> outputs;
  private final Session session;

  /**
   * What a function reaches from and to.
   *
   * @param inputs its placeholders
   * @param outputs its results
   */
  public record Ends(List<Operand<?>> inputs, List<Operand<?>> outputs) {
    /** Keeps the lists as they are now. */
    public Ends {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    /** A function with one result. */
    public Ends(List<Operand<?>> inputs, Operand<?> output) {
      this(inputs, List.of(output));
    }
  }

  private HostFunction(Ends ends, Session session) {
    this.inputs = ends.inputs();
    this.outputs = ends.outputs();
    this.session = session;
  }

  /** Builds a function. */
  public static HostFunction of(Function<Ops, Ends> body) {
    Graph graph = Graphs.empty();
    try {
      Ends ends = body.apply(Ops.create(graph));
      return new HostFunction(ends, Graphs.onHost(graph));
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  /** The result for some tensors, one an input; they stay open. */
  public Array call(List<? extends Tensor> values) {
    return results(values).get(0);
  }

  /** All results for some tensors, one an input; they stay open. */
  public List<Array> results(List<? extends Tensor> values) {
    Session.Runner runner = session.runner().setOptions(HERE);
    for (int i = 0; i < inputs.size(); i++) {
      runner.feed(inputs.get(i), values.get(i));
    }
    outputs.forEach(runner::fetch);
    List<Array> arrays = new ArrayList<>();
    try (Result result = runner.run()) {
      result.forEach(output -> arrays.add(Tensors.array(output.getValue())));
    }
    return arrays;
  }
}
