package kerava.graph;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/** What a layer may do while it adds its operations to a graph. */
public final class Scope {
  private final Pass pass;
  private final String name;
  private final Ops tf;
  private final Optional<Operand<TBool>> mask;
  private final List<Optional<Operand<TBool>>> masks;

  Scope(Pass pass, String name, Ops tf) {
    this(pass, name, tf, Optional.empty(), List.of());
  }

  private Scope(
      Pass pass,
      String name,
      Ops tf,
      Optional<Operand<TBool>> mask,
      List<Optional<Operand<TBool>>> masks) {
    this.pass = pass;
    this.name = name;
    this.tf = tf;
    this.mask = mask;
    this.masks = List.copyOf(masks);
  }

  /** The name of the layer in its model. */
  public String name() {
    return name;
  }

  /** Adds operations, under the layer's name. */
  public Ops tf() {
    return tf;
  }

  /** What the computation is for. */
  public Mode mode() {
    return pass.mode();
  }

  /** Which steps of the input count, of shape (batch, steps), where that was said. */
  public Optional<Operand<TBool>> mask() {
    return mask;
  }

  /** The masks that the inputs themselves have, one an input; none outside a call of a layer. */
  public List<Optional<Operand<TBool>>> masks() {
    return masks;
  }

  /** The same scope with a mask of the input. */
  public Scope masked(Optional<Operand<TBool>> other) {
    return new Scope(pass, name, tf, other, masks);
  }

  /** The same scope with a mask of each input. */
  public Scope masked(List<Optional<Operand<TBool>>> each) {
    return new Scope(pass, name, tf, mask, each);
  }

  /** Whether this is a computation for training. */
  public boolean training() {
    return pass.mode() == Mode.TRAIN;
  }

  /**
   * Whether weights are constants, so that what is computed of weights alone costs nothing when
   * predictions are made.
   */
  public boolean constant() {
    return pass.network().constant();
  }

  /**
   * The value of one of the layer's weights.
   *
   * @param weight the name that the layer declared it under: {@code kernel}
   */
  public Operand<TFloat32> weight(String weight) {
    return pass.read(variable(weight));
  }

  /**
   * The value of one of the layer's weights, in the number type that the layer computes in.
   *
   * @param weight the name that the layer declared it under: {@code kernel}
   */
  public <T extends TFloating> Operand<T> weight(String weight, Class<T> type) {
    return pass.read(variable(weight), type);
  }

  /**
   * Some rows of one of the layer's weights, whose gradient is made of these rows alone.
   *
   * @param weight the name that the layer declared it under: {@code embeddings}
   * @param indices the numbers of the rows, from 0
   * @return of the shape of the indices and that of a row
   */
  public Operand<TFloat32> rows(String weight, Operand<? extends TNumber> indices) {
    return pass.rows(variable(weight), indices);
  }

  /**
   * One of the layer's tables, the same in every computation.
   *
   * @param table what the layer calls it
   */
  public Table table(String table, TermTable content) {
    return pass.network().tables().get(name + "/" + table, content);
  }

  /**
   * Replaces the value of one of the layer's weights when the training step has run; the last call
   * counts.
   */
  public void update(String weight, Operand<TFloat32> value) {
    pass.update(variable(weight), value);
  }

  /**
   * The value that one of the layer's weights is to have when the training step has run, as far as
   * it is known: a layer that stands at several places of a model goes on from what it gave before.
   */
  public Operand<TFloat32> updated(String weight) {
    return pass.next(variable(weight));
  }

  /**
   * Adds a scalar to the loss of the training step. Of a batch in parts each part's counts by its
   * share of the samples: it is to be a mean over samples, or of weights alone.
   */
  public void penalty(Operand<TFloat32> scalar) {
    pass.penalty(scalar);
  }

  /**
   * A seed for TensorFlow's stateless random operations, of shape (2). It is another one at every
   * training step and for every layer, and follows from the network's seed and the step's number
   * alone, so that a run that is resumed draws what it would have drawn.
   *
   * @param salt tells apart several draws of one layer
   */
  public Operand<TInt64> randomSeed(long salt) {
    long own = Seeds.of(pass.network().seed() + salt, tf.scope().makeOpName("seed"));
    return tf.stack(List.of(tf.constant(own), pass.network().readIteration(pass.home())));
  }

  /** Adds a loop through the steps of a sequence. */
  public Recurrence.Turn repeat(Recurrence recurrence) {
    return pass.network().repeat(tf, recurrence);
  }

  /** The scope of a layer inside this layer. */
  public Scope child(String step) {
    return new Scope(pass, name + "/" + step, tf.withSubScope(NameScopes.legal(step)));
  }

  private Variable variable(String weight) {
    return pass.network().variable(name + "/" + weight);
  }
}
