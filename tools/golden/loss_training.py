"""Writes src/test/resources/golden/loss_training.json.gz: short trainings with Keras' losses.

    python tools/golden/loss_training.py src/test/resources/golden
"""

import sys

import keras
import numpy as np
from files import write
from losses_and_metrics import dump, scattered

L = keras.layers
SAMPLES = 10

MAPS = ((4, 3, 2), [L.Conv2D(3, 2, padding="same", activation="softmax")])
MASKS = ((4, 3, 2), [L.Conv2D(2, 2, padding="same", activation="sigmoid")])
ROWS = ((6, 3), [L.Dense(4, activation="tanh"), L.Dense(5)])
PAIRS = ((5,), [L.Dense(4, activation="tanh"), L.UnitNormalization()])
CHANCES = ((5,), [L.Dense(4, activation="tanh"), L.Dense(3, activation="sigmoid")])
CLASSES = ((5,), [L.Dense(4, activation="tanh"), L.Dense(3, activation="softmax")])
SIGNS = ((5,), [L.Dense(3, activation="tanh")])

NUMBERS = scattered((SAMPLES, 3), 7, 17, 17)
BITS = (NUMBERS > 0.5).astype("float32")
MASK_BITS = (scattered((SAMPLES, 4, 3, 2), 7, 17, 17) > 0.5).astype("float32")
LABELS = np.array([[1, 2, 3], [2, 0, 0], [4, 4, 0], [0, 0, 0], [3, 1, 0],
                   [1, 1, 1], [2, 3, 2], [4, 0, 0], [1, 3, 0], [2, 2, 0]])
NAMES = np.array([5, 9, 5, 9, 2, 5, 2, 9, 5, 1])

CASES = {
    "SparseCategoricalCrossentropy": (MAPS, np.arange(120).reshape(10, 4, 3) * 5 % 7 % 3, {}),
    "CategoricalGeneralizedCrossEntropy": (CLASSES, NAMES % 3, {"q": 0.4}),
    "Dice": (MASKS, MASK_BITS, {}),
    "Tversky": (MASKS, MASK_BITS, {"alpha": 0.3, "beta": 0.7, "axis": [1, 2]}),
    "CTC": (ROWS, LABELS, {}),
    "Circle": (PAIRS, NAMES, {"gamma": 8.0}),
    "Hinge": (SIGNS, BITS, {}),
    "SquaredHinge": (SIGNS, 2 * BITS - 1, {}),
    "BinaryFocalCrossentropy": (CHANCES, BITS, {"apply_class_balancing": True}),
    "MeanAbsolutePercentageError": (CHANCES, NUMBERS, {}),
    "MeanSquaredLogarithmicError": (CHANCES, NUMBERS, {}),
}


def training(name, model_of, labels, config):
    shape, layers = model_of
    model = keras.Sequential([keras.Input(shape)] + [x.__class__.from_config(x.get_config()) for x in layers])
    start = [scattered(w.shape, 7, 23, 12) - 1 for w in model.get_weights()]
    model.set_weights(start)
    loss = getattr(keras.losses, name)(**config)
    model.compile(keras.optimizers.SGD(0.05, momentum=0.5), loss)
    inputs = scattered((SAMPLES, *shape), 11, 29, 15) - 1
    weights = np.linspace(0.5, 1.5, SAMPLES).astype("float32")
    # Keras has no weights of samples where each has several losses.
    given = None if name in ("SparseCategoricalCrossentropy", "Tversky") else weights
    history = model.fit(inputs, labels, batch_size=4, epochs=4, shuffle=False, verbose=0,
                        validation_data=(inputs, labels), sample_weight=given)
    return {
        "loss": keras.losses.serialize(loss),
        "layers": [keras.layers.serialize(layer) for layer in model.layers],
        "x": dump(inputs),
        "y": dump(labels),
        "sample_weight": None if given is None else dump(given),
        "start": [dump(w) for w in start],
        "history": history.history,
        "evaluated": float(model.evaluate(inputs, labels, verbose=0)),
        "weights": [dump(w) for w in model.get_weights()],
    }


if __name__ == "__main__":
    write(sys.argv[1], "loss_training.json.gz", {
        "keras": keras.__version__,
        "trainings": [training(name, *case) for name, case in CASES.items()],
    })
