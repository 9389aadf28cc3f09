"""Loads .keras archives in Python's Keras, evaluates them with their metrics and saves them again.

Usage: evaluate_metrics.py (ARCHIVE FOLDER)...

FOLDER holds x.npy and y.npy. It gets report.json, all figures of `evaluate` by name, each a list,
and saved.keras, the model as Keras writes it.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np


def check(archive, folder):
    model = keras.models.load_model(archive)
    x, y = (np.load(os.path.join(folder, name)) for name in ("x.npy", "y.npy"))
    figures = model.evaluate(x, y, batch_size=7, verbose=0, return_dict=True)
    model.save(os.path.join(folder, "saved.keras"))
    with open(os.path.join(folder, "report.json"), "w", encoding="utf-8") as file:
        json.dump({name: np.asarray(value, "float64").ravel().tolist() for name, value in figures.items()}, file)


def main(arguments):
    for archive, folder in zip(arguments[::2], arguments[1::2]):
        check(archive, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
