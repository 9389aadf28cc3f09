"""Says what Python makes of files of models with lookups.

    python tools/interop/lookups.py MODEL.keras FOLDER [MODEL.keras FOLDER ...]

FOLDER holds ask.json, the inputs and the expected outputs in the model's order, and may hold
exported, a SavedModel. Writes again.keras and report.json: what differed, by the way it was read.
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf


def array(one):
    return np.array(one["data"], dtype=object if one["dtype"] == "string" else one["dtype"]).reshape(one["shape"])


def differences(expected, got):
    found = []
    for i, (one, other) in enumerate(zip(expected, got, strict=True)):
        wanted, other = array(one), np.asarray(other)
        if one["dtype"] == "string":
            other = np.vectorize(bytes.decode, otypes=[object])(other)
        elif one["dtype"] != other.dtype.name:
            found.append(f"output {i}: {one['dtype']} and {other.dtype}")
        if wanted.shape != other.shape:
            found.append(f"output {i}: {wanted.shape} and {other.shape}")
        elif one["dtype"] == "float32":
            if not np.allclose(wanted, other, rtol=1e-5, atol=1e-5):
                found.append(f"output {i}: {np.abs(wanted - other).max()}")
        elif not (wanted == other).all():
            found.append(f"output {i}: {wanted.tolist()} and {other.tolist()}")
    return found


def check(path, folder):
    ask = json.loads((folder / "ask.json").read_text())
    inputs = [tf.constant(array(one), "string" if one["dtype"] == "string" else one["dtype"]) for one in ask["inputs"]]
    model = keras.saving.load_model(path)
    report = {"keras": differences(ask["outputs"], tf.nest.flatten(model(inputs)))}
    exported = folder / "exported"
    if exported.exists():
        named = dict(zip(ask["input_names"], inputs, strict=True))
        for tag, loaded in (("loaded", tf.saved_model.load(str(exported))), ("twice", tf.saved_model.load(str(exported)))):
            answers = loaded.signatures["serving_default"](**named)
            ordered = [answers[name] for name in ask["output_names"]]
            report[tag] = differences(ask["outputs"], ordered)
            structure = inputs if len(inputs) > 1 else inputs[0]
            called = tf.nest.flatten(loaded(structure, training=False))
            report[tag + "_called"] = differences(ask["outputs"], called)
        layer = keras.layers.TFSMLayer(str(exported), call_endpoint="serve")
        called = tf.nest.flatten(layer(inputs if len(inputs) > 1 else inputs[0]))
        report["layer"] = differences(ask["outputs"], called)
        again = folder / "saved_again"
        tf.saved_model.save(loaded, str(again), signatures=loaded.signatures)
        answers = tf.saved_model.load(str(again)).signatures["serving_default"](**named)
        report["saved_again"] = differences(ask["outputs"], [answers[name] for name in ask["output_names"]])
    model.save(folder / "again.keras")
    (folder / "report.json").write_text(json.dumps(report))


if __name__ == "__main__":
    for one, other in zip(sys.argv[1::2], sys.argv[2::2]):
        check(pathlib.Path(one), pathlib.Path(other))
