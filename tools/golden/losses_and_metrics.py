"""Writes src/test/resources/golden/losses_and_metrics.json: what Keras' losses and metrics give.

Every class has a case, and a loss a gradient. Run: python tools/golden/losses_and_metrics.py
"""

import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf
from keras import losses, metrics

FILE = pathlib.Path(__file__).parents[2] / "src/test/resources/golden/losses_and_metrics.json"
SAMPLE_WEIGHT = np.array([1, 2, 0.5, 0], "float32")


def scattered(shape, multiplier, modulus, scale):
    """Numbers between 0 and modulus / scale that follow no order."""
    count = int(np.prod(shape))
    return ((np.arange(count) * multiplier % modulus + 1) / scale).astype("float32").reshape(shape)


def distributions(array):
    return (array / array.sum(-1, keepdims=True)).astype("float32")


CLASSES = np.array([1, 0, 3, 2], "float32")
HARD = np.eye(4, dtype="float32")[[1, 0, 3, 2]]
BITS = np.array([[1, 0, 1, 0], [0, 0, 1, 1], [1, 1, 1, 0], [0, 0, 0, 1]], "float32")
SOFT = distributions(scattered((4, 4), 7, 17, 17))
PROBABILITIES = distributions(scattered((4, 4), 5, 19, 19))
CHANCES = scattered((4, 4), 5, 19, 20)
LOGITS = scattered((4, 4), 5, 19, 4) - 2.4
TARGETS = scattered((4, 4), 3, 17, 8) - 1
GUESSES = scattered((4, 4), 11, 19, 8) - 1.2

CROSSENTROPIES = [
    ("SparseCategoricalCrossentropy", {}, CLASSES, PROBABILITIES),
    ("SparseCategoricalCrossentropy", {"from_logits": True}, CLASSES, LOGITS),
    ("CategoricalCrossentropy", {"label_smoothing": 0.1}, HARD, PROBABILITIES),
    ("CategoricalCrossentropy", {"from_logits": True, "label_smoothing": 0.1}, SOFT, LOGITS),
    ("BinaryCrossentropy", {"label_smoothing": 0.1}, BITS, CHANCES),
    ("BinaryCrossentropy", {"from_logits": True}, BITS, LOGITS),
]
DISTANCES = [
    ("KLDivergence", {}, SOFT, PROBABILITIES),
    ("Poisson", {}, TARGETS + 1, GUESSES + 2),
    ("MeanSquaredError", {}, TARGETS, GUESSES),
    ("MeanAbsoluteError", {}, TARGETS, GUESSES),
    ("CategoricalHinge", {}, HARD, GUESSES),
]
LOSSES = [
    *CROSSENTROPIES,
    *DISTANCES,
    ("SparseCategoricalCrossentropy", {"ignore_class": 3}, CLASSES, PROBABILITIES),
    ("CategoricalFocalCrossentropy", {}, HARD, PROBABILITIES),
    ("CategoricalFocalCrossentropy", {"alpha": 0.5, "gamma": 1.5, "label_smoothing": 0.1}, HARD, PROBABILITIES),
    ("CategoricalFocalCrossentropy", {"from_logits": True}, SOFT, LOGITS),
    ("Huber", {}, TARGETS, GUESSES),
    ("Huber", {"delta": 0.5}, TARGETS, GUESSES),
    ("LogCosh", {}, TARGETS, 8 * GUESSES),
    ("CosineSimilarity", {}, TARGETS, GUESSES),
]
METRICS = [
    *CROSSENTROPIES,
    *DISTANCES,
    ("Accuracy", {}, np.round(TARGETS), np.round(GUESSES)),
    ("SparseCategoricalAccuracy", {}, CLASSES, PROBABILITIES),
    ("CategoricalAccuracy", {}, SOFT, PROBABILITIES),
    ("BinaryAccuracy", {}, BITS, CHANCES),
    ("BinaryAccuracy", {"threshold": 0.7}, BITS, CHANCES),
    ("TopKCategoricalAccuracy", {"k": 2}, SOFT, PROBABILITIES),
    ("SparseTopKCategoricalAccuracy", {"k": 3}, CLASSES, PROBABILITIES),
    ("LogCoshError", {}, TARGETS, GUESSES),
    ("CosineSimilarity", {}, TARGETS, GUESSES),
]


def dump(array):
    """The shortest numbers that are the same floats."""
    array = np.asarray(array, "float32")
    return {"shape": list(array.shape), "data": [float(str(number)) for number in array.ravel()]}


def named(kind, class_name, config):
    arguments = ", ".join(f"{key} {value}" for key, value in config.items())
    return {"kind": kind, "name": f"{class_name}({arguments})", "class_name": class_name, "config": config}


def loss_case(class_name, config, y_true, y_pred):
    loss = getattr(losses, class_name)(**config)
    x = tf.constant(y_pred)
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = loss(y_true, x)
    return {
        **named("loss", class_name, config), "reduction": loss.reduction,
        "y_true": dump(y_true), "y_pred": dump(y_pred), "sample_weight": dump(SAMPLE_WEIGHT),
        "value": dump(value), "value_weighted": dump(loss(y_true, y_pred, SAMPLE_WEIGHT)),
        "grad": dump(tape.gradient(value, x)),
    }


def result(metric, *batch):
    metric.update_state(*batch)
    return float(str(np.float32(metric.result())))


def metric_case(class_name, config, y_true, y_pred):
    make = getattr(metrics, class_name)
    return {
        **named("metric", class_name, config),
        "y_true": dump(y_true), "y_pred": dump(y_pred), "sample_weight": dump(SAMPLE_WEIGHT),
        "value": result(make(**config), y_true, y_pred),
        "value_weighted": result(make(**config), y_true, y_pred, SAMPLE_WEIGHT),
    }


def lines(case):
    return "{" + ",\n".join(f'"{key}": {json.dumps(value)}' for key, value in case.items()) + "}"


def main():
    cases = [*(loss_case(*each) for each in LOSSES), *(metric_case(*each) for each in METRICS)]
    FILE.write_text(
        f'{{"keras": "{keras.__version__}",\n"cases": [\n' + ",\n".join(lines(case) for case in cases) + "]}\n")


if __name__ == "__main__":
    main()
