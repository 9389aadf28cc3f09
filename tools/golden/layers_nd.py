"""Runs Keras' layers over sequences and volumes and writes what they give, for the Java tests.

    python tools/golden/layers_nd.py src/test/resources/golden

Needs the versions in tools/requirements.txt. Writes layers_nd.json.gz, of the form of
layers.json.gz; beside its cases, "channels_first" has cases of layers with their channels first.
"""

import os
import sys
from unittest import mock

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import layers
import numpy as np
import tensorflow as tf
from files import write
from layers import C, L, R, run

SEQUENCE = (2, 7, 3)
IMAGE = (2, 5, 6, 2)
VOLUME = (2, 4, 5, 3, 2)
exact = layers.numbers


def short_numbers(name, shape, scale=1.0):
    """Numbers of two decimals, which take little room, and of which some are equal.

    Where the largest ones are equal, kernels for volumes disagree on where their gradient goes.
    """
    return np.round(exact(name, shape, scale), 4 if "max" in name else 2).astype("float32")


def dilated_on_cpu():
    """TensorFlow's operation, dilated by its kernel: on most CPUs it refuses dilation rates."""
    transposed = tf.nn.conv_transpose

    def run_it(inputs, filters, output_shape, strides, dilations, **others):
        filters = layers.spread(filters, np.broadcast_to(dilations, len(filters.shape) - 2))
        return transposed(inputs, filters, output_shape, strides, **others)

    return mock.patch.object(tf.nn, "conv_transpose", run_it)


def sequences():
    yield run("conv1d", L.Conv1D(4, 3), SEQUENCE)
    yield run("conv1d_same", L.Conv1D(2, 4, 2, "same", activation="relu"), SEQUENCE)
    yield run("conv1d_causal", L.Conv1D(3, 3, padding="causal", use_bias=False), SEQUENCE)
    yield run("conv1d_causal_strides", L.Conv1D(3, 4, 3, "causal"), SEQUENCE)
    yield run("conv1d_causal_dilation", L.Conv1D(2, 3, 1, "causal", dilation_rate=2), SEQUENCE)
    yield run("conv1d_dilation", L.Conv1D(2, 3, dilation_rate=3), SEQUENCE)
    yield run("conv1d_dilation_same", L.Conv1D(2, 4, 1, "same", dilation_rate=2), SEQUENCE)
    yield run("conv1d_dilation_of_one", L.Conv1D(2, 1, dilation_rate=5), SEQUENCE)
    yield run("conv1d_groups", L.Conv1D(4, 2, groups=2, dilation_rate=2), (2, 5, 4))
    yield run(
        "conv1d_everything",
        L.Conv1D(
            4, 3, 2, "same", activation="tanh",
            kernel_initializer=keras.initializers.HeNormal(seed=3), bias_initializer="ones",
            kernel_regularizer=R.L1L2(0.25, 0.5), bias_regularizer="l2",
            activity_regularizer=R.L1(0.125), kernel_constraint=C.MaxNorm(1.5, axis=[0, 1]),
            bias_constraint="non_neg", trainable=False,
        ),
        SEQUENCE,
    )
    for padding in ("valid", "same"):
        for strides, size in ((1, 3), (2, 3), (3, 2), (2, 4)):
            name = f"transpose1d_{padding}_{strides}_{size}"
            yield run(name, L.Conv1DTranspose(2, size, strides, padding), (2, 4, 3))
        yield run(
            f"transpose1d_output_padding_{padding}",
            L.Conv1DTranspose(2, 3, 2, padding, output_padding=1, use_bias=False),
            (2, 4, 3),
        )
        with dilated_on_cpu():
            yield run(
                f"transpose1d_dilation_{padding}",
                L.Conv1DTranspose(2, 3, padding=padding, dilation_rate=2, activation="relu"),
                (2, 4, 3),
            )


def channels_apart():
    yield run("depthwise1d", L.DepthwiseConv1D(3, activation="relu"), SEQUENCE)
    yield run(
        "depthwise1d_strides",
        L.DepthwiseConv1D(4, 2, "same", depth_multiplier=2, use_bias=False),
        SEQUENCE,
    )
    yield run("depthwise1d_dilation", L.DepthwiseConv1D(2, dilation_rate=3), SEQUENCE)
    yield run(
        "depthwise1d_both", L.DepthwiseConv1D(3, 2, padding="same", dilation_rate=2), SEQUENCE
    )
    yield run("depthwise2d_both", L.DepthwiseConv2D(2, 2, dilation_rate=(2, 3)), IMAGE)
    yield run(
        "depthwise2d_both_same", L.DepthwiseConv2D(3, 2, padding="same", dilation_rate=2), IMAGE
    )
    yield run("separable1d", L.SeparableConv1D(4, 3, strides=2, depth_multiplier=2), SEQUENCE)
    yield run(
        "separable1d_dilation",
        L.SeparableConv1D(2, 2, dilation_rate=3, padding="same", use_bias=False, activation="elu"),
        SEQUENCE,
    )
    yield run(
        "separable1d_everything",
        L.SeparableConv1D(
            2, 2, 3, "same", dilation_rate=2, depthwise_initializer="zeros",
            pointwise_initializer="ones", depthwise_regularizer="l1", pointwise_regularizer="l2",
            bias_regularizer="l1", activity_regularizer="l2", depthwise_constraint="unit_norm",
            pointwise_constraint="non_neg", bias_constraint="non_neg",
        ),
        SEQUENCE,
    )
    yield run("separable2d_both", L.SeparableConv2D(2, 2, 2, dilation_rate=2), IMAGE)


def volumes():
    yield run("conv3d", L.Conv3D(2, 2), VOLUME)
    yield run("conv3d_same", L.Conv3D(2, (3, 2, 1), (2, 1, 2), "same", activation="relu"), VOLUME)
    yield run("conv3d_groups", L.Conv3D(2, (2, 3, 2), groups=2, use_bias=False), VOLUME)
    yield run("conv3d_dilation", L.Conv3D(2, (2, 3, 1), dilation_rate=(3, 2, 4)), VOLUME)
    yield run("conv3d_dilation_same", L.Conv3D(2, 2, padding="same", dilation_rate=2), VOLUME)
    yield run(
        "conv3d_everything",
        L.Conv3D(
            2, (2, 3, 2), strides=(1, 2, 1), activation="tanh",
            kernel_initializer=keras.initializers.HeNormal(seed=3), bias_initializer="ones",
            kernel_regularizer=R.L1L2(0.25, 0.5), bias_regularizer="l2",
            activity_regularizer=R.L1(0.125), kernel_constraint=C.MaxNorm(1.5, axis=[0, 1, 2, 3]),
            bias_constraint="non_neg",
        ),
        VOLUME,
    )
    small = (2, 2, 3, 2, 2)
    for padding in ("valid", "same"):
        for strides, size in ((1, (2, 3, 1)), (2, 3), ((3, 1, 2), 2)):
            name = f"transpose3d_{padding}_{strides}_{size}"
            yield run(name, L.Conv3DTranspose(2, size, strides, padding), small)
        yield run(
            f"transpose3d_output_padding_{padding}",
            L.Conv3DTranspose(2, 3, 2, padding, output_padding=(1, 0, 1), use_bias=False),
            small,
        )
        with dilated_on_cpu():
            yield run(
                f"transpose3d_dilation_{padding}",
                L.Conv3DTranspose(1, 2, padding=padding, dilation_rate=(2, 1, 3)),
                small,
            )


def poolings():
    for kind, one, three in (
        ("max", L.MaxPooling1D, L.MaxPooling3D),
        ("average", L.AveragePooling1D, L.AveragePooling3D),
    ):
        yield run(f"{kind}1d", one(2), SEQUENCE)
        yield run(f"{kind}1d_same", one(3, 1, "same"), SEQUENCE)
        yield run(f"{kind}1d_gaps", one(2, 3), SEQUENCE)
        yield run(f"{kind}3d", three(2), VOLUME)
        yield run(f"{kind}3d_same", three((2, 3, 1), (1, 2, 2), "same"), VOLUME)
    for keepdims in (False, True):
        for layer, shape in (
            (L.GlobalAveragePooling1D, SEQUENCE),
            (L.GlobalMaxPooling1D, SEQUENCE),
            (L.GlobalAveragePooling3D, VOLUME),
            (L.GlobalMaxPooling3D, VOLUME),
        ):
            yield run(f"{layer.__name__}_{keepdims}", layer(keepdims=keepdims), shape)


def adaptive_poolings():
    for size in (2, 3, 5, 7, 9):
        yield run(f"adaptive_average1d_{size}", L.AdaptiveAveragePooling1D(size), SEQUENCE)
        yield run(f"adaptive_max1d_{size}", L.AdaptiveMaxPooling1D(size), SEQUENCE)
    for kind, two, three in (
        ("average", L.AdaptiveAveragePooling2D, L.AdaptiveAveragePooling3D),
        ("max", L.AdaptiveMaxPooling2D, L.AdaptiveMaxPooling3D),
    ):
        yield run(f"adaptive_{kind}2d", two((2, 4)), IMAGE)
        yield run(f"adaptive_{kind}2d_one", two(3), IMAGE)
        yield run(f"adaptive_{kind}3d", three((3, 2, 2)), VOLUME)
        yield run(f"adaptive_{kind}3d_one", three(2), VOLUME)


def reshapings():
    yield run("zero_padding1d", L.ZeroPadding1D(), SEQUENCE)
    yield run("zero_padding1d_ends", L.ZeroPadding1D((2, 0)), SEQUENCE)
    yield run("zero_padding3d", L.ZeroPadding3D(), (2, 2, 1, 2, 2))
    yield run("zero_padding3d_sides", L.ZeroPadding3D(((1, 0), (0, 2), (1, 1))), (2, 2, 1, 2, 2))
    yield run("zero_padding3d_pairs", L.ZeroPadding3D((0, 1, 2)), (2, 2, 1, 2, 2))
    yield run("cropping1d", L.Cropping1D(), SEQUENCE)
    yield run("cropping1d_ends", L.Cropping1D((0, 2)), SEQUENCE)
    yield run("cropping3d", L.Cropping3D(), VOLUME)
    yield run("cropping3d_sides", L.Cropping3D(((1, 0), (0, 2), (0, 0))), VOLUME)
    yield run("up_sampling1d", L.UpSampling1D(3), SEQUENCE)
    yield run("up_sampling3d", L.UpSampling3D((1, 3, 2)), (2, 2, 1, 2, 2))
    yield run("up_sampling3d_twice", L.UpSampling3D(), (1, 2, 1, 2, 2))
    yield run("spatial_dropout1d", L.SpatialDropout1D(0.25), SEQUENCE)
    yield run("spatial_dropout3d", L.SpatialDropout3D(0.25, seed=3), VOLUME)


def channels_first():
    """Channels before the other axes; no gradients are asked for of these."""
    sequence, image, volume = (2, 3, 6), (2, 2, 4, 5), (2, 2, 4, 3, 5)
    many = (
        (L.Conv1D(2, 3, 1, "causal", dilation_rate=2), sequence),
        (L.Conv1DTranspose(2, 3, 2, "same"), sequence),
        (L.DepthwiseConv1D(3, 2, depth_multiplier=2), sequence),
        (L.SeparableConv1D(2, 3), sequence),
        (L.MaxPooling1D(), sequence),
        (L.AveragePooling1D(3, 1, "same"), sequence),
        (L.GlobalAveragePooling1D(keepdims=True), sequence),
        (L.GlobalMaxPooling1D(), sequence),
        (L.AdaptiveAveragePooling1D(4), sequence),
        (L.ZeroPadding1D((2, 0)), sequence),
        (L.AdaptiveMaxPooling2D((3, 2)), image),
        (L.Conv3D(4, 2, 2, "same"), volume),
        (L.MaxPooling3D((2, 1, 2)), volume),
        (L.AveragePooling3D(2, 1, "same"), volume),
        (L.GlobalAveragePooling3D(), volume),
        (L.GlobalMaxPooling3D(keepdims=True), volume),
        (L.AdaptiveAveragePooling3D((3, 2, 2)), volume),
        (L.ZeroPadding3D(((1, 0), (0, 2), (1, 1))), volume),
        (L.Cropping3D(((1, 0), (0, 2), (1, 1))), volume),
        (L.UpSampling3D((1, 2, 3)), volume),
        (L.SpatialDropout3D(0.5), volume),
        (L.Flatten(), sequence),
        (L.Flatten(), volume),
    )
    for number, (last, shape) in enumerate(many):
        layer = type(last).from_config({**last.get_config(), "data_format": "channels_first"})
        values = tf.constant(short_numbers(f"first{number}", shape))
        layer(values)
        layers.weight_values(f"first{number}", layer)
        yield {
            "name": f"channels_first_{number}",
            "class_name": type(last).__name__,
            "written": layers.written(layer),
            "training": None,
            "inputs": [layers.dump(values)],
            "weights": {w.name: layers.dump(w.numpy()) for w in layer.weights},
            "output": layers.dump(layer(values)),
        }


def main(folder):
    layers.numbers = short_numbers
    parts = (sequences, channels_apart, volumes, poolings, adaptive_poolings, reshapings)
    write(
        folder,
        "layers_nd.json.gz",
        {
            "keras": keras.__version__,
            "cases": [case for part in parts for case in part()],
            "channels_first": list(channels_first()),
        },
    )


if __name__ == "__main__":
    main(sys.argv[1])
