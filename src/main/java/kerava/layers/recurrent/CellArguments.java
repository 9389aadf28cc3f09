package kerava.layers.recurrent;

import java.util.Optional;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.initializers.Initializer;
import kerava.initializers.Orthogonal;
import kerava.layers.ActivationFunction;
import kerava.layers.BiasArguments;
import kerava.layers.KernelArguments;
import kerava.layers.SeedArgument;
import kerava.layers.WeightArguments;
import kerava.regularizers.Regularizer;

/**
 * What Keras' recurrent layers and their cells take for one step: the activation, the weights, and
 * what is left out in training.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/recurrent_layers/">Keras: recurrent layers</a>
 */
public interface CellArguments<L extends Layer>
    extends KernelArguments<L>, BiasArguments<L>, SeedArgument<L> {
  /** The key of the activation of the output. */
  Key<ActivationFunction> ACTIVATION =
      Key.of("activation", ActivationFunction.CODEC, ActivationFunction.TANH);

  /** The keys of the arguments of the weights that the state is multiplied with. */
  WeightArguments RECURRENT = WeightArguments.of("recurrent", Orthogonal.of());

  /** The key of which part of the input is left out in training. */
  Key<Double> DROPOUT = Key.of("dropout", part(), 0.0);

  /** The key of which part of the state is left out in training. */
  Key<Double> RECURRENT_DROPOUT = Key.of("recurrent_dropout", part(), 0.0);

  private static Codec<Double> part() {
    return Codec.number().where("a number from 0 up to, but not, 1", rate -> rate >= 0 && rate < 1);
  }

  @Override
  Schema<L> schema();

  /** The same layer with another activation of the output; tanh by default. */
  default L activation(ActivationFunction activation) {
    return schema().create(config().with(ACTIVATION, activation));
  }

  /** The same layer with other first values of the recurrent kernel; orthogonal by default. */
  default L recurrentInitializer(Initializer initializer) {
    return schema().create(config().with(RECURRENT.initializer(), initializer));
  }

  /** The same layer with a penalty on the recurrent kernel; none by default. */
  default L recurrentRegularizer(Regularizer regularizer) {
    return schema().create(config().with(RECURRENT.regularizer(), Optional.of(regularizer)));
  }

  /** The same layer with bounds for the recurrent kernel; none by default. */
  default L recurrentConstraint(Constraint constraint) {
    return schema().create(config().with(RECURRENT.constraint(), Optional.of(constraint)));
  }

  /**
   * The same layer that leaves out a part of its input in training, the same one at all steps of a
   * sample; none by default.
   */
  default L dropout(double rate) {
    return schema().create(config().with(DROPOUT, rate));
  }

  /**
   * The same layer that leaves out a part of the state in training, the same one at all steps of a
   * sample; none by default.
   */
  default L recurrentDropout(double rate) {
    return schema().create(config().with(RECURRENT_DROPOUT, rate));
  }
}
