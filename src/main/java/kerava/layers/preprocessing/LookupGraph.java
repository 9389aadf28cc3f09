package kerava.layers.preprocessing;

import static kerava.layers.preprocessing.LookupArguments.INVERT;
import static kerava.layers.preprocessing.LookupArguments.NUM_OOV_INDICES;
import static kerava.layers.preprocessing.LookupArguments.OOV_METHOD;
import static kerava.layers.preprocessing.LookupArguments.SALT;

import java.util.List;
import java.util.Optional;
import kerava.graph.Array;
import kerava.graph.Cast;
import kerava.graph.Constants;
import kerava.graph.Scope;
import kerava.graph.Table;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.AssertThat;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The operations of a lookup.
 *
 * @param scope where
 * @param lookup which number each term has
 */
record LookupGraph(Scope scope, TermLookup lookup) {
  private Ops tf() {
    return scope.tf();
  }

  private Table table() {
    return scope.table("table", lookup.table());
  }

  /** Adds what the layer gives for values. */
  Operand<? extends TType> output(Operand<? extends TType> values) {
    if (lookup.get(INVERT)) {
      return terms(Cast.numbers(tf(), values, TInt64.class));
    }
    Operand<TInt64> numbers = numbers(values);
    return lookup.mode() == OutputMode.INT ? numbers : rows(numbers);
  }

  /** Adds the rows that the layer's mode makes of numbers. */
  Operand<? extends TType> rows(Operand<TInt64> numbers) {
    Optional<Array> weights = lookup.weights();
    if (weights.isEmpty()) {
      return lookup.encoding().of(tf(), numbers, TInt64.class);
    }
    return tf().math
        .mul(
            lookup.encoding().of(tf(), numbers, TFloat32.class),
            tf().constant(weights.get().floats()));
  }

  /** Adds the rows that the layer's mode makes of the numbers of each text's terms. */
  Operand<? extends TType> rows(Tokens tokens, Operand<TInt64> numbers) {
    Optional<Array> weights = lookup.weights();
    if (weights.isEmpty()) {
      return lookup.encoding().ragged(tf(), tokens.splits(), numbers, TInt64.class);
    }
    return tf().math
        .mul(
            lookup.encoding().ragged(tf(), tokens.splits(), numbers, TFloat32.class),
            tf().constant(weights.get().floats()));
  }

  private Operand<? extends TType> terms(Operand<TInt64> numbers) {
    Operand<? extends TType> found = table().find(tf(), numbers);
    Optional<Array> mask = lookup.get(lookup.kind().mask());
    return mask.isEmpty()
        ? found
        : replaced(found, tf().math.equal(numbers, tf().constant(0L)), constant(mask.get()));
  }

  /** Adds the numbers of terms; of what is masked where rows are wanted, one beyond all rows. */
  Operand<TInt64> numbers(Operand<? extends TType> values) {
    boolean texts = lookup.terms().type() == Array.Type.STRING;
    Operand<? extends TType> keys = texts ? values : Cast.numbers(tf(), values, TInt64.class);
    Operand<TInt64> numbers = table().find(tf(), keys).asOutput().expect(TInt64.class);
    if (lookup.get(lookup.kind().mask()).isPresent()) {
      long instead = lookup.mode() == OutputMode.INT ? 0 : Long.MAX_VALUE;
      Operand<TBool> masked = same(keys, constant(lookup.get(lookup.kind().mask()).get()));
      numbers = tf().select(masked, tf().constant(instead), numbers);
    }
    int places = lookup.get(NUM_OOV_INDICES);
    return places == 0 ? known(keys, numbers) : places == 1 ? numbers : spread(keys, numbers);
  }

  private Operand<? extends TType> constant(Array term) {
    return Constants.of(tf(), term);
  }

  private Operand<TBool> same(Operand<? extends TType> values, Operand<? extends TType> one) {
    return values.type().equals(TString.class)
        ? tf().math
            .equal(values.asOutput().expect(TString.class), one.asOutput().expect(TString.class))
        : tf().math
            .equal(values.asOutput().expect(TInt64.class), one.asOutput().expect(TInt64.class));
  }

  private Operand<? extends TType> replaced(
      Operand<? extends TType> values, Operand<TBool> where, Operand<? extends TType> one) {
    return values.type().equals(TString.class)
        ? tf().select(
                where,
                one.asOutput().expect(TString.class),
                values.asOutput().expect(TString.class))
        : tf().select(
                where, one.asOutput().expect(TInt64.class), values.asOutput().expect(TInt64.class));
  }

  /** Ends a run in which there are terms that are not in the vocabulary. */
  private Operand<TInt64> known(Operand<? extends TType> keys, Operand<TInt64> numbers) {
    Operand<TBool> missing = tf().math.equal(numbers, tf().constant(-1L));
    Operand<? extends TType> found = tf().gatherNd(keys, tf().where(missing));
    AssertThat check =
        tf().assertThat(
                tf().math.logicalNot(tf().reduceAny(missing, axes(numbers))),
                List.of(
                    tf().constant(
                            scope.name()
                                + ": expected terms of the vocabulary, as num_oov_indices is 0,"
                                + " got"),
                    found));
    return tf().withControlDependencies(check).identity(numbers);
  }

  private Operand<org.tensorflow.types.TInt32> axes(Operand<?> values) {
    return tf().constant(
            java.util.stream.IntStream.range(0, values.shape().numDimensions()).toArray());
  }

  /** Gives terms that are not in the vocabulary one of the numbers that are kept for them. */
  private Operand<TInt64> spread(Operand<? extends TType> keys, Operand<TInt64> numbers) {
    int places = lookup.get(NUM_OOV_INDICES);
    boolean divided =
        keys.type().equals(TInt64.class) && lookup.get(OOV_METHOD) == OovMethod.FLOORMOD;
    Operand<TInt64> place =
        divided
            ? tf().math.floorMod(keys.asOutput().expect(TInt64.class), tf().constant((long) places))
            : new Hash(lookup.get(SALT)).bins(tf(), keys, places);
    Operand<TInt64> number = tf().math.add(place, tf().constant(lookup.firstUnknown()));
    return tf().select(tf().math.equal(numbers, tf().constant(-1L)), number, numbers);
  }
}
