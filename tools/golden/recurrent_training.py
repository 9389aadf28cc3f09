"""Trains small models of recurrent layers with Keras for ten steps, for the Java tests.

    python tools/golden/recurrent_training.py src/test/resources/golden

Writes recurrent_training.json.gz in the form of attention_training.json.gz.
"""

import sys

import attention
import keras
import numpy as np
from files import write
from layers import numbers

L = keras.layers
O = keras.optimizers
ROWS, STEPS, FEATURES, CLASSES = 6, 5, 3, 3


def chain(*layers):
    """A model of layers one after the other; masks go from one to the next as they do there."""

    def build():
        return keras.Sequential([*(make() for make in layers), L.Dense(CLASSES, activation="softmax")])

    return build


def start(*shape):
    return lambda: L.Input(shape or (STEPS, FEATURES))


def sequences(name, *shape):
    return numbers(name, (ROWS, *(shape or (STEPS, FEATURES)))).astype("float32")


def padded(name):
    """Sequences of unequal length with zeros behind them, one of none, one with a hole."""
    x = sequences(name)
    for row, length in enumerate((5, 2, 0, 3, 1, 5)):
        x[row, length:] = 0
    x[5, 2] = 0
    return x


def trainings():
    y = np.array([0, 2, 1, 1, 0, 2], "int32")
    lstm = chain(start(), lambda: L.LSTM(4))
    yield attention.training("lstm", lstm, sequences("lstm"), y, O.Adam(0.02))
    gru = chain(start(), lambda: L.GRU(4, return_sequences=True, recurrent_regularizer="l2"), lambda: L.GRU(3, reset_after=False))
    yield attention.training("gru", gru, sequences("gru"), y, O.RMSprop(0.01))
    both = chain(
        start(None, FEATURES),
        L.Masking,
        lambda: L.Bidirectional(L.LSTM(3, return_sequences=True, kernel_constraint="max_norm")),
        lambda: L.Bidirectional(L.LSTM(2)),
    )
    yield attention.training("bidirectional_masked", both, padded("both"), y, O.Adam(0.02))
    simple = chain(
        start(),
        lambda: L.SimpleRNN(4, return_sequences=True, unroll=True),
        lambda: L.TimeDistributed(L.BatchNormalization()),
        lambda: L.RNN([L.LSTMCell(3), L.GRUCell(2)], activity_regularizer="l2", return_sequences=True),
        lambda: L.TimeDistributed(L.RepeatVector(2)),
        lambda: L.TimeDistributed(L.GRU(2, activity_regularizer="l2", dropout=0.0)),
        lambda: L.TimeDistributed(L.ActivityRegularization(l1=0.5)),
        lambda: L.Bidirectional(L.LSTM(2, activity_regularizer="l1")),
    )
    yield attention.training("cells", simple, sequences("cells"), y, O.SGD(0.1, momentum=0.9))
    video = chain(start(3, 4, 3, 1), lambda: L.ConvLSTM2D(2, 2, padding="same"), L.GlobalAveragePooling2D)
    yield attention.training("conv_lstm", video, sequences("video", 3, 4, 3, 1), y, O.Adam(0.02))


def main(folder):
    # Sequential models put their own name before their layers' in Python, which Kerava does not.
    attention.local = lambda weight: weight.path.removeprefix("sequential/")
    write(folder, "recurrent_training.json.gz", {"keras": keras.__version__, "cases": list(trainings())})


if __name__ == "__main__":
    main(sys.argv[1])
