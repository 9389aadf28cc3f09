"""Writes src/test/resources/golden/initializers.json: what Keras' initializers draw, and from where.

Numbers of chance cannot be compared, so the random functions below the initializers only note what
they are asked for; Orthogonal, which computes with its draw, is given one. Run:
python tools/golden/initializers.py
"""

import contextlib
import json
import os
import pathlib
from unittest import mock

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
from keras import initializers as I
from keras.src.backend.tensorflow import random

FILE = pathlib.Path(__file__).parents[2] / "src/test/resources/golden/initializers.json"
KERNEL, MATRIX = (5, 5, 40, 60), (300, 200)
SCALED = [I.GlorotUniform, I.GlorotNormal, I.HeUniform, I.HeNormal, I.LecunUniform, I.LecunNormal]
DRAWING = [
    *(cls() for cls in SCALED),
    I.VarianceScaling(),
    I.VarianceScaling(3.0, "fan_out", "uniform"),
    I.VarianceScaling(0.5, "fan_avg", "untruncated_normal"),
    I.RandomUniform(),
    I.RandomUniform(1.0, 3.0),
    I.RandomNormal(),
    I.RandomNormal(-1.0, 2.0),
    I.TruncatedNormal(),
    I.TruncatedNormal(1.0, 2.0),
]
CONSTANT = [I.Zeros(), I.Ones(), I.Constant(), I.Constant(-0.75), I.Identity()]


def dump(array):
    """The shortest numbers that are the same floats."""
    array = np.asarray(array, "float32")
    return {"shape": list(array.shape), "data": [float(str(number)) for number in array.ravel()]}


def case(initializer, **more):
    return {"class_name": type(initializer).__name__, "config": initializer.get_config(), **more}


@contextlib.contextmanager
def noted():
    calls = []

    def noting(name):
        return lambda shape, dtype=None, seed=None, **range_: calls.append({"distribution": name, **range_})

    with mock.patch.multiple(random, **{name: noting(name) for name in ("uniform", "normal", "truncated_normal")}):
        yield calls


def drawing():
    for initializer in DRAWING:
        for shape in (KERNEL, MATRIX):
            with noted() as calls:
                initializer(shape)
            (call,) = calls
            yield case(initializer, shape=list(shape), drawn=call)


def constant():
    for initializer in CONSTANT:
        for shape in ((3, 3), (2, 4)):
            yield case(initializer, output=dump(initializer(shape)))


def orthogonal():
    for gain, shape in ((1.0, (4, 3)), (0.5, (2, 5)), (1.5, (2, 2, 1, 3))):
        columns, rows = shape[-1], int(np.prod(shape[:-1]))
        tall = (max(rows, columns), min(rows, columns))
        draw = (np.arange(np.prod(tall)) * 7 % 17 / 8 - 1).astype("float32").reshape(tall)
        with mock.patch.object(random, "normal", lambda asked, dtype=None, seed=None: draw.reshape(asked)):
            yield case(I.Orthogonal(gain), draw=dump(draw), output=dump(I.Orthogonal(gain)(shape)))


def main():
    parts = {"drawing": drawing(), "constant": constant(), "orthogonal": orthogonal()}
    text = (f'"{name}": [\n' + ",\n".join(json.dumps(each) for each in cases) + "]" for name, cases in parts.items())
    FILE.write_text(f'{{"keras": "{keras.__version__}",\n' + ",\n".join(text) + "}\n")


if __name__ == "__main__":
    main()
