package kerava.layers.recurrent;

import java.util.List;
import java.util.Optional;
import kerava.DTypePolicy;
import kerava.Layer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.regularizers.Regularizer;

/**
 * Calls a cell at each step of a sequence: (batch, steps, ...) → the shape of the cell's output, or
 * (batch, steps, ...) where the outputs of all steps are wanted.
 *
 * <p>Its weights are those of the cell. It may be given its first states as further inputs. Steps
 * that the mask of its input leaves out change neither states nor output.
 *
 * <p>By default it goes forward and gives the last output alone.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/recurrent_layers/rnn/">Keras: RNN</a>
 */
public record RNN(Config config) implements RecurrentLayer<RNN> {
  private static final Key<RecurrentCell> CELL = Key.required("cell", Cells.CODEC);

  // Keras writes it only where there is one.
  private static final Key<Optional<Regularizer>> PENALTY = ACTIVITY_REGULARIZER.quiet();

  /** How the layer is written and read. */
  public static final Schema<RNN> SCHEMA =
      Layer.schema("RNN", RNN::new, PENALTY)
          .with(RETURN_SEQUENCES, RETURN_STATE, GO_BACKWARDS)
          .with(STATEFUL, UNROLL, ZERO_OUTPUT_FOR_MASK)
          .with(CELL);

  /** The layer around a cell. */
  public static RNN of(RecurrentCell cell) {
    return new RNN(SCHEMA.config().with(CELL, cell));
  }

  /** The layer around several cells, of which each is given what the one before gives. */
  public static RNN of(List<RecurrentCell> cells) {
    return of(StackedRNNCells.of(cells));
  }

  @Override
  public RNN withPolicy(DTypePolicy policy) {
    return new RNN(
        config.with(DTYPE, policy).with(CELL, (RecurrentCell) cell().withPolicy(policy)));
  }

  @Override
  public Config passage() {
    return config.with(ACTIVITY_REGULARIZER, config.get(PENALTY));
  }

  @Override
  public RecurrentCell cell() {
    return config.get(CELL);
  }

  @Override
  public Schema<RNN> schema() {
    return SCHEMA;
  }
}
