"""Makes the small SavedModels that are neither Keras' nor Kerava's, for the tests.

Usage: savedmodel_fixtures.py FOLDER

tf_module  a tf.Module with two signatures; "sum" takes two inputs, "scale" has a variable
tf_types   a tf.Module with signatures of many number types, one that mixes the rows of a call, and none
           that is called where none is named
tf1        a graph of TensorFlow 1 with a reference variable and no objects

For each folder NAME there that takes images, NAME.npy gets what its default signature gives for
two images whose i-th number is (7 i mod 29 - 14) / 29.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf


class Both(tf.Module):
    def __init__(self):
        super().__init__()
        self.factor = tf.Variable([1.0, 2.0, 3.0], name="factor")

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name="x")])
    def scale(self, x):
        return {"scaled": x * self.factor}

    @tf.function(
        input_signature=[
            tf.TensorSpec([None], tf.int64, name="a"),
            tf.TensorSpec([None], tf.int64, name="b"),
        ]
    )
    def sum(self, a, b):
        return {"sum": a + b}


class Types(tf.Module):
    @tf.function(
        input_signature=[
            tf.TensorSpec([None, 2], tf.float32, name="real"),
            tf.TensorSpec([None], tf.int32, name="whole"),
            tf.TensorSpec([None], tf.int64, name="long"),
            tf.TensorSpec([None], tf.uint8, name="byte"),
            tf.TensorSpec([None], tf.bool, name="truth"),
        ]
    )
    def all(self, real, whole, long, byte, truth):
        return {
            "real": real * 2.0,
            "whole": whole + 1,
            "long": long - 1,
            "byte": byte + tf.constant(1, tf.uint8),
            "truth": tf.logical_not(truth),
        }

    @tf.function(input_signature=[tf.TensorSpec([None, 1], tf.float32, name="x")])
    def running(self, x):
        return {"sum": tf.cumsum(x, axis=0), "x": x}

    @tf.function(input_signature=[tf.TensorSpec([None, 1], tf.float32, name="x")])
    def text(self, x):
        return {"text": tf.strings.as_string(x), "x": x}

    @tf.function(input_signature=[tf.TensorSpec([None, 1], tf.float64, name="x")])
    def double(self, x):
        return {"x": tf.cast(x, tf.float32)}

    @tf.function(input_signature=[tf.TensorSpec([], tf.float32, name="x")])
    def scalar(self, x):
        return {"square": x * x}


def tf1(folder):
    v1 = tf.compat.v1
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [None, 2], name="x")
        weight = v1.get_variable("w", initializer=[[2.0], [3.0]], use_resource=False)
        y = tf.matmul(x, weight, name="y")
        session.run(v1.global_variables_initializer())
        v1.saved_model.simple_save(session, folder, {"x": x}, {"y": y})


def golden(folder, name):
    model = tf.saved_model.load(os.path.join(folder, name))
    signature = model.signatures["serving_default"]
    (key, spec), = signature.structured_input_signature[1].items()
    shape = [2] + spec.shape.as_list()[1:]
    x = ((np.arange(np.prod(shape)) * 7 % 29 - 14) / 29).reshape(shape).astype("float32")
    (output,) = signature(**{key: tf.constant(x)}).values()
    np.save(os.path.join(folder, name + ".npy"), output.numpy())


def main(folder):
    module = Both()
    tf.saved_model.save(
        module,
        os.path.join(folder, "tf_module"),
        signatures={"scale": module.scale, "sum": module.sum},
    )
    types = Types()
    tf.saved_model.save(
        types,
        os.path.join(folder, "tf_types"),
        signatures={name: getattr(types, name) for name in ["all", "running", "text", "double", "scalar"]},
    )
    tf1(os.path.join(folder, "tf1"))
    for name in sorted(os.listdir(folder)):
        if name.endswith("_seed_export") or name.endswith("_seed_savedmodel"):
            golden(folder, name)


if __name__ == "__main__":
    main(*sys.argv[1:])
