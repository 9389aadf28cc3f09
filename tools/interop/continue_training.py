"""Loads .keras archives in Python's Keras, tries them, trains them further and saves them again.

Usage: continue_training.py (ARCHIVE FOLDER)...

FOLDER holds x.npy and, if the model is to be trained, y.npy and a file named steps with the number
of steps. A file custom.py in it is run before the archive is loaded. FOLDER gets:
  predictions.npy   of x, before training
  weights_I.npy     all weights in Keras' order, before training
  slots_I.npy       all variables of the optimizer, before training
  losses.npy        the loss before each step
  trained.keras     the model after training
  trained_predictions.npy
  report.json       names, iterations, warnings
"""

import json
import os
import runpy
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np


def check(archive, folder):
    def at(name):
        return os.path.join(folder, name)

    if os.path.exists(at("custom.py")):
        runpy.run_path(at("custom.py"))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = keras.models.load_model(archive)
    report = {
        "keras": keras.__version__,
        "class": type(model).__name__,
        "layers": [layer.name for layer in model.layers],
        "weights": [weight.path for weight in model.weights],
        "compiled": bool(model.compiled),
        "warnings": [str(warning.message) for warning in caught],
    }
    x = np.load(at("x.npy"))
    np.save(at("predictions.npy"), np.asarray(model.predict(x, verbose=0), np.float32))
    for i, weight in enumerate(model.weights):
        np.save(at(f"weights_{i}.npy"), np.asarray(weight))
    if model.compiled:
        report["optimizer"] = type(model.optimizer).__name__
        report["iterations"] = int(model.optimizer.iterations)
        report["slots"] = [variable.path for variable in model.optimizer.variables]
        for i, variable in enumerate(model.optimizer.variables):
            np.save(at(f"slots_{i}.npy"), np.asarray(variable))
    if os.path.exists(at("steps")):
        with open(at("steps"), encoding="utf-8") as file:
            steps = int(file.read())
        y = np.load(at("y.npy"))
        losses = []
        for _ in range(steps):
            figures = model.train_on_batch(x, y)
            losses.append(figures[0] if isinstance(figures, list) else figures)
            model.reset_metrics()
        np.save(at("losses.npy"), np.asarray(losses, np.float32))
        predictions = model.predict(x, verbose=0)
        np.save(at("trained_predictions.npy"), np.asarray(predictions, np.float32))
        report["iterations_after"] = int(model.optimizer.iterations)
        model.save(at("trained.keras"))
    with open(at("report.json"), "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)


if __name__ == "__main__":
    for archive, folder in zip(sys.argv[1::2], sys.argv[2::2]):
        check(archive, folder)
