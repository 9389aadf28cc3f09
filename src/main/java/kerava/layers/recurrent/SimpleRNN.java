package kerava.layers.recurrent;

import java.util.Optional;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.regularizers.Regularizer;

/**
 * A fully connected layer whose output is its further input at the next step: (batch, steps,
 * features) → (batch, units), or (batch, steps, units) where the outputs of all steps are wanted.
 *
 * <p>Its cell, and the weights, are those of {@link SimpleRNNCell}. It may be given its first
 * state, (batch, units), as a further input. Steps that the mask of its input leaves out change
 * neither state nor output.
 *
 * <p>By default it goes forward and gives the last output alone. As in Keras, a penalty on the
 * output is not heeded, and so refused here.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/recurrent_layers/simple_rnn/">Keras: SimpleRNN</a>
 */
public record SimpleRNN(Config config)
    implements RecurrentLayer<SimpleRNN>, CellArguments<SimpleRNN> {
  private static final Key<Optional<Regularizer>> NO_PENALTY =
      Key.only(
          "activity_regularizer",
          Codec.nullable(Codec.object(Regularizer.class)),
          Optional.<Regularizer>empty());

  // Keras takes a seed, but does not write it.
  private static final Key<Optional<Integer>> QUIET_SEED = SEED.quiet();

  /** How the layer is written and read. */
  public static final Schema<SimpleRNN> SCHEMA =
      Layer.schema("SimpleRNN", SimpleRNN::new, RETURN_SEQUENCES, RETURN_STATE, GO_BACKWARDS)
          .with(STATEFUL, UNROLL, ZERO_OUTPUT_FOR_MASK)
          .with(SimpleRNNCell.UNITS, ACTIVATION, USE_BIAS)
          .with(KERNEL.initializer(), RECURRENT.initializer(), BIAS.initializer())
          .with(KERNEL.regularizer(), RECURRENT.regularizer(), BIAS.regularizer())
          .with(NO_PENALTY)
          .with(KERNEL.constraint(), RECURRENT.constraint(), BIAS.constraint())
          .with(DROPOUT, RECURRENT_DROPOUT, QUIET_SEED);

  /**
   * The layer.
   *
   * @param units how many numbers it gives a sample
   * @throws IllegalArgumentException if it is below 1
   */
  public static SimpleRNN of(int units) {
    return new SimpleRNN(SCHEMA.config().with(SimpleRNNCell.UNITS, units));
  }

  @Override
  public SimpleRNN seed(int seed) {
    return new SimpleRNN(config.with(QUIET_SEED, Optional.of(seed)));
  }

  @Override
  public SimpleRNNCell cell() {
    Config cell = Cells.config(this, SimpleRNNCell.SCHEMA, "simple_rnn_cell");
    return new SimpleRNNCell(cell.with(SEED, config.get(QUIET_SEED)));
  }

  @Override
  public Schema<SimpleRNN> schema() {
    return SCHEMA;
  }
}
