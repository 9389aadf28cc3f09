"""Writes src/test/resources/golden/mixing.json: what Keras' MixUp and CutMix make of given draws.

The layers are called as a user calls them; only the random functions below them give numbers that
are written down here. Run: python tools/golden/mixing.py
"""

import json
import os
import pathlib
from unittest import mock

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
from keras.src.backend.tensorflow import random

FILE = pathlib.Path(__file__).parents[2] / "src/test/resources/golden/mixing.json"
SHAPE = (5, 6, 7, 3)
IMAGES = (np.arange(np.prod(SHAPE)) * 37 % 101 / 16 - 3).astype("float32").reshape(SHAPE)
HARD = np.eye(4, dtype="float32")[[0, 2, 1, 3, 2]]
SOFT = np.array([[0.9, 0.1, 0, 0], [0, 0.5, 0.25, 0.25], [0, 0, 1, 0], [0.25] * 4, [0, 0.75, 0, 0.25]], "float32")

# A share is of the sample itself, top and left are drawn from 0 to 1 for the corner of the
# rectangle. Shares of 0 and 1 and rectangles that end between two pixels are among them.
CASES = [
    {"class_name": "MixUp", "targets": HARD, "partners": [3, 0, 4, 1, 2],
     "share": [0.3, 0.875, 0, 1, 0.5]},
    {"class_name": "MixUp", "targets": SOFT, "partners": [0, 2, 1, 4, 3],
     "share": [0.6, 0.01, 0.99, 0.123456, 0.75]},
    {"class_name": "CutMix", "targets": HARD, "partners": [3, 0, 4, 1, 2],
     "share": [0.3, 0.875, 0.6, 0.1, 0.5], "top": [0.1, 0.9, 0.5, 0.33, 0.7], "left": [0.8, 0.25, 0.5, 0.66, 0.05]},
    {"class_name": "CutMix", "targets": SOFT, "partners": [4, 1, 3, 0, 2],
     "share": [0, 1, 0.99, 0.75, 0.25], "top": [0.4, 0.4, 0.9999, 0, 0], "left": [0.7, 0.7, 0, 0, 0.9999]},
]


def called(case):
    """The layer's output when chance is what the case says."""
    number = iter([np.float32(0.5), *(np.float32(case.get(axis)) for axis in ("left", "top"))])
    drawn = {
        "shuffle": lambda x, axis=0, seed=None: np.array(case["partners"]),
        "beta": lambda shape, alpha, beta, dtype=None, seed=None: np.float32(case["share"]),
        "uniform": lambda shape, minval=0, maxval=1, dtype=None, seed=None: next(number),
    }
    with mock.patch.multiple(random, **drawn):
        return getattr(keras.layers, case["class_name"])()(
            {"images": IMAGES, "labels": case["targets"]}, training=True)


def rows(array):
    """The shortest numbers that are the same floats, a line for each sample."""
    lines = (", ".join(str(number).removesuffix(".0") for number in sample.ravel()) for sample in np.asarray(array))
    return "[\n" + ",\n".join(lines) + "]"


def fields(case):
    mixed = called(case)
    for name, value in case.items():
        yield name, rows(value) if name == "targets" else json.dumps(value)
    yield "mixed_images", rows(mixed["images"])
    yield "mixed_targets", rows(mixed["labels"])


def main():
    cases = ("{\n" + ",\n".join(f'"{name}": {value}' for name, value in fields(case)) + "}" for case in CASES)
    FILE.write_text(
        f'{{"keras": "{keras.__version__}",\n"shape": {list(SHAPE)},\n"images": {rows(IMAGES)},\n"cases": [\n'
        + ",\n".join(cases) + "]}\n")


if __name__ == "__main__":
    main()
