"""Writes src/test/resources/golden/losses.json.gz: Keras' losses of images, rows of labels, pairs.

    python tools/golden/more_losses.py src/test/resources/golden
"""

import sys

import keras
import numpy as np
import tensorflow as tf
from files import write
from keras import losses
from losses_and_metrics import (
    BITS, CHANCES, CLASSES, GUESSES, LOGITS, PROBABILITIES, SAMPLE_WEIGHT, TARGETS, distributions,
    dump, named, scattered,
)

SIGNS = 2 * BITS - 1
IMAGES = scattered((4, 3, 2, 2), 5, 19, 20)
MASKS = (scattered((4, 3, 2, 2), 7, 17, 17) > 0.5).astype("float32")
UNIT = GUESSES / np.linalg.norm(GUESSES, axis=-1, keepdims=True)
MAPS = scattered((4, 2, 3), 3, 7, 1).astype("int32") % 4
MAP_CHANCES = distributions(scattered((4, 2, 3, 4), 5, 23, 23))
MAP_WEIGHTS = scattered((4, 2, 3), 5, 11, 5)
SPEECH = scattered((4, 6, 5), 11, 31, 6) - 2.5
ROWS = [
    [[1, 2, 3], [2, 0, 0], [4, 4, 0], [0, 0, 0]],
    [[1, 0, 2], [0, 0, 3], [3, 2, 1], [1, 1, 1]],
]
LONG = [[1, 1, 1, 1], [1, 2, 3, 4], [1, 0, 0, 0], [2, 2, 2, 0]]

CASES = [
    ("Hinge", {}, SIGNS, GUESSES),
    ("Hinge", {}, BITS, GUESSES),
    ("Hinge", {}, TARGETS, GUESSES),
    ("SquaredHinge", {}, BITS, GUESSES),
    ("SquaredHinge", {"reduction": "sum"}, SIGNS, GUESSES),
    ("MeanAbsolutePercentageError", {}, TARGETS, GUESSES),
    ("MeanAbsolutePercentageError", {}, BITS * 0.5, GUESSES),
    ("MeanSquaredLogarithmicError", {}, TARGETS, GUESSES),
    ("BinaryFocalCrossentropy", {}, BITS, CHANCES),
    ("BinaryFocalCrossentropy", {"from_logits": True, "gamma": 3.0}, BITS, LOGITS),
    ("BinaryFocalCrossentropy",
     {"apply_class_balancing": True, "alpha": 0.3, "label_smoothing": 0.1, "axis": 0},
     BITS, CHANCES),
    ("CategoricalGeneralizedCrossEntropy", {}, CLASSES, PROBABILITIES),
    ("CategoricalGeneralizedCrossEntropy", {"q": 0.8}, CLASSES, PROBABILITIES),
    ("Dice", {}, MASKS, IMAGES),
    ("Dice", {"axis": [1, 2, 3]}, MASKS, IMAGES),
    ("Dice", {"axis": -1, "reduction": "sum"}, BITS, CHANCES),
    ("Dice", {"reduction": "mean_with_sample_weight"}, MASKS, IMAGES),
    ("Dice", {"reduction": "sum"}, BITS, CHANCES),
    ("Tversky", {}, MASKS, IMAGES),
    ("Tversky", {"alpha": 0.3, "beta": 0.7, "axis": [1, 2, 3]}, MASKS, IMAGES),
    ("Tversky", {"alpha": 0.2, "beta": 0.5, "axis": 1}, BITS, CHANCES),
    ("Circle", {}, np.array([3, 7, 3, 7]), UNIT),
    ("Circle", {"gamma": 20.0, "margin": 0.25, "remove_diagonal": False},
     np.array([3, 7, 3, 1]), UNIT),
    ("Circle", {"reduction": "sum"}, np.array([3, 7, 3, 1]), UNIT),
    ("Circle", {"gamma": 10.0}, np.array([3, 7, 3, 1]), UNIT),
    ("CTC", {}, np.array(ROWS[0]), SPEECH),
    ("CTC", {}, np.array(ROWS[1]), SPEECH),
    ("CTC", {}, np.array(LONG), SPEECH),
    ("CTC", {"reduction": "sum"}, np.array(ROWS[0]), 60 * SPEECH),
    ("SparseCategoricalCrossentropy", {}, MAPS, MAP_CHANCES, MAP_WEIGHTS),
    ("SparseCategoricalCrossentropy", {"ignore_class": 2}, MAPS, MAP_CHANCES, MAP_WEIGHTS),
]


def case(class_name, config, y_true, y_pred, weights=SAMPLE_WEIGHT):
    loss = getattr(losses, class_name)(**config)
    y_pred = np.asarray(y_pred, "float32")
    # One loss along the batch has no place for the weights of samples.
    weights = np.ones(1, "float32") if 0 in np.ravel(config.get("axis", 1)) else weights
    x = tf.constant(y_pred)
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = loss(y_true, x)
    return {
        **named("loss", class_name, config),
        "written": loss.get_config(),
        "reduction": loss.reduction,
        "y_true": dump(y_true),
        "y_pred": dump(y_pred),
        "sample_weight": dump(weights),
        "value": dump(value),
        "value_weighted": dump(loss(y_true, y_pred, weights)),
        "grad": dump(tape.gradient(value, x)),
    }


if __name__ == "__main__":
    write(sys.argv[1], "losses.json.gz",
          {"keras": keras.__version__, "cases": [case(*each) for each in CASES]})
