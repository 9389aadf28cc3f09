"""References what Java made of the models of several_make.py.

Called with SUBJECT FOLDER pairs: SUBJECT is a folder that several_make.py filled, to which Java added
copy.keras, from_h5.keras and own/1, a SavedModel, and FOLDER gets report.json: for each model what is wrong.
"""
import json
import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.filterwarnings("ignore")
import keras
import numpy as np
import tensorflow as tf


def differences(folder):
    with open(f"{folder}/names.json") as file:
        names = json.load(file)
    xs = [np.load(f"{folder}/x_{name}.npy") for name in names["inputs"]]
    ys = [np.load(f"{folder}/y_{name}.npy") for name in names["outputs"]]
    original = keras.models.load_model(f"{folder}/model.keras")
    wrong = []
    for file in ["copy.keras", "from_h5.keras"]:
        model = keras.models.load_model(f"{folder}/{file}")
        plain = lambda struct: keras.tree.map_structure(lambda x: x.name, struct)
        arranged = lambda struct: keras.tree.map_structure(lambda x: 0, struct)
        if plain(model._inputs_struct) != plain(original._inputs_struct):
            wrong.append(f"{file}: inputs {plain(model._inputs_struct)}, not {plain(original._inputs_struct)}")
        if arranged(model._outputs_struct) != arranged(original._outputs_struct):
            wrong.append(f"{file}: outputs {arranged(model._outputs_struct)}")
        y = model(keras.tree.pack_sequence_as(original._inputs_struct, xs), training=False)
        wrong += compared(file, names["outputs"], keras.tree.flatten(y), ys)
    loaded = tf.saved_model.load(f"{folder}/own/1")
    answers = loaded.signatures["serving_default"](**dict(zip(names["layers"], map(tf.constant, xs))))
    if sorted(answers) != sorted(names["outputs"]):
        wrong.append(f"own: outputs {sorted(answers)}, not {sorted(names['outputs'])}")
    else:
        wrong += compared("own", names["outputs"], [answers[name] for name in names["outputs"]], ys)
    called = loaded(keras.tree.pack_sequence_as(original._inputs_struct, list(map(tf.constant, xs))))
    wrong += compared("own, called", names["outputs"], keras.tree.flatten(called), ys)
    return wrong


def compared(where, names, found, wanted):
    if len(found) != len(wanted):
        return [f"{where}: {len(found)} outputs, not {len(wanted)}"]
    return [
        f"{where}: {name} is {np.abs(np.asarray(f) - w).max() if f.shape == w.shape else f.shape} away"
        for name, f, w in zip(names, found, wanted)
        if f.shape != w.shape or not np.abs(np.asarray(f) - w).max() <= 1e-5
    ]


for place in range(1, len(sys.argv), 2):
    subject, folder = sys.argv[place : place + 2]
    report = {name: differences(os.path.join(subject, name)) for name in sorted(os.listdir(subject))}
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/report.json", "w") as file:
        json.dump(report, file, indent=1)
