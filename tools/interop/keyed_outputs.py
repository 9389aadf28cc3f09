"""Calls what gives its outputs under keys: Keras' archives, and SavedModels by their signature and by call.

Usage: keyed_outputs.py (FILE-OR-FOLDER ANSWERS)...

ANSWERS holds x.npy. It gets KEY.npy for each output.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np
import tensorflow as tf


def check(subject, answers):
    x = np.load(os.path.join(answers, "x.npy"))
    if subject.endswith(".keras"):
        outputs = keras.models.load_model(subject)(x)
    else:
        model = tf.saved_model.load(subject)
        signature = model.signatures["serving_default"]
        (name,) = signature.structured_input_signature[1]
        outputs = signature(**{name: tf.constant(x)})
        called = model(x)
        assert sorted(called) == sorted(outputs), called
        for key, value in called.items():
            np.testing.assert_array_equal(value, outputs[key])
    assert isinstance(outputs, dict), outputs
    for key, value in outputs.items():
        np.save(os.path.join(answers, key + ".npy"), np.asarray(value))


if __name__ == "__main__":
    for subject, answers in zip(sys.argv[1::2], sys.argv[2::2]):
        check(subject, answers)
