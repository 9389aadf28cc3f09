package kerava.layers;

import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.TensorLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.graph.Cast;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import kerava.initializers.Initializer;
import kerava.initializers.RandomUniform;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * What layers that look numbers up in a table of vectors have in common: the table {@code
 * embeddings} (input_dim, output_dim), its arguments, and {@code mask_zero}.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/core_layers/embedding/">Keras: Embedding</a>
 */
public interface EmbeddingArguments<L extends Layer> extends TensorLayer {
  /** The key of how many vectors there are. */
  Key<Integer> INPUT_DIM = Key.required("input_dim", Codec.positive());

  /** The key of how many numbers a vector has. */
  Key<Integer> OUTPUT_DIM = Key.required("output_dim", Codec.positive());

  /** The keys of the table's arguments. */
  WeightArguments EMBEDDINGS = WeightArguments.of("embeddings", RandomUniform.of(-0.05, 0.05));

  /** The key of the penalty on the output. */
  Key<Optional<Regularizer>> ACTIVITY_REGULARIZER =
      Key.optional("activity_regularizer", Codec.object(Regularizer.class));

  /** The key of whether the number 0 stands for a step that does not count. */
  Key<Boolean> MASK_ZERO = Key.of("mask_zero", Codec.bool(), false);

  @Override
  Schema<L> schema();

  /** The same layer with other first values of the table; from -0.05 to 0.05 by default. */
  default L embeddingsInitializer(Initializer initializer) {
    return schema().create(config().with(EMBEDDINGS.initializer(), initializer));
  }

  /** The same layer with a penalty on the table; none by default. */
  default L embeddingsRegularizer(Regularizer regularizer) {
    return schema().create(config().with(EMBEDDINGS.regularizer(), Optional.of(regularizer)));
  }

  /** The same layer with bounds for the table; none by default. */
  default L embeddingsConstraint(Constraint constraint) {
    return schema().create(config().with(EMBEDDINGS.constraint(), Optional.of(constraint)));
  }

  /** The same layer with a penalty on its output; none by default. */
  default L activityRegularizer(Regularizer regularizer) {
    return schema().create(config().with(ACTIVITY_REGULARIZER, Optional.of(regularizer)));
  }

  /**
   * The same layer whose output has a mask without the steps that are 0; it has none by default.
   */
  default L maskZero(boolean maskZero) {
    return schema().create(config().with(MASK_ZERO, maskZero));
  }

  @Override
  default List<WeightSpec> weights(Inputs inputs) {
    Shape shape = Shape.of(config().get(INPUT_DIM), config().get(OUTPUT_DIM));
    return List.of(EMBEDDINGS.weight(config(), "embeddings", shape));
  }

  /** The vectors of an input. */
  default TensorSpec found(Inputs inputs) {
    TensorSpec input = inputs.tensors().get(0);
    if (input.type() == DType.STRING) {
      throw inputs.refuse("numbers", "Does a StringLookup or TextVectorization come before it?");
    }
    return new TensorSpec(
        input.shape().append(config().get(OUTPUT_DIM)), DType.of(policy().computeType()));
  }

  /**
   * Looks numbers up.
   *
   * @param numbers whole numbers below input_dim, or floats, of which fractions are cut off; those
   *     below 0 count from the end of the table
   * @return of the shape of the numbers and the size of a vector
   */
  default Operand<TFloat32> lookUp(Scope scope, TensorValue numbers) {
    Class<?> type = numbers.operand().type();
    return type.equals(TInt64.class)
        ? rows(scope, numbers.as(TInt64.class), scope.tf().constant((long) rows()))
        : rows(
            scope,
            Cast.numbers(scope.tf(), numbers.operand(), TInt32.class),
            scope.tf().constant(rows()));
  }

  private int rows() {
    return config().get(INPUT_DIM);
  }

  private static <T extends TNumber> Operand<TFloat32> rows(
      Scope scope, Operand<T> numbers, Operand<T> count) {
    Ops tf = scope.tf();
    Operand<TBool> below = tf.math.less(numbers, tf.zerosLike(numbers));
    return scope.rows("embeddings", tf.select(below, tf.math.add(numbers, count), numbers));
  }

  /** Which numbers are not 0; empty unless zeros are masked. */
  default Optional<Operand<TBool>> nonZero(Scope scope, TensorValue numbers) {
    return config().get(MASK_ZERO)
        ? Optional.of(nonZero(scope.tf(), numbers.operand()))
        : Optional.empty();
  }

  private static <T extends TType> Operand<TBool> nonZero(Ops tf, Operand<T> numbers) {
    return tf.math.notEqual(numbers, tf.zerosLike(numbers));
  }
}
