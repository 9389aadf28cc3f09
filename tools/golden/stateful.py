"""Writes src/test/resources/golden/stateful.json.gz: recurrent layers that keep states from batch to batch.

Each model is trained, evaluated and asked for predictions in turn; states go on through all of it, until
they are reset. Run: python tools/golden/stateful.py
"""

import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import files
import keras
import numpy as np
from keras import layers

FOLDER = pathlib.Path(__file__).parents[2] / "src/test/resources/golden"
X = (((np.arange(6 * 4 * 2) * 7 % 23) - 11) / 9).astype("float32").reshape(6, 4, 2)
Y = (((np.arange(6) * 5 % 7) - 3) / 3).astype("float32").reshape(6, 1)


def lstm():
    return [layers.LSTM(3, stateful=True)]


def stacked():
    return [layers.GRU(3, stateful=True, return_sequences=True), layers.SimpleRNN(2, stateful=True)]


def both():
    return [layers.Masking(0.0), layers.Bidirectional(layers.LSTM(2, stateful=True))]


def cells():
    return [layers.RNN(layers.LSTMCell(2), stateful=True, unroll=True, return_sequences=True), layers.LSTM(2, stateful=True, go_backwards=True)]


def array(value):
    value = np.asarray(value)
    return {"shape": list(value.shape), "data": value.ravel().tolist()}


def case(maker):
    keras.utils.clear_session()
    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input(batch_shape=(2, 4, 2)), *maker(), layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.1), "mse")
    before = [array(value) for value in model.get_weights()]
    first = model.predict(X, batch_size=2, verbose=0)
    fit = model.fit(X, Y, batch_size=2, epochs=2, shuffle=False, verbose=0)
    loss = model.evaluate(X, Y, batch_size=2, verbose=0)
    second = model.predict(X, batch_size=2, verbose=0)
    for layer in model.layers:
        for one in [layer, *([layer.forward_layer, layer.backward_layer] if hasattr(layer, "forward_layer") else [])]:
            if getattr(one, "stateful", False) and hasattr(one, "states"):
                one.reset_state()
    return {
        "name": maker.__name__, "model": json.loads(model.to_json()), "before": before,
        "first": array(first), "history": fit.history["loss"], "loss": loss, "second": array(second),
        "again": array(model.predict(X, batch_size=2, verbose=0)),
    }


if __name__ == "__main__":
    cases = [case(maker) for maker in [lstm, stacked, both, cells]]
    files.write(FOLDER, "stateful.json.gz", {"keras": keras.__version__, "x": array(X), "y": array(Y), "cases": cases})
