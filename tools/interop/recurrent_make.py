"""Makes small models of recurrent layers, for Java to predict with.

Called with SUBJECT FOLDER; FOLDER gets what several_make.py would put there.
"""

import several_make
from several_make import L, keras


def steps(*shape, name="steps"):
    return keras.Input(shape, name=name)


def chain(x, *layers):
    """Layers one after the other, among which masks find their way without operations of their own."""
    return keras.Sequential([L.Input(x.shape[1:]), *layers])(x)


def mixed():
    """Each kind of layer one after the other, with a mask."""
    x = steps(6, 3)
    h = chain(
        x,
        L.Masking(mask_value=9.0),
        L.LSTM(4, return_sequences=True, dropout=0.5, recurrent_dropout=0.25, seed=3),
        L.Bidirectional(L.GRU(3, return_sequences=True)),
        L.TimeDistributed(L.Dense(4, activation="relu")),
        L.SimpleRNN(3, activation="sigmoid"),
        L.RepeatVector(4),
    )
    return keras.Model(x, L.GRU(2, reset_after=False, return_sequences=True, go_backwards=True)(h))


def any_length():
    x = steps(None, 3)
    return keras.Model(x, chain(x, L.Masking(), L.LSTM(5), L.Dense(2)))


def encoder_decoder():
    """The states of one layer are the first ones of another."""
    source, target = steps(5, 3, name="source"), steps(None, 2, name="target")
    _, *state = L.LSTM(4, return_state=True, name="encoder")(source)
    y, h, c = L.LSTM(4, return_sequences=True, return_state=True, name="decoder")(target, initial_state=state)
    return keras.Model([source, target], [L.Dense(3, activation="softmax")(y), h, c])


def states_as_inputs():
    x, h = steps(4, 3), keras.Input((2,), name="state")
    y, end = L.GRU(2, return_state=True)(x, initial_state=h)
    return keras.Model([x, h], {"y": y, "end": end})


def both_states():
    x = steps(4, 3)
    outputs = L.Bidirectional(L.LSTM(2, return_sequences=True, return_state=True), merge_mode="sum")(x)
    return keras.Model(x, list(outputs))


def apart():
    x = steps(4, 3)
    y, z = L.Bidirectional(L.SimpleRNN(2), merge_mode=None)(x)
    return keras.Model(x, [y, z])


def two_directions():
    x = steps(4, 3)
    other = L.LSTM(3, go_backwards=True, return_sequences=True, name="other")
    both = L.Bidirectional(L.GRU(2, return_sequences=True), backward_layer=other, name="both")
    return keras.Model(x, both(x))


def cells():
    """Cells by themselves, and several as one."""
    x = steps(4, 3)
    h = L.RNN([L.LSTMCell(3), L.GRUCell(2), L.LSTMCell(2), L.SimpleRNNCell(3)], return_sequences=True)(x)
    h = L.RNN(L.StackedRNNCells([L.GRUCell(2, name="one"), L.GRUCell(3, name="two")]), return_sequences=True)(h)
    return keras.Model(x, L.Bidirectional(L.RNN(L.LSTMCell(2, unit_forget_bias=False)))(h))


def unrolled():
    x = steps(4, 3)
    h = L.GRU(3, unroll=True, return_sequences=True)(x)
    return keras.Model(x, L.LSTM(2, unroll=True, use_bias=False)(h))


def nested():
    """A model at each step, and a recurrent layer in it."""
    picture = keras.Input((4, 5, 2))
    h = L.BatchNormalization()(L.Conv2D(3, 2, padding="same")(picture))
    h = L.Add()([h, L.Conv2D(3, 1, activation="relu")(picture)])
    frame = keras.Model(picture, L.GlobalAveragePooling2D()(h), name="frame")
    part = keras.Sequential([L.Input((3, 3)), L.LSTM(2), L.Dense(2)], name="part")
    video, rows = steps(3, 4, 5, 2, name="video"), steps(2, 3, 3, name="rows")
    return keras.Model([video, rows], [L.GRU(2)(L.TimeDistributed(frame)(video)), L.TimeDistributed(part)(rows)])


def shared():
    """One layer, called for two inputs."""
    x, y = steps(4, 3, name="x"), steps(5, 3, name="y")
    lstm = L.LSTM(3)
    return keras.Model([x, y], L.Dot(axes=1)([lstm(x), lstm(y)]))


def sequential():
    x = steps(5, 2)
    both = L.Bidirectional
    return keras.Model(x, chain(x, both(L.LSTM(3, return_sequences=True)), both(L.LSTM(2)), L.Dense(2)))


def convolutions():
    row, image, volume = steps(3, 6, 2, name="row"), steps(3, 5, 4, 2, name="image"), steps(2, 3, 4, 3, 1, name="volume")
    return keras.Model(
        [row, image, volume],
        [
            L.Bidirectional(L.ConvLSTM1D(2, 3, padding="same"))(row),
            L.ConvLSTM2D(2, (2, 3), strides=(1, 2), return_sequences=True)(image),
            L.ConvLSTM3D(1, 2, padding="same")(volume),
        ],
    )


def regularized():
    x = steps(4, 3)
    gru = L.GRU(
        2, return_sequences=True, kernel_regularizer="l2", recurrent_constraint="unit_norm", activity_regularizer="l1",
        bias_initializer="ones", recurrent_activation="hard_sigmoid", zero_output_for_mask=True,
    )  # fmt: skip
    return keras.Model(x, chain(x, L.Masking(), gru, L.LSTM(2, trainable=False)))


MAKERS = [
    mixed, any_length, encoder_decoder, states_as_inputs, both_states, apart, two_directions, cells, unrolled, nested,
    shared, sequential, convolutions, regularized,
]  # fmt: skip

if __name__ == "__main__":
    several_make.main(MAKERS)
