package kerava.graph;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.config.Nearest;
import kerava.config.Visible;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * A graph being built, with its weights, each made once however often it is asked for.
 *
 * <p>A model can be built into it any number of times: for training, for evaluation, once per
 * replica. When nothing is to be added any more, {@link #start} turns it into a session. A network
 * that is never started must be closed.
 */
public final class Network implements AutoCloseable {
  /** The name of the counter of training steps. */
  public static final String ITERATION = "iteration";

  private final Graph graph = Graphs.empty();
  private final Ops tf = Ops.create(graph);
  private final NameScopes scopes = new NameScopes(tf);
  private final long seed;
  private final Weights constants;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Map<String, Op> initializers = new LinkedHashMap<>();
  private final LoopGradients loops = new LoopGradients(graph);
  private final Tables tables = new Tables(scopes);
  private boolean started;

  private Network(long seed, Weights constants) {
    this.seed = seed;
    this.constants = constants;
  }

  /**
   * An empty graph.
   *
   * @param seed what all initial weights and all randomness of training follow from
   */
  public static Network create(long seed) {
    return new Network(seed, Weights.none());
  }

  /**
   * An empty graph for predictions alone, in which weights are constants: TensorFlow computes what
   * follows from them once, and oneDNN brings them into its order once, not in every run.
   *
   * @param weights all that will be read; they cannot be written afterwards
   */
  public static Network constant(Weights weights) {
    return new Network(0, weights);
  }

  /** Adds operations at the top level of the graph. */
  public Ops tf() {
    return tf;
  }

  /** The graph. */
  public Graph graph() {
    return graph;
  }

  long seed() {
    return seed;
  }

  /**
   * A weight of type float32, made if it is not there yet.
   *
   * @param name {@code layer/weight}
   * @throws IllegalArgumentException if it is there with another shape
   */
  public Variable weight(String name, Shape shape, InitialValue initial) {
    Variable known = variables.get(name);
    if (known != null) {
      if (!known.shape().equals(shape)) {
        throw new IllegalArgumentException(
            Visible.of(
                name
                    + ": expected the shape "
                    + known.shape()
                    + " that it was made with, got "
                    + shape
                    + "."));
      }
      return known;
    }
    return make(name, shape, initial.value(scopes.initial(name), shape, Seeds.of(seed, name)));
  }

  /** The tables, which a session fills when it is opened. */
  public Tables tables() {
    return tables;
  }

  /** The counter of training steps, an int64 scalar; 0 at first. */
  public Variable iteration() {
    Variable known = variables.get(ITERATION);
    return known != null ? known : make(ITERATION, Shape.scalar(), tf.constant(0L));
  }

  private Variable make(String name, Shape shape, Operand<? extends TType> value) {
    Class<? extends TType> type = value.type();
    Ops here = scopes.variable(name);
    Variable variable =
        new Variable(
            name, shape, type, here.varHandleOp(type, shape, VarHandleOp.sharedName(name)));
    variables.put(name, variable);
    initializers.put(name, variable.assign(scopes.initial(name), value));
    return variable;
  }

  /** A weight that was made before. */
  Variable variable(String name) {
    Variable variable = variables.get(name);
    if (variable == null) {
      throw new IllegalStateException(
          Visible.of(
              "Network: expected "
                  + Nearest.oneOf(name, variables.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return variable;
  }

  /** Whether weights are constants. */
  boolean constant() {
    return constants.size() > 0;
  }

  /** Adds the value of a weight where it is read. */
  Operand<TFloat32> value(Variable variable, Ops where) {
    if (!constant()) {
      return variable.read(where, TFloat32.class);
    }
    Array array = constants.get(variable.name());
    variable.requireFits(array);
    try (TFloat32 tensor = (TFloat32) Tensors.of(array)) {
      return where.constantOf(tensor);
    }
  }

  /** All weights, in the order in which they were made. */
  public List<Variable> variables() {
    return List.copyOf(variables.values());
  }

  Collection<Op> initializers() {
    return initializers.values();
  }

  /**
   * Begins a forward computation through the network.
   *
   * @param name where its operations go; made unique
   */
  public Pass pass(String name, Mode mode) {
    Ops where = tf.withSubScope(name);
    return new Pass(this, new Pass.Place(where, where), mode);
  }

  /**
   * Begins a forward computation that runs on a device of the session to come.
   *
   * @param name where its operations go; made unique
   * @param device which, as {@link SessionOptions#place} names it
   */
  public Pass pass(String name, Mode mode, DeviceSpec device) {
    Ops where = tf.withSubScope(name);
    return new Pass(this, new Pass.Place(where, where.withDevice(device)), mode);
  }

  /**
   * Ends the building and opens a session, which then owns the graph.
   *
   * @throws IllegalStateException if it was started before
   */
  public NetworkSession start(SessionOptions options) {
    if (started) {
      throw new IllegalStateException("Network: expected to be started once, got a second start.");
    }
    NetworkSession session = NetworkSession.open(this, options);
    started = true;
    return session;
  }

  /** Adds the gradients of a scalar with respect to some operands, in their order. */
  public List<Operand<TFloat32>> gradients(
      Operand<TFloat32> scalar, List<? extends Operand<TFloat32>> operands) {
    org.tensorflow.Output<?>[] xs =
        operands.stream().map(Operand::asOutput).toArray(org.tensorflow.Output<?>[]::new);
    GradientOperations operations = new GradientOperations(graph);
    List<Operand<TFloat32>> gradients =
        loops.differentiate(tf, scalar.asOutput(), xs).stream()
            .<Operand<TFloat32>>map(gradient -> gradient.expect(TFloat32.class))
            .toList();
    operations.tidy();
    return gradients;
  }

  /**
   * About how many multiplications the convolutions and matrix products of the graph make for one
   * sample.
   */
  public long multiplications() {
    return MultiplicationCount.of(graph);
  }

  /** Adds a loop through the steps of a sequence. */
  Recurrence.Turn repeat(Ops where, Recurrence recurrence) {
    return loops.add(where, recurrence);
  }

  Operand<TInt64> readIteration(Ops where) {
    return iteration().read(where, TInt64.class);
  }

  /** Frees the graph, unless a session owns it. */
  @Override
  public void close() {
    if (!started) {
      graph.close();
    }
  }
}
