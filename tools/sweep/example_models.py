"""Writes small models in the manner of Keras' example pages, each with what Keras makes of it.

    python tools/sweep/example_models.py FOLDER [--only REGEX] [--again]
    python tools/sweep/example_models.py FOLDER [--only REGEX] --check
    python tools/sweep/example_models.py src/test/resources/examples --only REGEX --small

Needs the versions in tools/requirements.txt. For each model that is not there yet a folder
FOLDER/NAME:

    model.keras, model.h5   the model, compiled as its page does
    export                  Keras' SavedModel of it
    train.keras             the same without randomness, where there is some in training
    trained.keras           that after five steps on one batch
    about.json              inputs, what `predict` gives, targets, and of those steps the losses and
                            metrics, then what `evaluate` gives in batches of 3; or the word of which
                            a refusal has to speak

`--check` looks at what Java wrote of each, FOLDER/NAME/java/back.keras and java/export, and says of
which Keras and TensorFlow predict something else than of their own; it fails if there are some.

`--small` leaves out what Kerava's own tests do not need, and packs the archives.

Arrays in about.json are texts, or numbers as little-endian bytes in base64.
"""

import argparse
import base64
import importlib
import json
import os
import pathlib
import re
import shutil
import warnings
import zipfile
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
warnings.filterwarnings("ignore")

import absl.logging
import keras
import numpy as np
import tensorflow as tf

from examples import CASES, ROWS, Drawing

for module in "applications networks own pictures refusals series sound tables text".split():
    importlib.import_module(f"examples.{module}")

STEPS = 5
absl.logging.set_verbosity("error")
tf.get_logger().setLevel("ERROR")


def array(values):
    values = np.asarray(values)
    about = {"type": str(values.dtype), "shape": list(values.shape)}
    if values.dtype == object or values.dtype.kind == "U":
        return {**about, "type": "string", "texts": [str(v) for v in values.flatten()]}
    little = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"))
    return {**about, "base64": base64.b64encode(little.tobytes()).decode()}


def drawn(name, quiet):
    """A case whose weights are all random, and whether it is random in training."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    drawing = Drawing(zlib.crc32(name.encode()), quiet)
    case = CASES[name].make(drawing)
    r = np.random.RandomState(5)
    frozen = [layer for layer in case.model._flatten_layers() if type(layer).__name__ in ADAPTED]
    kept = {id(weight) for layer in frozen for weight in layer.weights}
    for weight in case.model.weights:
        if id(weight) in kept or not np.issubdtype(np.dtype(weight.dtype), np.floating):
            continue
        value = np.asarray(weight) + r.normal(scale=0.05, size=weight.shape)
        weight.assign(np.abs(value) + 0.5 if "variance" in weight.path else value)
    return case, drawing.random


ADAPTED = ("Normalization", "Discretization", "TextVectorization", "MelSpectrogram", "STFTSpectrogram")


def fed(values):
    """What Keras is given for arrays: texts are tensors."""
    def one(value):
        return tf.constant(value) if value.dtype == object else value

    return keras.tree.map_structure(one, values)


def ordered(names, values):
    """What belongs to each of some names, in their order."""
    if isinstance(values, dict):
        return [values[name] for name in names]
    return list(values) if isinstance(values, list) else [values]


def named(names, values):
    pairs = zip(names, ordered(names, values), strict=True)
    return [{"name": name, **array(value)} for name, value in pairs]


def input_names(model):
    return [tensor._keras_history[0].name for tensor in model.inputs]


def output_names(case):
    """The keys of outputs, where they have some, in Keras' order, else their names."""
    y = getattr(case.model, "_outputs_struct", None)
    if isinstance(y, dict):
        return keras.tree.flatten({key: key for key in y})
    return list(getattr(case.model, "output_names", None) or [case.model.layers[-1].name])


def write(folder, name):
    case, random = drawn(name, quiet=False)
    case.model.save(folder / "model.keras")
    about = {"name": name, "refused": CASES[name].refused}
    y = None
    if not about["refused"]:
        about["inputs"] = named(input_names(case.model), case.x)
        # Layers that keep a state would begin in the middle at a second call.
        y = case.model.predict(fed(case.x), batch_size=ROWS, verbose=0)
        about["outputs"] = named(output_names(case), y)
    failed = about["failed"] = {}
    for what, place in {"h5": folder / "model.h5", "export": folder / "export"}.items():
        try:
            old_format(case, place) if what == "h5" else exported(case, place, y)
        except Exception as e:
            failed[what] = " ".join(str(e).split())[:200]
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    if not about["refused"]:
        about["train"] = training(folder, name, case, random)
    (folder / "about.json").write_text(json.dumps(about))
    unsteady = about.get("train", {}).get("unsteadiness", 0)
    return [*([f"UNSTEADY {unsteady:.1e}"] if unsteady > 2e-5 else []), *([failed] if failed else [])]


def old_format(case, place):
    case.model.save(place)
    keras.models.load_model(place, compile=False)


def exported(case, place, predicted):
    """Writes Keras' SavedModel, unless it is another model than `predict` runs.

    So it is where a layer acts in training unless it is told otherwise: Keras exports it, and all
    that comes after it, as in training.
    """
    case.model.export(place, verbose=False)
    loaded = tf.saved_model.load(place)
    served = keras.tree.flatten(loaded.serve(keras.tree.map_structure(tf.constant, case.x)))
    wrong = apart("export", keras.tree.flatten(predicted), served) if predicted is not None else []
    if wrong:
        raise ValueError(f"Keras' own {wrong[0]}")


def training(folder, name, case, random):
    weights = case.model.get_weights()
    case, _ = drawn(name, quiet=True)
    model = case.model
    model.set_weights(weights)
    about = {"file": "train.keras" if random else "model.keras", "steps": STEPS}
    if random:
        model.save(folder / "train.keras")
    # Files do not hold all: Keras writes no delta of Huber, no axis of CosineSimilarity.
    case.model = model = keras.models.load_model(folder / about["file"])
    names = output_names(case)
    about["targets"] = named(names, case.y)
    if case.sample_weight is not None:
        about["sample_weight"] = array(case.sample_weight)
    if case.class_weight is not None:
        about["class_weight"] = {str(k): v for k, v in case.class_weight.items()}
    history = fit(case).history
    about["history"] = {key: plain(values) for key, values in history.items()}
    if not any(getattr(layer, "stateful", False) for layer in model.layers):
        told = model.evaluate(fed(case.x), case.y, batch_size=3, return_dict=True, verbose=0)
        about["evaluation"] = {key: plain(value) for key, value in told.items()}
    model.save(folder / "trained.keras")
    return {**about, **steadiness(folder / about["file"], case, model, history)}


def steadiness(file, case, model, history):
    """How much other the losses become if each weight is changed in its seventh digit.

    Where that is more than a little, no other order of additions could give the same losses, and
    the example has to be trained otherwise. Of weights whose gradient is nothing but rounding, such
    as a bias before a normalization, Adam makes steps of any sign: those are named, as no two
    programs agree on them.
    """
    r = np.random.RandomState(7)
    case.model = keras.models.load_model(file)
    case.model.set_weights([changed(r, value) for value in case.model.get_weights()])
    again = fit(case).history["loss"]
    loose = [
        mine.path
        for mine, other in zip(model.weights, case.model.weights, strict=True)
        if np.issubdtype(np.dtype(mine.dtype), np.floating)
        and np.max(np.abs(np.asarray(mine) - np.asarray(other)), initial=0) > 2e-5
    ]
    unsteady = float(np.max(np.abs(np.array(again) / history["loss"] - 1)))
    return {"unsteadiness": unsteady, "loose": loose}


def changed(r, value):
    floating = np.issubdtype(value.dtype, np.floating)
    return value * (1 + 1e-6 * r.uniform(-1, 1, value.shape)) if floating else value


def fit(case):
    return case.model.fit(
        fed(case.x),
        case.y,
        batch_size=ROWS,
        epochs=STEPS,
        shuffle=False,
        sample_weight=case.sample_weight,
        class_weight=case.class_weight,
        verbose=0,
    )


def plain(value):
    return np.asarray(value, dtype="float64").tolist()


def values(json_array):
    if "texts" in json_array:
        return np.array(json_array["texts"], dtype=object).reshape(json_array["shape"])
    data = np.frombuffer(base64.b64decode(json_array["base64"]), json_array["type"])
    return data.reshape(json_array["shape"])


def check(folder):
    """What is wrong with what Java wrote, or nothing, and how far its numbers are from Keras'."""
    about = json.loads((folder / "about.json").read_text())
    x = {one["name"]: tf.constant(values(one)) for one in about["inputs"]}
    wanted = [values(one) for one in about["outputs"]]
    wrong, told = [], []
    if (folder / "java" / "back.keras").exists():
        keras.backend.clear_session()
        model = keras.models.load_model(folder / "java" / "back.keras")
        struct = getattr(model, "_inputs_struct", None)
        flat = [x[name] for name in input_names(model)]
        packed = flat[0] if struct is None else keras.tree.pack_sequence_as(struct, flat)
        got = keras.tree.flatten(model.predict(packed, batch_size=ROWS, verbose=0))
        wrong += apart("back.keras", wanted, got)
        told += [f"back.keras {most(wanted, got):.0e}"]
    if (folder / "java" / "export").exists():
        served = tf.saved_model.load(folder / "java" / "export" / "1")
        call = served.signatures["serving_default"]
        takes = call.structured_input_signature[1]
        fed_by_name = x if len(x) > 1 else {next(iter(takes)): next(iter(x.values()))}
        got = call(**fed_by_name)
        names = [one["name"] for one in about["outputs"]]
        # Keras numbers the outputs that have no keys.
        each = [got.get(name, got.get(f"output_{i}")) for i, name in enumerate(names)]
        ordered = each if len(names) > 1 else list(got.values())
        wrong += apart("export", wanted, ordered)
        told += [f"export {most(wanted, ordered):.0e}"]
    return wrong, told


def apart(what, wanted, got):
    for i, (a, b) in enumerate(zip(wanted, got, strict=True)):
        worst = most([a], [b])
        if not worst <= 1e-5:
            return [f"{what}: output {i} differs by {worst:.1e}"]
    return []


def most(wanted, got):
    pairs = [(a, np.asarray(b)) for a, b in zip(wanted, got, strict=True)]
    return max(np.max(np.abs(a - b) / np.maximum(1, np.abs(a)), initial=0) for a, b in pairs)


def pack(folder):
    shutil.rmtree(folder / "export", ignore_errors=True)
    (folder / "model.h5").unlink(missing_ok=True)
    for file in folder.glob("*.keras"):
        with zipfile.ZipFile(file) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, data in entries.items():
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", default="", help="a regular expression for names")
    parser.add_argument("--again", action="store_true", help="models that are there already too")
    parser.add_argument("--small", action="store_true", help="packed archives alone")
    parser.add_argument("--check", action="store_true", help="what Java wrote")
    options = parser.parse_args()
    names = [name for name in sorted(CASES) if re.search(options.only, name)]
    broken = []
    for name in names:
        folder = options.folder / name
        try:
            if options.check:
                there = (folder / "java").exists() and not CASES[name].refused
                wrong, told = check(folder) if there else ([], [])
                broken += [name] if wrong else []
                print(name, *told, *wrong, flush=True)
            elif options.again or not (folder / "about.json").exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                print(name, *write(folder, name), flush=True)
                if options.small:
                    pack(folder)
        except Exception as e:
            broken.append(name)
            print(f"{name}: {type(e).__name__}: {str(e)[:600]}", flush=True)
    if broken:
        raise SystemExit(f"Not as they should be: {broken}")


if __name__ == "__main__":
    main()
