"""Runs Keras' layers, regularizers and constraints and writes what they give, for the Java tests.

    python tools/golden/layers.py src/test/resources/golden

Needs the versions in tools/requirements.txt. Writes layers.json.gz, regularizers.json and
constraints.json into the folder, which also holds keras_goldens.json.gz.
"""

import json
import os
import sys
import zlib
from unittest import mock

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from files import read, write
from keras.saving import serialize_keras_object

L = keras.layers
R = keras.regularizers
C = keras.constraints


def numbers(name, shape, scale=1.0):
    """Numbers that follow from the name alone."""
    random = np.random.RandomState(zlib.crc32(name.encode()))
    return (random.uniform(-1, 1, size=shape) * scale).astype("float32")


def dump(array):
    array = np.asarray(array)
    return {"shape": list(array.shape), "data": [float(str(x)) for x in array.ravel()]}


def written(thing):
    return json.loads(json.dumps(serialize_keras_object(thing)))["config"]


def weight_values(name, layer):
    for weight in layer.weights:
        value = numbers(f"{name}/{weight.name}", tuple(weight.shape), 0.5)
        if weight.name == "moving_variance":
            value = np.abs(value) + 0.5
        weight.assign(value)


def run(name, layer, *shapes, training=None, scale=1.0):
    """One call of a layer, with the gradients of a weighted sum of its output."""
    inputs = [tf.constant(numbers(f"{name}/{i}", s, scale)) for i, s in enumerate(shapes)]
    argument = inputs if len(inputs) > 1 else inputs[0]
    layer(argument)
    weight_values(name, layer)
    before = {w.name: dump(w.numpy()) for w in layer.weights}
    trained = list(layer.trainable_weights)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        variables = [w.value for w in trained]
        tape.watch(variables)
        arguments = {} if training is None else {"training": training}
        output = layer(argument, **arguments)
        upstream = numbers(f"{name}/upstream", tuple(output.shape))
        total = tf.reduce_sum(output * upstream)
    gradients = tape.gradient(total, inputs + variables)
    gradients = [0.0 * x if g is None else g for g, x in zip(gradients, inputs + variables)]
    return {
        "name": name,
        "class_name": layer.__class__.__name__,
        "written": written(layer),
        "training": training,
        "inputs": [dump(x) for x in inputs],
        "weights": before,
        "output": dump(output),
        "upstream_grad": dump(upstream),
        "grad_inputs": [dump(g) for g in gradients[: len(inputs)]],
        "grad_weights": {w.name: dump(g) for w, g in zip(trained, gradients[len(inputs) :])},
        "weights_after": {w.name: dump(w.numpy()) for w in layer.weights},
    }


IMAGE = (2, 6, 6, 4)
NOT_ALONE = {"glu", "threshold"}


def activations():
    for name in sorted(set(keras.src.activations.ALL_OBJECTS_DICT) - NOT_ALONE):
        yield run(f"activation_{name}", L.Activation(name), (3, 9), scale=4)


def spread(kernel, rates):
    """The kernel with rate - 1 rows or columns of zeros between its own."""
    for axis, rate in enumerate(rates):
        parts = tf.stack([kernel] + [tf.zeros_like(kernel)] * (rate - 1), axis + 1)
        shape = list(kernel.shape)
        kept = (shape[axis] - 1) * rate + 1
        shape[axis] *= rate
        kernel = tf.gather(tf.reshape(parts, shape), tf.range(kept), axis=axis)
    return kernel


def transposed_on_cpu(transposed):
    """TensorFlow's operation, dilated by its kernel: on most CPUs it refuses dilation rates."""

    def run_it(inputs, filters, output_shape, strides, dilations, **others):
        filters = spread(filters, np.broadcast_to(dilations, 2))
        return transposed(inputs, filters, output_shape, strides, **others)

    return mock.patch.object(tf.nn, "conv_transpose", run_it)


def convolutions():
    yield run("conv_groups", L.Conv2D(6, 3, groups=2, padding="same"), IMAGE)
    yield run("conv_groups_strides", L.Conv2D(4, (2, 3), groups=4, strides=2), IMAGE)
    yield run("conv_groups_dilation", L.Conv2D(4, 3, groups=2, dilation_rate=2), IMAGE)
    yield run("conv_dilation", L.Conv2D(3, (2, 3), dilation_rate=(3, 2)), IMAGE)
    yield run(
        "conv_everything",
        L.Conv2D(
            4, (3, 2), strides=(2, 1), padding="same", activation="tanh", use_bias=False,
            kernel_initializer=keras.initializers.HeNormal(seed=3), bias_initializer="ones",
            kernel_regularizer=R.L1L2(0.25, 0.5), bias_regularizer="l2",
            activity_regularizer=R.L1(0.125), kernel_constraint=C.MaxNorm(1.5, axis=[0, 1, 2]),
            bias_constraint="non_neg", trainable=False,
        ),
        IMAGE,
    )
    yield run("depthwise", L.DepthwiseConv2D(3, activation="relu"), IMAGE)
    yield run(
        "depthwise_strides",
        L.DepthwiseConv2D((3, 2), strides=2, padding="same", depth_multiplier=2, use_bias=False),
        IMAGE,
    )
    yield run("depthwise_dilation", L.DepthwiseConv2D(2, dilation_rate=(2, 3)), IMAGE)
    yield run("separable", L.SeparableConv2D(5, 3, strides=2, depth_multiplier=2), IMAGE)
    yield run(
        "separable_dilation",
        L.SeparableConv2D(3, 2, dilation_rate=2, padding="same", use_bias=False, activation="elu"),
        IMAGE,
    )
    for padding in ("valid", "same"):
        for strides, size in ((1, (2, 3)), (2, 3), (3, 2), (2, 4)):
            name = f"transpose_{padding}_{strides}_{size}"
            yield run(name, L.Conv2DTranspose(3, size, strides, padding), (2, 3, 4, 2))
        yield run(
            f"transpose_output_padding_{padding}",
            L.Conv2DTranspose(3, 3, 2, padding, output_padding=1, use_bias=False),
            (2, 3, 4, 2),
        )
        with transposed_on_cpu(tf.nn.conv_transpose):
            yield run(
                f"transpose_dilation_{padding}",
                L.Conv2DTranspose(2, 3, padding=padding, dilation_rate=2, activation="relu"),
                (2, 3, 4, 2),
            )


def core():
    yield run("dense_4d", L.Dense(3, activation="gelu", use_bias=False), (2, 3, 2, 4))
    yield run("flatten_2d", L.Flatten(), (3, 4))
    yield run("flatten_3d", L.Flatten(), (3, 4, 2))
    yield run("dropout", L.Dropout(0.25, noise_shape=(None, 1, 4), seed=7), (2, 3, 4))
    yield run("spatial_dropout", L.SpatialDropout2D(0.25), IMAGE)
    yield run("gaussian_noise", L.GaussianNoise(0.5, seed=3), IMAGE)
    yield run("identity", L.Identity(), (2, 3))
    yield run("rescaling_channels", L.Rescaling([1, 2, 3, 4.5], [0.5, 0, -1, 1]), IMAGE)
    yield run("softmax_axis", L.Softmax(axis=1), (2, 3, 4), scale=4)
    yield run("softmax_axes", L.Softmax(axis=[1, 2]), (2, 3, 4, 2), scale=4)
    yield run("relu_all", L.ReLU(2.0, 0.25, 0.5), (3, 11), scale=4)
    yield run("relu_threshold", L.ReLU(threshold=1.0), (3, 11), scale=4)
    yield run("leaky_relu", L.LeakyReLU(0.125), (3, 11))
    yield run("elu_alpha", L.ELU(0.5), (3, 11))
    yield run("prelu", L.PReLU(alpha_regularizer="l1", alpha_constraint="unit_norm"), (2, 3, 4))
    yield run("prelu_shared", L.PReLU(shared_axes=[1, 2]), IMAGE)
    yield run("reshape", L.Reshape((3, 8)), (2, 6, 4))
    yield run("reshape_infer", L.Reshape((-1, 2, 3)), (2, 6, 4))
    yield run("permute", L.Permute((3, 1, 2)), (2, 3, 4, 5))


def images():
    yield run("pool_average", L.AveragePooling2D((2, 3), (1, 2), "same"), (2, 5, 6, 3))
    yield run("pool_max", L.MaxPooling2D((3, 2), (2, 1), "same"), (2, 5, 6, 3))
    yield run("global_average_keepdims", L.GlobalAveragePooling2D(keepdims=True), IMAGE)
    yield run("global_max_keepdims", L.GlobalMaxPooling2D(keepdims=True), IMAGE)
    yield run("zero_padding", L.ZeroPadding2D(2), IMAGE)
    yield run("zero_padding_two", L.ZeroPadding2D((1, 2)), IMAGE)
    yield run("cropping", L.Cropping2D(((1, 2), (0, 3))), IMAGE)
    yield run("up_nearest", L.UpSampling2D((2, 3)), IMAGE)
    yield run("up_bilinear", L.UpSampling2D((3, 2), interpolation="bilinear"), IMAGE)
    yield run("up_bicubic", L.UpSampling2D(2, interpolation="bicubic"), IMAGE)


def sizes():
    """Images of another size, and steps that differ along height and width."""
    high, wide = (1, 7, 4, 2), (1, 4, 6, 2)
    for way in ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"):
        yield run(f"resizing_{way}", L.Resizing(5, 3, interpolation=way), wide)
        yield run(f"resizing_crop_{way}", L.Resizing(4, 3, way, crop_to_aspect_ratio=True), high)
        yield run(f"resizing_smooth_{way}", L.Resizing(3, 4, way, antialias=True), high)
    yield run("resizing_pad", L.Resizing(4, 6, pad_to_aspect_ratio=True, fill_value=0.25), high)
    yield run("resizing_pad_wide", L.Resizing(6, 4, pad_to_aspect_ratio=True), wide)
    yield run("center_crop", L.CenterCrop(4, 3), high)
    yield run("center_crop_odd", L.CenterCrop(2, 5), wide)
    yield run("center_crop_small", L.CenterCrop(7, 3), wide)
    yield run("depthwise_steps", L.DepthwiseConv2D(3, (2, 1), "same"), wide)
    yield run("depthwise_steps_valid", L.DepthwiseConv2D((2, 3), (1, 2)), wide)
    yield run("depthwise_steps_holes", L.DepthwiseConv2D(2, 2, "same", dilation_rate=2), wide)
    yield run("separable_steps", L.SeparableConv2D(2, 2, (1, 3), "same"), wide)


def quiet():
    """Layers that do something in training alone, and others without weights."""
    yield run("unit_normalization", L.UnitNormalization(), (3, 6))
    yield run("unit_normalization_axes", L.UnitNormalization(axis=[1, 2]), (2, 3, 4, 2))
    yield run("gaussian_dropout", L.GaussianDropout(0.5, seed=1), (3, 6), training=False)
    yield run("alpha_dropout", L.AlphaDropout(0.5), (3, 6), training=False)
    yield run("activity_regularization", L.ActivityRegularization(0.1, 0.2), (3, 6))
    yield run("sparsemax_many", L.Activation("sparsemax"), (4, 3, 5))


def normalizations():
    for training in (False, True):
        suffix = "train" if training else "infer"
        yield run(
            f"bn_axis1_{suffix}",
            L.BatchNormalization(axis=1, momentum=0.75, epsilon=0.01), IMAGE, training=training,
        )
        yield run(f"bn_3d_{suffix}", L.BatchNormalization(), (4, 5, 3), training=training)
        yield run(
            f"bn_plain_{suffix}",
            L.BatchNormalization(center=False, scale=False), IMAGE, training=training,
        )
        yield run(
            f"bn_frozen_{suffix}",
            L.BatchNormalization(trainable=False, beta_regularizer="l1"), IMAGE, training=training,
        )
        yield run(
            f"bn_one_{suffix}", L.BatchNormalization(), (1, 1, 1, 3), training=training
        )
    yield run("ln_axes", L.LayerNormalization(axis=[1, 2], epsilon=0.1), (2, 3, 4, 2))
    yield run("ln_axis1", L.LayerNormalization(axis=1, scale=False), (2, 5, 4))
    yield run("ln_plain", L.LayerNormalization(center=False, scale=False), (3, 6))
    yield run("gn", L.GroupNormalization(2, epsilon=0.01), IMAGE)
    yield run("gn_instance", L.GroupNormalization(-1, scale=False), IMAGE)
    yield run("gn_axis1", L.GroupNormalization(3, axis=1), IMAGE)
    yield run("gn_axis_-2", L.GroupNormalization(2, axis=-2, scale=False), IMAGE)
    yield run("gn_2d", L.GroupNormalization(2), (3, 6))
    yield run("gn_3d", L.GroupNormalization(1, center=False), (2, 5, 4))
    yield run(
        "normalization", L.Normalization(mean=[0.5, 1, -1, 0], variance=[1, 4, 0.25, 0]), IMAGE
    )
    yield run(
        "normalization_invert",
        L.Normalization(axis=1, mean=[0.5, 1, -1], variance=[1, 4, 0.25], invert=True), (2, 3, 4),
    )
    yield run("normalization_one", L.Normalization(mean=0.5, variance=4.0), IMAGE)
    yield run("normalization_scalar", L.Normalization(axis=None, mean=3.0, variance=4.0), (2, 3))


def merges():
    pair = ((2, 3, 4), (2, 3, 4))
    for cls in (L.Add, L.Multiply, L.Average, L.Maximum, L.Minimum):
        name = cls.__name__.lower()
        yield run(f"{name}_three", cls(), *pair, (2, 3, 4))
        yield run(f"{name}_stretch", cls(), (2, 4), (2, 3, 2, 4), (2, 1, 2, 1))
    yield run("subtract", L.Subtract(), *pair)
    yield run("subtract_stretch", L.Subtract(), (2, 3, 1), (2, 1, 4))
    yield run("concatenate", L.Concatenate(), (2, 3, 4), (2, 3, 1), (2, 3, 2))
    yield run("concatenate_axis1", L.Concatenate(axis=1), (2, 3, 4), (2, 1, 4))
    yield run("concatenate_axis_2", L.Concatenate(axis=-2), (2, 3, 4), (2, 2, 4))


def augmentations():
    """Outside training; RandomCrop only where it has nothing to do: Keras 3.15 forgets to crop."""
    image = (2, 5, 6, 3)
    many = {
        "flip": L.RandomFlip(),
        "flip_horizontal": L.RandomFlip("horizontal", seed=3),
        "translation": L.RandomTranslation(0.1, 0.2),
        "translation_all": L.RandomTranslation(
            (-0.25, 0.125), (0.25, 0.5), "constant", "nearest", seed=4, fill_value=0.5
        ),
        "rotation": L.RandomRotation(0.25),
        "rotation_all": L.RandomRotation(
            (-0.25, 0.5), "wrap", "nearest", seed=4, fill_value=0.5, trainable=False
        ),
        "zoom": L.RandomZoom(0.5),
        "zoom_all": L.RandomZoom(
            1.0, (-0.5, 0.25), "nearest", "nearest", seed=4, fill_value=2.0
        ),
        "contrast": L.RandomContrast(0.25),
        "contrast_all": L.RandomContrast((0.25, 0.5), value_range=(0, 1), seed=1),
        "brightness": L.RandomBrightness(0.25),
        "brightness_all": L.RandomBrightness((0.125, 0.5), value_range=(-1, 1), seed=1),
        "crop": L.RandomCrop(5, 6, seed=9),
        "erasing": L.RandomErasing(),
        "erasing_all": L.RandomErasing((0.25, 0.5), (0.5, 0.75), 0.5, (0, 1), seed=3),
        "erasing_colors": L.RandomErasing(0.5, fill_value=[1.0, 2.0, 3.0]),
    }
    for name, layer in many.items():
        yield run(f"random_{name}", layer, image, training=False)


def known_cases(folder):
    """The full configs of the cases in keras_goldens.json.gz, which holds only their arguments."""
    for case in read(folder, "keras_goldens.json.gz")["cases"]:
        if case["kind"] == "layer":
            layer = getattr(L, case["class_name"])(**case["config"])
            yield {"name": case["name"], "written": written(layer)}


def regularizers():
    for shape in ((4, 3), (3, 5), (2, 2, 3)):
        values = numbers(f"regularizer{shape}", shape)
        many = [R.L1(), R.L1(0.5), R.L2(), R.L2(0.25), R.L1L2(0.5, 0.125)]
        if len(shape) == 2:
            many += [R.OrthogonalRegularizer(), R.OrthogonalRegularizer(0.5, "columns")]
        for regularizer in many:
            x = tf.constant(values)
            with tf.GradientTape() as tape:
                tape.watch(x)
                penalty = regularizer(x)
            yield {
                "class_name": regularizer.__class__.__name__,
                "written": written(regularizer),
                "input": dump(values),
                "output": dump(penalty),
                "grad_input": dump(tape.gradient(penalty, x)),
            }


def constraints():
    kernels = [numbers("kernel", (3, 3, 2, 4), 2), numbers("matrix", (5, 3), 2)]
    kernels[1][:, 1] = 0
    for values in kernels:
        axes = [0, 1, -1] + ([[0, 1, 2]] if values.ndim == 4 else [])
        many = [C.NonNeg(), C.MaxNorm(), C.UnitNorm(), C.MinMaxNorm()]
        for axis in axes:
            many += [C.MaxNorm(0.75, axis), C.UnitNorm(axis), C.MinMaxNorm(0.5, 0.75, 0.25, axis)]
        for constraint in many:
            yield {
                "class_name": constraint.__class__.__name__,
                "written": written(constraint),
                "input": dump(values),
                "output": dump(constraint(values)),
            }


def main(folder):
    parts = (activations, convolutions, core, images, normalizations, merges, augmentations, sizes,
             quiet)
    write(
        folder,
        "layers.json.gz",
        {
            "keras": keras.__version__,
            "known": list(known_cases(folder)),
            "cases": [case for part in parts for case in part()],
        },
    )
    write(folder, "regularizers.json", list(regularizers()))
    write(folder, "constraints.json", list(constraints()))


if __name__ == "__main__":
    main(sys.argv[1])
