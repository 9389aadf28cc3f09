"""Loads a .keras archive in Python's Keras, tries it, trains it further and saves it again.

Usage: continue_training.py ARCHIVE FOLDER

FOLDER holds x.npy and, if the model is to be trained, y.npy and a file named steps with the number
of steps. It gets:
  predictions.npy   of x, before training
  weights_I.npy     all weights in Keras' order, before training
  slots_I.npy       all variables of the optimizer, before training
  losses.npy        the loss before each step
  trained.keras     the model after training
  report.json       names, iterations, warnings
"""

import json
import os
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np


def main(archive, folder):
    def at(name):
        return os.path.join(folder, name)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        custom = at("custom.py")
        if os.path.exists(custom):
            with open(custom) as code:
                exec(compile(code.read(), custom, "exec"), {})
        model = keras.models.load_model(archive)
    report = {
        "keras": keras.__version__,
        "class": type(model).__name__,
        "layers": [layer.name for layer in model.layers],
        "weights": [weight.path for weight in model.weights],
        "compiled": bool(model.compiled),
        "warnings": [str(warning.message) for warning in caught],
    }
    np.save(at("predictions.npy"), model.predict(np.load(at("x.npy")), verbose=0))
    for i, weight in enumerate(model.weights):
        np.save(at(f"weights_{i}.npy"), np.asarray(weight))
    if model.compiled:
        report["optimizer"] = type(model.optimizer).__name__
        report["iterations"] = int(model.optimizer.iterations)
        report["slots"] = [variable.path for variable in model.optimizer.variables]
        for i, variable in enumerate(model.optimizer.variables):
            np.save(at(f"slots_{i}.npy"), np.asarray(variable))
    if os.path.exists(at("steps")):
        with open(at("steps")) as steps:
            count = int(steps.read())
        x, y = np.load(at("x.npy")), np.load(at("y.npy"))
        losses = [model.train_on_batch(x, y) for _ in range(count)]
        losses = [loss[0] if isinstance(loss, list) else loss for loss in losses]
        np.save(at("losses.npy"), np.asarray(losses, np.float32))
        report["iterations_after"] = int(model.optimizer.iterations)
        np.save(at("trained_predictions.npy"), model.predict(x, verbose=0))
        model.save(at("trained.keras"))
    with open(at("report.json"), "w") as file:
        json.dump(report, file, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
