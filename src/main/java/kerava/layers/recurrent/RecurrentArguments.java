package kerava.layers.recurrent;

import java.util.Optional;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.regularizers.Regularizer;

/**
 * What Keras' recurrent layers take for how they go through a sequence.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/recurrent_layers/rnn/">Keras: RNN</a>
 */
public interface RecurrentArguments<L extends Layer> extends Layer {
  /** The key of whether the outputs of all steps are given. */
  Key<Boolean> RETURN_SEQUENCES = Key.of("return_sequences", Codec.bool(), false);

  /** The key of whether the last states are given. */
  Key<Boolean> RETURN_STATE = Key.of("return_state", Codec.bool(), false);

  /** The key of whether the last step comes first. */
  Key<Boolean> GO_BACKWARDS = Key.of("go_backwards", Codec.bool(), false);

  /**
   * The key of whether states are kept from batch to batch, which Kerava does not: such layers are
   * read and written, but neither trained nor asked to predict.
   */
  Key<Boolean> STATEFUL = Key.of("stateful", Codec.bool(), false);

  /** The key of whether the steps stand one behind the other in the graph. */
  Key<Boolean> UNROLL = Key.of("unroll", Codec.bool(), false);

  /** The key of whether outputs are 0 at steps that do not count. */
  Key<Boolean> ZERO_OUTPUT_FOR_MASK = Key.of("zero_output_for_mask", Codec.bool(), false);

  /** The key of the penalty on the output. */
  Key<Optional<Regularizer>> ACTIVITY_REGULARIZER =
      Key.optional("activity_regularizer", Codec.object(Regularizer.class));

  @Override
  Schema<L> schema();

  /** The same layer that gives the outputs of all steps, or the last one, as by default. */
  default L returnSequences(boolean all) {
    return schema().create(config().with(RETURN_SEQUENCES, all));
  }

  /** The same layer that gives the last states as further outputs; it does not by default. */
  default L returnState(boolean states) {
    return schema().create(config().with(RETURN_STATE, states));
  }

  /**
   * The same layer that begins with the last step, and gives the outputs in this order too; it
   * begins with the first by default.
   */
  default L goBackwards(boolean backwards) {
    return schema().create(config().with(GO_BACKWARDS, backwards));
  }

  /**
   * The same layer whose steps stand one behind the other in the graph, which may be faster for few
   * of them; they are a loop by default.
   */
  default L unroll(boolean unroll) {
    return schema().create(config().with(UNROLL, unroll));
  }

  /**
   * The same layer that gives 0 at steps that the mask leaves out; it gives the output of the step
   * before by default.
   */
  default L zeroOutputForMask(boolean zero) {
    return schema().create(config().with(ZERO_OUTPUT_FOR_MASK, zero));
  }
}
