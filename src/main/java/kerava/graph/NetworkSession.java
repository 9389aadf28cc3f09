package kerava.graph;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.config.Nearest;
import kerava.config.Visible;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;

/** A network that runs: its session, and the way of its weights in and out. */
public final class NetworkSession implements AutoCloseable {
  private final Network network;
  private final Session session;
  private final Map<String, Port> ports;
  private boolean closed;

  /** The operations that carry one weight in and out. */
  private record Port(Variable variable, Operand<?> input, Op write, Operand<?> read) {
    static Port of(Variable variable, Ops tf) {
      Operand<?> input = tf.placeholder(variable.type(), Placeholder.shape(variable.shape()));
      return new Port(
          variable,
          input,
          variable.assign(tf, input),
          tf.readVariableOp(variable.handle(), variable.type()));
    }
  }

  private NetworkSession(Network network, Session session, Map<String, Port> ports) {
    this.network = network;
    this.session = session;
    this.ports = ports;
  }

  static NetworkSession open(Network network, SessionOptions options) {
    Devices.require(options);
    Xla.require(options);
    Ops tf = network.tf().withSubScope("ports");
    Map<String, Port> ports = new LinkedHashMap<>();
    for (Variable variable : network.variables()) {
      ports.put(variable.name(), Port.of(variable, tf));
    }
    Session session = Graphs.session(network.graph(), options.config());
    NetworkSession opened = new NetworkSession(network, session, ports);
    try {
      opened.run(network.tables().initializers());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    return opened;
  }

  /** The session. */
  public Session session() {
    if (closed) {
      throw new IllegalStateException(
          "NetworkSession: expected an open session, got a closed one.");
    }
    return session;
  }

  /** The network that runs; what is added to it now, variables aside, can be run as well. */
  public Network network() {
    return network;
  }

  /** The graph that runs, as TensorFlow writes graphs. */
  public GraphDef graphDef() {
    return network.graph().toGraphDef();
  }

  /** Gives all weights their first values. */
  public void initialize() {
    run(network.initializers());
  }

  /** Sets the states that batches leave to the next ones to zeros. */
  public void resetStates() {
    run(network.states());
  }

  private void run(Collection<Op> operations) {
    if (!operations.isEmpty()) {
      Session.Runner runner = session().runner();
      operations.forEach(runner::addTarget);
      runner.run().close();
    }
  }

  /** The values of some weights, in the order asked for. */
  public Weights read(Collection<String> names) {
    List<String> wanted = List.copyOf(names);
    Session.Runner runner = session().runner();
    wanted.forEach(name -> runner.fetch(port(name).read()));
    if (wanted.isEmpty()) {
      return Weights.none();
    }
    Map<String, Array> arrays = new LinkedHashMap<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < wanted.size(); i++) {
        arrays.put(wanted.get(i), Tensors.array(result.get(i)));
      }
    }
    return Weights.of(arrays);
  }

  /**
   * Replaces the values of the weights named.
   *
   * @throws IllegalArgumentException if a weight is not in the network, or is of another shape or
   *     type
   */
  public void write(Weights weights) {
    requireFit(weights);
    if (weights.size() == 0) {
      return;
    }
    List<Tensor> tensors = new java.util.ArrayList<>();
    try {
      Session.Runner runner = session().runner();
      for (String name : weights.names()) {
        Tensor tensor = Tensors.of(weights.get(name));
        tensors.add(tensor);
        runner.feed(port(name).input(), tensor).addTarget(port(name).write());
      }
      runner.run().close();
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  private void requireFit(Weights weights) {
    weights.names().forEach(name -> port(name).variable().requireFits(weights.get(name)));
  }

  private Port port(String name) {
    Port port = ports.get(name);
    if (port == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "NetworkSession: expected "
                  + Nearest.oneOf(name, ports.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return port;
  }

  /** Closes the session and frees the graph. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      // In this order: closing a graph waits for ever while a session on it is open.
      session.close();
      network.graph().close();
    }
  }
}
