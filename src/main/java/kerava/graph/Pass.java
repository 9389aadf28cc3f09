package kerava.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * One forward computation through a network: it reads each weight once, and collects what layers
 * ask for beside their output.
 */
public final class Pass {
  private final Network network;
  private final Place place;
  private final Mode mode;
  private final Map<Variable, Operand<TFloat32>> reads = new LinkedHashMap<>();
  private final Map<Typed, Operand<? extends TFloating>> casts = new HashMap<>();
  private final Map<Variable, Operand<TFloat32>> next = new LinkedHashMap<>();
  private final Map<Variable, Operand<TFloat32>> carried = new LinkedHashMap<>();
  private final List<Operand<TFloat32>> penalties = new ArrayList<>();
  private final List<Lookup> lookups = new ArrayList<>();

  Pass(Network network, Place place, Mode mode) {
    this.network = network;
    this.place = place;
    this.mode = mode;
  }

  /**
   * Where operations go.
   *
   * @param home those that read or write weights, which are where the weights are
   * @param tf all others
   */
  record Place(Ops home, Ops tf) {}

  /** What the computation is for. */
  public Mode mode() {
    return mode;
  }

  /** Adds operations to the computation. */
  public Ops tf() {
    return place.tf();
  }

  /** Adds operations where the weights are. */
  Ops home() {
    return place.home();
  }

  /** Makes a weight, if the network does not have it yet. */
  public Variable define(String name, Shape shape, InitialValue initial) {
    return network.weight(name, shape, initial);
  }

  /** What a layer may do, under a name. */
  public Scope scope(String name) {
    return new Scope(this, name, tf().withSubScope(NameScopes.legal(name)));
  }

  /** The value of a weight in this computation: every caller gets the same read. */
  public Operand<TFloat32> read(Variable variable) {
    return reads.computeIfAbsent(variable, v -> network.value(v, place.home()));
  }

  /** The value of a weight in a number type: every caller gets the same cast of the same read. */
  @SuppressWarnings("unchecked") // the key holds the type
  public <T extends TFloating> Operand<T> read(Variable variable, Class<T> type) {
    return (Operand<T>)
        casts.computeIfAbsent(
            new Typed(variable, type), key -> Cast.to(tf(), read(variable), type));
  }

  private record Typed(Variable variable, Class<? extends TFloating> type) {}

  /**
   * Some rows of a weight. That is no {@link #read read} of it: a gradient then holds these rows
   * alone, as often as they were looked up.
   *
   * @param indices the numbers of the rows
   */
  Operand<TFloat32> rows(Variable variable, Operand<? extends TNumber> indices) {
    Operand<TFloat32> table = network.value(variable, place.home());
    // The gradient ends at the rows, so that none of the whole weight is made of it.
    Operand<TFloat32> rows = tf().gather(tf().stopGradient(table), indices, tf().constant(0));
    lookups.add(new Lookup(variable, indices, rows));
    return rows;
  }

  /** The rows of weights looked up so far. */
  public List<Lookup> lookups() {
    return List.copyOf(lookups);
  }

  /** The weights read so far, and their values. */
  public Map<Variable, Operand<TFloat32>> reads() {
    return Collections.unmodifiableMap(reads);
  }

  /** What must run with a training step beside the optimizer: new moving averages. */
  public List<Op> updates() {
    return next.entrySet().stream()
        .<Op>map(update -> update.getKey().assign(place.home(), update.getValue()))
        .toList();
  }

  /** What must run with every batch, of training or not: states that the next one begins with. */
  public List<Op> carried() {
    return carried.entrySet().stream()
        .<Op>map(state -> state.getKey().assign(place.home(), state.getValue()))
        .toList();
  }

  void carry(Variable state, Operand<TFloat32> value) {
    carried.put(state, value);
  }

  /** Scalars that layers add to the loss. */
  public List<Operand<TFloat32>> penalties() {
    return List.copyOf(penalties);
  }

  Network network() {
    return network;
  }

  void update(Variable variable, Operand<TFloat32> value) {
    next.put(variable, value);
  }

  /** What the weight is to become so far; its value if no layer has changed that. */
  Operand<TFloat32> next(Variable variable) {
    Operand<TFloat32> value = next.get(variable);
    return value == null ? read(variable) : value;
  }

  void penalty(Operand<TFloat32> scalar) {
    penalties.add(scalar);
  }
}
