package kerava.layers.recurrent;

import kerava.Layer;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * A layer that remembers, with two gates (Cho et al. 2014): (batch, steps, features) → (batch,
 * units), or (batch, steps, units) where the outputs of all steps are wanted.
 *
 * <p>Its cell, and the weights, are those of {@link GRUCell}. It may be given its first state,
 * (batch, units), as a further input. Steps that the mask of its input leaves out change neither
 * state nor output.
 *
 * <p>By default it goes forward and gives the last output alone.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/recurrent_layers/gru/">Keras: GRU</a>
 */
public record GRU(Config config) implements RecurrentLayer<GRU>, GateArguments<GRU> {
  /** How the layer is written and read. */
  public static final Schema<GRU> SCHEMA =
      Layer.schema("GRU", GRU::new, RETURN_SEQUENCES, RETURN_STATE, GO_BACKWARDS)
          .with(STATEFUL, UNROLL, ZERO_OUTPUT_FOR_MASK)
          .with(GRUCell.UNITS, ACTIVATION, RECURRENT_ACTIVATION, USE_BIAS)
          .with(KERNEL.initializer(), RECURRENT.initializer(), BIAS.initializer())
          .with(KERNEL.regularizer(), RECURRENT.regularizer(), BIAS.regularizer())
          .with(ACTIVITY_REGULARIZER)
          .with(KERNEL.constraint(), RECURRENT.constraint(), BIAS.constraint())
          .with(DROPOUT, RECURRENT_DROPOUT, GRUCell.RESET_AFTER, SEED, IMPLEMENTATION);

  /**
   * The layer.
   *
   * @param units how many numbers it gives a sample
   * @throws IllegalArgumentException if it is below 1
   */
  public static GRU of(int units) {
    return new GRU(SCHEMA.config().with(GRUCell.UNITS, units));
  }

  /** The same layer whose reset gate comes after the product, as by default, or before it. */
  public GRU resetAfter(boolean after) {
    return new GRU(config.with(GRUCell.RESET_AFTER, after));
  }

  @Override
  public GRUCell cell() {
    return new GRUCell(Cells.config(this, GRUCell.SCHEMA, "gru_cell"));
  }

  @Override
  public Schema<GRU> schema() {
    return SCHEMA;
  }
}
