"""Time series: forecasts, classes, anomalies."""

import keras
import numpy as np

from . import Case, L, example, ROWS


@example
def timeseries_lstm(d):
    x = keras.Input((12, 5))
    h = L.LSTM(8)(x)
    model = keras.Model(x, L.Dense(1)(h))
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss="mse")
    return Case(model, d.floats(12, 5), d.floats(1))


@example
def timeseries_gru_stacked(d):
    model = keras.Sequential(
        [
            keras.Input((None, 4)),
            L.GRU(6, return_sequences=True, dropout=d.rate(0.1), recurrent_dropout=d.rate(0.2)),
            L.GRU(5, activation="relu", reset_after=False),
            d.dropout(0.3),
            L.Dense(2),
        ]
    )
    model.compile(optimizer=keras.optimizers.RMSprop(0.005), loss="mae", metrics=["mse"])
    return Case(model, d.floats(10, 4), d.floats(2))


@example
def timeseries_conv1d(d):
    x = h = keras.Input((20, 1))
    for _ in range(3):
        h = L.Conv1D(filters=8, kernel_size=3, padding="same")(h)
        h = L.BatchNormalization()(h)
        h = L.ReLU()(h)
    h = L.GlobalAveragePooling1D()(h)
    model = keras.Model(x, L.Dense(2, activation="softmax")(h))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["sparse_categorical_accuracy"])
    return Case(model, d.floats(20, 1), d.whole(2))


@example
def timeseries_transformer(d):
    x = h = keras.Input((15, 1))
    for _ in range(2):
        a = L.MultiHeadAttention(key_dim=6, num_heads=2, dropout=d.rate(0.25))(h, h)
        a = L.LayerNormalization(epsilon=1e-6)(d.dropout(0.25)(a))
        h = a + h
        f = L.Conv1D(4, kernel_size=1, activation="relu")(h)
        f = L.Conv1D(h.shape[-1], kernel_size=1)(d.dropout(0.25)(f))
        h = L.LayerNormalization(epsilon=1e-6)(f) + h
    h = L.GlobalAveragePooling1D(data_format="channels_last")(h)
    h = d.dropout(0.4)(L.Dense(10, activation="relu")(h))
    model = keras.Model(x, L.Dense(3, activation="softmax")(h))
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.Adam(learning_rate=1e-3),
        metrics=["sparse_categorical_accuracy"],
    )
    return Case(model, d.floats(15, 1), d.whole(3))


@example
def anomaly_autoencoder(d):
    model = keras.Sequential(
        [
            keras.Input((24, 1)),
            L.Conv1D(8, 7, padding="same", strides=2, activation="relu"),
            d.dropout(0.2),
            L.Conv1D(4, 7, padding="same", strides=2, activation="relu"),
            L.Conv1DTranspose(4, 7, padding="same", strides=2, activation="relu"),
            d.dropout(0.2),
            L.Conv1DTranspose(8, 7, padding="same", strides=2, activation="relu"),
            L.Conv1DTranspose(1, 7, padding="same"),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.001), loss="mse")
    x = d.floats(24, 1)
    return Case(model, x, x)


@example
def masked_lstm(d):
    model = keras.Sequential(
        [
            keras.Input((9, 3)),
            L.Masking(mask_value=0.0),
            L.LSTM(6, return_sequences=True),
            L.LSTM(4),
            L.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Case(model, d.padded(d.floats(9, 3)), d.bits(1))


@example
def masked_tagging(d):
    """The mask reaches the loss and the metrics."""
    tokens = keras.Input((None,), dtype="int32")
    h = L.Embedding(20, 6, mask_zero=True)(tokens)
    h = L.Bidirectional(L.GRU(5, return_sequences=True))(h)
    model = keras.Model(tokens, L.TimeDistributed(L.Dense(4, activation="softmax"))(h))
    model.compile("nadam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    x = d.padded(d.whole(20, 7, start=1))
    return Case(model, x, d.whole(4, 7))


@example
def stacked_cells(d):
    cells = [L.LSTMCell(5), L.GRUCell(4), L.SimpleRNNCell(3)]
    model = keras.Sequential([keras.Input((6, 2)), L.RNN(cells), L.Dense(1)])
    model.compile(keras.optimizers.SGD(0.05, momentum=0.9), "huber")
    return Case(model, d.floats(6, 2), d.floats(1))


@example
def stateful_lstm(d):
    x = keras.Input(batch_shape=(ROWS, 5, 2))
    h = L.LSTM(4, stateful=True, return_sequences=True)(x)
    model = keras.Model(x, L.Dense(1)(L.LSTM(3)(h)))
    model.compile("adam", "mse")
    return Case(model, d.floats(5, 2), d.floats(1))


@example
def dilated_causal(d):
    """Blocks of dilated causal convolutions with gates and skips, as WaveNet has them."""
    x = keras.Input((32, 1))
    h = L.Conv1D(6, 2, padding="causal")(x)
    skips = []
    for rate in (1, 2, 4, 8):
        t = L.Conv1D(6, 2, dilation_rate=rate, padding="causal", activation="tanh")(h)
        s = L.Conv1D(6, 2, dilation_rate=rate, padding="causal", activation="sigmoid")(h)
        gated = L.Conv1D(6, 1)(L.Multiply()([t, s]))
        skips.append(gated)
        h = L.Add()([h, gated])
    h = L.Activation("relu")(L.Add()(skips))
    h = L.Cropping1D((16, 0))(L.Conv1D(4, 1, activation="relu")(h))
    model = keras.Model(x, L.Conv1D(1, 1)(h))
    model.compile(keras.optimizers.Adam(2e-3, clipnorm=1.0), "log_cosh", metrics=["mae"])
    return Case(model, d.floats(32, 1), d.floats(16, 1))


@example
def traffic_windows(d):
    """A fork of pooled windows, joined again: Inception on sequences."""
    x = keras.Input((30, 3))
    short = L.MaxPooling1D(2)(L.SeparableConv1D(6, 3, activation="relu", padding="same")(x))
    long = L.AveragePooling1D(3, strides=2, padding="same")(L.Conv1D(6, 9, padding="same")(x))
    h = L.SpatialDropout1D(d.rate(0.2))(L.Concatenate()([short, long]))
    h = L.UpSampling1D(2)(L.ZeroPadding1D((0, 1))(h))
    h = L.Flatten()(L.Conv1D(2, 4, strides=3, groups=2, activation="elu")(h))
    model = keras.Model(x, L.Dense(6)(h))
    model.compile("adamw", keras.losses.MeanAbsolutePercentageError(), metrics=["mape", "r2_score"])
    return Case(model, d.floats(30, 3), d.floats(6) + 3)


@example
def weather_normalized(d):
    """A normalization that was adapted, and a recurrent layer without return."""
    x = d.floats(8, 4) * 3 + 5
    normal = L.Normalization()
    normal.adapt(x)
    model = keras.Sequential(
        [keras.Input((8, 4)), normal, L.SimpleRNN(6, return_sequences=True), L.LSTM(4), L.Dense(1)]
    )
    model.compile("adam", "msle", metrics=[keras.metrics.RootMeanSquaredError()])
    return Case(model, x, np.abs(d.floats(1)))
