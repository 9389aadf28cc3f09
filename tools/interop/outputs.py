"""Goes on training models of several outputs from files that Kerava wrote, settings included.

Usage: outputs.py GOLDEN FOLDER

GOLDEN is what tools/golden/outputs.py wrote. FOLDER holds NAME.keras for each of its cases, and
gets answers.json: what Keras' evaluate says, and the history of one more epoch.
"""

import gzip
import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np


def arrays(values):
    return {
        name: np.array(one["data"], "int32" if one["whole"] else "float32").reshape(one["shape"])
        for name, one in values.items()
    }


def structured(model, values):
    """As Keras takes what is given by name."""
    if isinstance(model.output, dict):
        return values
    chosen = [values[name] for name in model.output_names]
    return chosen[0] if len(chosen) == 1 else chosen


def numbers(logs):
    return {name: np.asarray(value, "float64").reshape(-1).tolist() for name, value in logs.items()}


def answer(case, file):
    model = keras.models.load_model(file)
    y = structured(model, arrays(case["labels"]))
    x = arrays(case["inputs"])
    if not isinstance(model.input, dict):
        x = [x[one.name] for one in model.inputs]
        x = x[0] if len(x) == 1 else x
    figures = model.evaluate(x, y, batch_size=4, verbose=0, return_dict=True)
    fit = model.fit(x, y, batch_size=4, shuffle=False, verbose=0)
    return {"evaluation": numbers(figures), "history": numbers(fit.history)}


if __name__ == "__main__":
    cases = json.loads(gzip.open(sys.argv[1]).read())["cases"]
    folder = pathlib.Path(sys.argv[2])
    answers = {case["name"]: answer(case, folder / (case["name"] + ".keras")) for case in cases}
    (folder / "answers.json").write_text(json.dumps(answers))
