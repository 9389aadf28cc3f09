package kerava.layers.recurrent;

import kerava.Layer;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * A layer that remembers over many steps (Hochreiter, Schmidhuber 1997): (batch, steps, features) →
 * (batch, units), or (batch, steps, units) where the outputs of all steps are wanted.
 *
 * <p>Its cell, and the weights, are those of {@link LSTMCell}. It may be given its two first
 * states, each (batch, units), as further inputs. Steps that the mask of its input leaves out
 * change neither states nor output.
 *
 * <p>By default it goes forward and gives the last output alone.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/recurrent_layers/lstm/">Keras: LSTM</a>
 */
public record LSTM(Config config) implements RecurrentLayer<LSTM>, LSTMArguments<LSTM> {
  /** How the layer is written and read. */
  public static final Schema<LSTM> SCHEMA =
      Layer.schema("LSTM", LSTM::new, RETURN_SEQUENCES, RETURN_STATE, GO_BACKWARDS)
          .with(STATEFUL, UNROLL, ZERO_OUTPUT_FOR_MASK)
          .with(LSTMCell.UNITS, ACTIVATION, RECURRENT_ACTIVATION, USE_BIAS)
          .with(KERNEL.initializer(), RECURRENT.initializer(), BIAS.initializer())
          .with(UNIT_FORGET_BIAS)
          .with(KERNEL.regularizer(), RECURRENT.regularizer(), BIAS.regularizer())
          .with(ACTIVITY_REGULARIZER)
          .with(KERNEL.constraint(), RECURRENT.constraint(), BIAS.constraint())
          .with(DROPOUT, RECURRENT_DROPOUT, SEED, IMPLEMENTATION);

  /**
   * The layer.
   *
   * @param units how many numbers it gives a sample
   * @throws IllegalArgumentException if it is below 1
   */
  public static LSTM of(int units) {
    return new LSTM(SCHEMA.config().with(LSTMCell.UNITS, units));
  }

  @Override
  public LSTMCell cell() {
    return new LSTMCell(Cells.config(this, LSTMCell.SCHEMA, "lstm_cell"));
  }

  @Override
  public Schema<LSTM> schema() {
    return SCHEMA;
  }
}
