package kerava.layers.recurrent;

import java.util.List;
import kerava.Layer;
import kerava.config.Schema;

/** The layers for sequences that a model file may name. */
public final class RecurrentSchemas {
  private static final List<Schema<? extends Layer>> ALL =
      List.of(
          Bidirectional.SCHEMA,
          ConvLSTM1D.SCHEMA,
          ConvLSTM2D.SCHEMA,
          ConvLSTM3D.SCHEMA,
          GRU.SCHEMA,
          GRUCell.SCHEMA,
          LSTM.SCHEMA,
          LSTMCell.SCHEMA,
          Masking.SCHEMA,
          RNN.SCHEMA,
          RepeatVector.SCHEMA,
          SimpleRNN.SCHEMA,
          SimpleRNNCell.SCHEMA,
          StackedRNNCells.SCHEMA,
          TimeDistributed.SCHEMA);

  private RecurrentSchemas() {}

  /** All of them, by name. */
  public static List<Schema<? extends Layer>> all() {
    return ALL;
  }
}
