"""Loads a SavedModel written by Kerava as any Python program would, and says what it found.

Usage: check_savedmodel.py VERSION_FOLDER FOLDER

FOLDER holds x.npy, a batch, and gets report.json.
"""

import json
import os
import subprocess
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.saved_model import loader_impl


def variables(values):
    return [[v.name, v.shape.as_list(), bool(v.trainable)] for v in values]


def main(version, folder):
    model = tf.saved_model.load(version)
    x = np.load(os.path.join(folder, "x.npy"))
    found = {
        "type": type(model).__name__,
        "variables": variables(model.variables),
        "trainable": variables(model.trainable_variables),
        "non_trainable": variables(model.non_trainable_variables),
        "signatures": sorted(model.signatures),
        "tensorflow_version": model.tensorflow_version,
    }
    found["call"] = model(x).numpy().ravel().tolist()
    found["call_false"] = model(x, training=False).numpy().ravel().tolist()
    found["serve"] = model.serve(x).numpy().ravel().tolist()
    signature = model.signatures["serving_default"]
    keyword = list(signature.structured_input_signature[1])[0]
    found["input"] = keyword
    found["signature"] = {
        name: value.numpy().ravel().tolist()
        for name, value in signature(**{keyword: tf.constant(x)}).items()
    }
    found["fingerprint"] = str(tf.saved_model.experimental.read_fingerprint(version).singleprint())
    layer = keras.layers.TFSMLayer(version, call_endpoint="serve")
    found["tfsm"] = layer(x).numpy().ravel().tolist()
    found["tfsm_trainable"] = len(layer.trainable_weights)
    found["classes"] = classes(model, x)
    found["keys"] = [
        name for name, _ in tf.train.list_variables(os.path.join(version, "variables", "variables"))
    ]
    found["examples"] = examples(model, x)
    found["lite"] = lite(version, keyword, x)
    found["cli"] = subprocess.run(
        [sys.executable, "-m", "tensorflow.python.tools.saved_model_cli", "show", "--all"]
        + ["--dir", version],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found["losses"] = train(model, x)
    found["trained_twice"] = [
        model(x, training=True).numpy().ravel().tolist() for _ in range(2)
    ]
    found["moved"] = {v.name: v.numpy().ravel().tolist() for v in model.non_trainable_variables}
    with open(os.path.join(folder, "report.json"), "w") as report:
        json.dump(found, report)


def classes(model, x):
    if "classify" not in model.signatures:
        return None
    signature = model.signatures["classify"]
    keyword = list(signature.structured_input_signature[1])[0]
    answer = signature(**{keyword: tf.constant(x)})
    with open(model.class_names.asset_path.numpy()) as names:
        return {
            "best": [row[0].decode() for row in answer["classes"].numpy()],
            "asset": names.read().split(),
        }


def examples(model, x):
    """The classify request of TensorFlow Serving, fed as the server feeds it; x is of floats."""
    if "classify_examples" not in model.signatures:
        return None
    name = list(model.signatures["classify"].structured_input_signature[1])[0]
    image = x.ndim == 4
    pixels = np.rint(np.clip(x * 255, 0, 255)).astype(np.uint8)
    rows = []
    for values, row in zip(x, pixels):
        if image:
            feature = tf.train.Feature(bytes_list=tf.train.BytesList(value=[row.tobytes()]))
        else:
            feature = tf.train.Feature(float_list=tf.train.FloatList(value=values.ravel()))
        features = tf.train.Features(feature={"image_bytes" if image else name: feature})
        rows.append(tf.train.Example(features=features).SerializeToString())
    answer = model.signatures["classify_examples"](inputs=tf.constant(rows))
    expected = model(pixels.astype(np.float32) / np.float32(255) if image else x).numpy()
    return {
        "classes": [[name.decode() for name in row] for row in answer["classes"].numpy()],
        "scores": answer["scores"].numpy().tolist(),
        "expected": expected.tolist(),
        "shapes": [answer[name].shape.as_list() for name in ("classes", "scores")],
    }


def saved_nodes(version):
    """The operations of the graph and of its functions."""
    graph = loader_impl.parse_saved_model(version).meta_graphs[0].graph_def
    return [*graph.node, *(node for f in graph.library.function for node in f.node_def)]


def lite(version, keyword, x):
    """What LiteRT, which has kernels of its own, makes of it; it has none for loops over batches of any size."""
    if any(node.op.endswith("While") for node in saved_nodes(version)):
        return None
    converter = tf.lite.TFLiteConverter.from_saved_model(
        version, signature_keys=["serving_default"]
    )
    interpreter = tf.lite.Interpreter(model_content=converter.convert())
    runner = interpreter.get_signature_runner("serving_default")
    return runner(**{keyword: x})["output_0"].ravel().tolist()


def train(model, x, steps=20):
    """Plain gradient descent on made-up labels; a model that can be trained gets better at them."""
    outputs = model(x).shape[-1]
    labels = tf.one_hot(np.arange(len(x)) % outputs, outputs)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            probabilities = model(x, training=True)
            loss = -tf.reduce_mean(
                tf.reduce_sum(labels * tf.math.log(probabilities + 1e-7), axis=-1)
            )
        gradients = tape.gradient(loss, model.trainable_variables)
        for variable, gradient in zip(model.trainable_variables, gradients):
            variable.assign_sub(0.1 * tf.convert_to_tensor(gradient))
        losses.append(float(loss))
    return losses


if __name__ == "__main__":
    main(*sys.argv[1:])
