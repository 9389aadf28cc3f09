package kerava.layers.recurrent;

import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.TypedUnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Cast;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Any;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * Says which steps of a sequence do not count, and sets them to 0: those of which all numbers are a
 * certain one, 0 by default. (batch, steps, ...) → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/core_layers/masking/">Keras: Masking</a>
 */
public record Masking(Config config) implements TypedUnaryLayer {
  private static final Key<Double> MASK_VALUE = Key.of("mask_value", Codec.number(), 0.0);

  /** How the layer is written and read. */
  public static final Schema<Masking> SCHEMA = Layer.schema("Masking", Masking::new, MASK_VALUE);

  /** The layer. */
  public static Masking of() {
    return new Masking(SCHEMA.config());
  }

  /** The same layer with another number that marks a step; 0 by default. */
  public Masking maskValue(double value) {
    return new Masking(config.with(MASK_VALUE, value));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.single();
    if (x.numDimensions() < 2) {
      throw inputs.refuse("input of rank 2 or more (batch, ..., features)", "");
    }
    return x;
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    Operand<TBool> counts = counts(tf, x, true);
    return tf.select(counts, x, tf.zerosLike(x));
  }

  /** Whether a step has a number other than the one that marks it. */
  private Operand<TBool> counts(Ops tf, Operand<? extends TNumber> x, boolean keepDims) {
    return tf.any(tf.math.notEqual(x, mark(tf, x.type())), tf.constant(-1), Any.keepDims(keepDims));
  }

  @SuppressWarnings("unchecked") // the type is that of the operand it is compared with
  private <T extends TType> Operand<T> mark(Ops tf, Class<? extends TNumber> type) {
    return (Operand<T>) Cast.numbers(tf, tf.constant(config.get(MASK_VALUE).floatValue()), type);
  }

  @Override
  public boolean supportsMasking() {
    return true;
  }

  @Override
  public Optional<Operand<TBool>> outputMask(Scope scope, LayerCall call) {
    Operand<? extends TType> x = call.values().get(0).operand();
    return Optional.of(counts(scope.tf(), numbers(x), false));
  }

  @SuppressWarnings("unchecked") // outputs() refuses texts
  private static Operand<? extends TNumber> numbers(Operand<? extends TType> x) {
    return (Operand<? extends TNumber>) x;
  }

  @Override
  public Schema<Masking> schema() {
    return SCHEMA;
  }
}
