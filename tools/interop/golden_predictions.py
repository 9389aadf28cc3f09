"""Writes what Python's Keras predicts with models in files, for tests that run without Python.

Usage: golden_predictions.py OUTPUT.h5 MODEL...

OUTPUT.h5 gets a group a model, with the datasets x and y.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import h5py
import keras
import numpy as np


def main(output, files):
    with h5py.File(output, "w") as file:
        for name in files:
            model = keras.models.load_model(name)
            x = np.random.default_rng(7).random((4, *model.input_shape[1:]), np.float32)
            group = file.create_group(os.path.basename(name))
            group["x"] = x
            group["y"] = model.predict(x, verbose=0).astype(np.float32)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
