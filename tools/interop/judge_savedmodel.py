"""Loads a SavedModel written by Kerava as any Python program would, and says what it found.

usage: judge_savedmodel.py VERSION_FOLDER INPUT.npy

Prints one JSON object to standard output.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np
import tensorflow as tf


def variables(values):
    return [[v.name, v.shape.as_list(), bool(v.trainable)] for v in values]


def main(folder, inputs):
    model = tf.saved_model.load(folder)
    x = np.load(inputs)
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
    found["losses"] = train(model, x)
    found["trained_twice"] = [
        model(x, training=True).numpy().ravel().tolist() for _ in range(2)
    ]
    found["moved"] = {v.name: v.numpy().ravel().tolist() for v in model.non_trainable_variables}
    print(json.dumps(found))


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
            variable.assign_sub(0.1 * gradient)
        losses.append(float(loss))
    return losses


if __name__ == "__main__":
    main(*sys.argv[1:])
