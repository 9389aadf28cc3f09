"""Writes src/test/resources/golden/training.json: configs and short trainings by Keras.

    python tools/golden/optimizer_training.py > src/test/resources/golden/training.json
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np

from keras import losses, metrics, optimizers
from keras.optimizers import schedules

LOSSES = [
    "SparseCategoricalCrossentropy", "CategoricalCrossentropy", "BinaryCrossentropy",
    "CategoricalFocalCrossentropy", "KLDivergence", "Poisson", "MeanSquaredError",
    "MeanAbsoluteError", "Huber", "LogCosh", "CosineSimilarity", "CategoricalHinge",
]
METRICS = [
    "Accuracy", "SparseCategoricalAccuracy", "CategoricalAccuracy", "BinaryAccuracy",
    "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy",
    "SparseCategoricalCrossentropy", "CategoricalCrossentropy", "BinaryCrossentropy",
    "KLDivergence", "Poisson", "MeanSquaredError", "MeanAbsoluteError", "LogCoshError",
    "CosineSimilarity", "CategoricalHinge",
]
OPTIMIZERS = [
    "SGD", "Adam", "AdamW", "RMSprop", "Nadam", "Adagrad", "Adadelta", "Adamax", "Ftrl",
    "Lion", "Lamb",
]
SCHEDULES = {
    "ExponentialDecay": lambda: schedules.ExponentialDecay(0.05, 2, 0.5),
    "ExponentialDecay staircase": lambda: schedules.ExponentialDecay(0.05, 2, 0.5, staircase=True),
    "PiecewiseConstantDecay": lambda: schedules.PiecewiseConstantDecay([0, 2], [0.05, 0.1, 0.02]),
    "PolynomialDecay": lambda: schedules.PolynomialDecay(0.05, 3, 0.01, power=2.0),
    "InverseTimeDecay": lambda: schedules.InverseTimeDecay(0.05, 2, 0.5),
    "CosineDecay": lambda: schedules.CosineDecay(0.01, 4, warmup_target=0.1, warmup_steps=2),
    "CosineDecayRestarts": lambda: schedules.CosineDecayRestarts(0.05, 2, m_mul=0.5),
}


def configs():
    def of(module, names):
        keras.backend.clear_session()
        return {name: getattr(module, name)().get_config() for name in names}

    return {
        "loss": of(losses, LOSSES),
        "metric": of(metrics, METRICS),
        "optimizer": of(optimizers, OPTIMIZERS),
        "schedule": {name: make().get_config() for name, make in SCHEDULES.items()},
    }


def numbers(shape, k, m, s):
    count = int(np.prod(shape))
    values = [(((i * k) % m) - m // 2) / s for i in range(count)]
    return np.array(values, "float32").reshape(shape)


def flat(array):
    array = np.asarray(array)
    return {"shape": list(array.shape), "data": [float(x) for x in array.ravel()]}


X = numbers((6, 4), 7, 13, 6.0)
Y = np.array([0, 2, 1, 1, 0, 2])
WEIGHTS = [
    numbers((4, 5), 5, 11, 10.0), numbers((5,), 3, 7, 10.0),
    numbers((5, 3), 7, 17, 10.0), numbers((3,), 2, 5, 10.0),
]


def train(name, optimizer, epochs=5):
    model = keras.Sequential([
        keras.Input((4,)),
        keras.layers.Dense(5, "tanh"),
        keras.layers.Dense(3, "softmax"),
    ])
    model.set_weights(WEIGHTS)
    config = optimizers.serialize(optimizer)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    if isinstance(optimizer, optimizers.ScheduleFreeAdamW):
        # What compiled training builds by itself begins with zeros, and so do the weights then.
        optimizer.build(model.trainable_variables)
    history = model.fit(X, Y, batch_size=6, epochs=epochs, shuffle=False, verbose=0)
    return {
        "name": name,
        "optimizer": config,
        "history": history.history,
        "weights": [flat(w) for w in model.get_weights()],
    }


def trainings():
    yield from (train(name, getattr(optimizers, name)()) for name in OPTIMIZERS)
    yield from (train("SGD " + name, optimizers.SGD(make())) for name, make in SCHEDULES.items())
    yield train("RMSprop centered", optimizers.RMSprop(0.01, momentum=0.9, centered=True))
    yield train("SGD nesterov", optimizers.SGD(0.1, momentum=0.9, nesterov=True))
    yield train("Adam amsgrad decay", optimizers.Adam(0.01, amsgrad=True, weight_decay=0.1))
    yield train("Adam global clip", optimizers.Adam(0.01, global_clipnorm=0.05))
    yield train("SGD ema", optimizers.SGD(0.1, use_ema=True, ema_momentum=0.8))
    yield train("Nadam ema overwrite", optimizers.Nadam(
        0.01, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=2))
    yield train("Nadam accumulation", optimizers.Nadam(
        SCHEDULES["CosineDecay"](), gradient_accumulation_steps=2, clipnorm=0.1))
    yield train("AdamW everything", optimizers.AdamW(
        0.01, weight_decay=0.05, loss_scale_factor=8.0, gradient_accumulation_steps=2,
        use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=2, clipvalue=0.1))


def document(configs, trainings):
    return {
        "keras": keras.__version__,
        "configs": configs,
        "x": flat(X),
        "y": flat(Y),
        "start": [flat(w) for w in WEIGHTS],
        "trainings": list(trainings),
    }


if __name__ == "__main__":
    json.dump(document(configs(), trainings()), sys.stdout, indent=1)
    print()
