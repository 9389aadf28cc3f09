"""Runs the signature serving_default of SavedModels, and trains them a step.

Usage: run_savedmodel.py (FOLDER ANSWERS)...

ANSWERS holds x.npy. It gets predictions.npy, and report.json with the number types of inputs,
outputs, variables and of the gradients of the sum of squares of the outputs.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np
import tensorflow as tf


def check(folder, answers):
    def at(name):
        return os.path.join(answers, name)

    model = tf.saved_model.load(folder)
    signature = model.signatures["serving_default"]
    x = tf.constant(np.load(at("x.npy")))
    (name,) = signature.structured_input_signature[1]
    (output,) = signature(**{name: x}).values()
    np.save(at("predictions.npy"), output.numpy())
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    report = {
        "input": signature.structured_input_signature[1][name].dtype.name,
        "output": output.dtype.name,
        "variables": sorted({variable.dtype.name for variable in model.variables}),
        "gradients": sorted({gradient.dtype.name for gradient in gradients}),
    }
    with open(at("report.json"), "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)


if __name__ == "__main__":
    for folder, answers in zip(sys.argv[1::2], sys.argv[2::2]):
        check(folder, answers)
