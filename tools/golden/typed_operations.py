"""Runs functions of keras.ops on values of all types and writes what they give, for the Java tests.

    python tools/golden/typed_operations.py src/test/resources/golden

Needs the versions in tools/requirements.txt. Writes typed_operations.json.gz: models in the form of
attention_models.json.gz, each of several outputs.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from attention import model_case
from files import write
from keras import ops
from layers import numbers

F = (2, 3, 4)


def floats(name, shape=F):
    return (np.round(numbers(name, shape, 1.5), 2) + 0.0037).astype("float32")


def whole(name, shape=F, dtype="int32"):
    return np.round(numbers(name, shape, 4)).astype(dtype)


def model(function, *arrays):
    """A model of one function, whose results are its outputs; not those that no output may be."""

    def build():
        inputs = [
            keras.Input(a.shape[1:], dtype=str(a.dtype) if a.dtype.kind != "O" else "string", name=f"in{i}")
            for i, a in enumerate(arrays)
        ]
        return keras.Model(inputs if len(inputs) > 1 else inputs[0], function(*inputs))

    return build


def case(name, function, *arrays):
    return model_case(name, model(function, *arrays), list(arrays))


ARITHMETIC = {
    "add": lambda x, y: [x + y, x + 1, 2 + x, x - y, x * y, -x, abs(x), ops.square(x)],
    "mix": lambda x, y: [x + 1.5, x * 0.5, x / 2, x / (ops.square(y) + 1), x + True],
    "rest": lambda x, y: [x // 3, x % 3, ops.maximum(x, y), ops.minimum(x, 2), x % (ops.square(y) + 1)],
    "sign": lambda x, y: [ops.sign(x), ops.round(x), ops.trunc(x), ops.floor(x), ops.ceil(x), ops.clip(x, -1, 2)],
    "sums": lambda x, y: [ops.sum(x, axis=1), ops.prod(x, axis=-1), ops.max(x, axis=1), ops.min(x, axis=(1, 2)), ops.cumsum(x, axis=1)],
    "means": lambda x, y: [ops.mean(x, axis=1), ops.var(x, axis=1), ops.std(x, axis=2), ops.average(x, axis=1), ops.exp(x * 0.1), ops.sqrt(ops.square(x))],
    "places": lambda x, y: [ops.argmax(x, axis=1), ops.argmin(x, axis=-1), ops.argsort(x, axis=1), ops.sort(x, axis=-1), ops.count_nonzero(x, axis=1)],
    "compare": lambda x, y: [x < y, x <= 1, x > y, x >= 0.5, ops.equal(x, y), ops.not_equal(x, 0)],
    "move": lambda x, y: [
        ops.reshape(x, (-1, 12)), ops.transpose(x, (0, 2, 1)), x[:, 1:, ::2], ops.concatenate([x, y], axis=1),
        ops.stack([x, y], axis=1), ops.flip(x, axis=1), ops.tile(x, (1, 2, 1)), ops.repeat(x, 2, axis=-1),
        ops.take(x, [0, -1], axis=1), ops.pad(x, ((0, 0), (1, 0), (0, 2))), ops.where(x > y, x, y), ops.where(x > 0, x, 0),
        ops.roll(x, 1, axis=2), ops.broadcast_to(x, (3, 2, 3, 4)), ops.zeros_like(x), ops.ones_like(x),
    ],
    "matmul": lambda x, y: [ops.matmul(x, ops.transpose(y, (0, 2, 1)))],
}  # fmt: skip


def typed():
    for dtype in ("int32", "int64"):
        for name, function in ARITHMETIC.items():
            yield case(f"{name}_{dtype}", function, whole(f"{name}/0", dtype=dtype), whole(f"{name}/1", dtype=dtype))
    yield case("widths", lambda x, y: [x + y, x * 1.0, ops.maximum(x, y)], whole("w/0"), whole("w/1", dtype="int64"))
    yield case("floats_and_whole", lambda x, y: [x + y, x * y, ops.where(y > 0, x, y), ops.concatenate([x, y])], floats("f/0"), whole("f/1"))
    yield case(
        "bytes", lambda x: [x / 255, x * 2, x + 1, ops.cast(x, "float32") - 0.5, ops.maximum(x, 7), x > 9, ops.mean(x, axis=1)],
        np.abs(whole("bytes", dtype="int32") * 9).astype("uint8"),
    )
    truth = whole("truth") > 0
    yield case(
        "truths",
        lambda x: [
            ops.logical_not(x), ops.logical_and(x, x[:, ::-1]), ops.logical_or(x, x[:, ::-1]), ops.logical_xor(x, x[:, ::-1]),
            ops.any(x, axis=1), ops.all(x, axis=-1, keepdims=True), ops.sum(x, axis=1), ops.cast(x, "int32"), ops.cast(x, "float32"),
            ops.where(x, 1, 2), ops.where(x, 1.5, 2), ops.reshape(x, (-1, 12)), ops.mean(x, axis=1), x + 1, x * 1.5,
            ops.concatenate([x, x], axis=1), ops.equal(x, True), ops.argmax(x, axis=1), ops.count_nonzero(x, axis=(1, 2)),
        ],
        truth,
    )  # fmt: skip
    yield case(
        "casts",
        lambda x: [
            ops.cast(x * 3.0, "int32"), ops.cast(x * 3.0, "int64"), ops.cast(ops.cast(x * 3.0, "int32"), "float32") * x,
            ops.cast(x, "bool"), ops.cast(x > 0, "float32") * x, ops.cast(ops.argmax(x, axis=-1), "float32"),
            ops.logical_and(x > 0, x < 1), ops.isnan(x / 0.0 * 0.0), ops.isinf(x / 0.0), ops.isfinite(x),
            ops.any(x > 1, axis=1), ops.all(x > -1, axis=(1, 2)), ops.where(ops.any(x > 1, axis=1, keepdims=True), x, 0.0),
        ],
        floats("casts"),
    )  # fmt: skip
    yield case(
        "like",
        lambda x: [
            ops.zeros_like(x), ops.ones_like(x, dtype="int32"), ops.zeros_like(x, dtype="bool"), ops.full_like(x, 1.5), ops.full_like(x, 3, dtype="int64"),
            ops.full_like(ops.cast(x, "int32"), 1.5, dtype="float32"), ops.convert_to_tensor(x), ops.convert_to_tensor(x > 0),
        ],
        floats("like"),
    )  # fmt: skip
    yield case(
        "hot",
        lambda x: [
            ops.one_hot(x, 5), ops.one_hot(x, 5, axis=1), ops.one_hot(x, 4, dtype="int32"), ops.one_hot(x, 4, dtype="bool"),
            ops.multi_hot(x, 5), ops.one_hot(x, 5) @ np.eye(5, 2, dtype="float32"),
        ],
        np.abs(whole("hot", (2, 3))) % 5,
    )  # fmt: skip
    yield case(
        "taken", lambda x, i: [ops.take(x, i, axis=1), ops.take(x, i), ops.take_along_axis(x, i[:, :, None], axis=1), ops.take(x, 1)],
        floats("taken"), np.array([[0, 2, -1], [1, 1, -2]], "int32"),
    )
    texts = np.array([["a", "bb", ""], ["c", "a", "é"]], object)
    yield case("texts", lambda x: [ops.reshape(x, (-1, 3, 1)), x[:, 1], ops.transpose(x), ops.concatenate([x, x], axis=1), ops.equal(x, x[:, ::-1])], texts)


def floating():
    x, y = floats("g/0"), floats("g/1")
    yield case("sorted", lambda x: [ops.sort(x, axis=1), ops.argsort(x), *ops.top_k(x, 2), ops.sort(x)], x)
    yield case(
        "einsum",
        lambda x, y: [
            ops.einsum("abc,adc->abd", x, y), ops.einsum("abc,abc->ac", x, y), ops.einsum("abc->cba", x), ops.einsum("abc->ac", x),
            ops.einsum("...c,...c->...", x, y), ops.einsum("abc,dbe->adce", x, y), ops.tensordot(x, y, axes=[[1], [1]]),
            ops.tensordot(x, np.ones((4, 2), "float32"), axes=1), ops.outer(x[:, 0], y[:, 1]),
        ],
        x, y,
    )  # fmt: skip
    yield case("triangles", lambda x: [ops.tril(x), ops.triu(x), ops.tril(x, k=1), ops.triu(x, k=-1), ops.tril(ops.cast(x * 3, "int32"), k=-1)], x)
    yield case(
        "norms", lambda x: [ops.norm(x, axis=-1), ops.norm(x, axis=(1, 2)), ops.norm(x, ord=1, axis=1, keepdims=True), ops.norm(x, ord=3, axis=2), ops.norm(x[:, 0, 0])],
        x,
    )
    yield case(
        "joins",
        lambda x, y: [
            ops.append(x, y, axis=1), ops.append(x, y), ops.hstack([x, y]), ops.vstack([x, y]), ops.fliplr(x), ops.flipud(x),
            ops.full_like(x, 2), ops.diff(x, axis=1), ops.diff(x, n=2), ops.repeat(x, 2), ops.arcsinh(x), ops.arctanh(x * 0.5), ops.arccosh(ops.square(x) + 1.5),
        ],
        x, y,
    )  # fmt: skip
    weight = np.array([0.5, 1.5, -1.0, 2.0], "float32")
    yield case(
        "normalizations",
        lambda x: [
            *ops.moments(x, axes=[1]), *ops.moments(x, axes=[0, 2], keepdims=True),
            ops.layer_normalization(x), ops.layer_normalization(x, weight, weight, epsilon=0.1), ops.layer_normalization(x, axis=[1, 2], epsilon=0.1),
            ops.rms_normalization(x), ops.rms_normalization(x, weight, epsilon=0.1), ops.rms_normalization(x, axis=1, epsilon=0.1),
            ops.batch_normalization(x, weight, np.abs(weight), -1, weight, weight), ops.batch_normalization(x, weight[:3], np.abs(weight[:3]), 1),
        ],
        x,
    )  # fmt: skip
    q, k, v = floats("q", (2, 3, 2, 4)), floats("k", (2, 5, 2, 4)), floats("v", (2, 5, 2, 4))
    mask = np.array([1, 0, 1, 1, 0], "float32")
    yield case(
        "attention",
        lambda q, k, v: [
            ops.dot_product_attention(q, k, v), ops.dot_product_attention(q, k, v, scale=0.3, is_causal=True),
            ops.dot_product_attention(q, k, v, bias=mask), ops.dot_product_attention(q, k, v, mask=q[:, :1, :1, :1] > 0),
        ],
        q, k, v,
    )  # fmt: skip
    image, line = floats("image", (2, 5, 6, 3)), floats("line", (2, 7, 3))
    k2, k1 = floats("k2", (2, 3, 3, 2)), floats("k1", (3, 3, 2))
    yield case(
        "convolutions",
        lambda x, y: [
            ops.conv(x, k2), ops.conv(x, k2, strides=2, padding="same"), ops.conv(x, k2, dilation_rate=(2, 1)), ops.conv(y, k1), ops.conv(y, k1, strides=2, padding="same"),
            ops.conv(y, k1, dilation_rate=2), ops.depthwise_conv(x, k2), ops.depthwise_conv(y, k1, padding="same"),
            ops.separable_conv(x, k2, floats("p", (1, 1, 6, 2)), padding="same"),
            ops.conv(ops.transpose(x, (0, 3, 1, 2)), k2, data_format="channels_first"),
        ],
        image, line,
    )  # fmt: skip
    # Of equal numbers that are the greatest, not all kernels send the gradient to the same.
    cube = numbers("cube", (1, 4, 4, 3, 2))
    yield case(
        "pools",
        lambda x, y, z: [
            ops.max_pool(x, 2), ops.max_pool(x, (2, 3), strides=1, padding="same"), ops.average_pool(x, 2), ops.average_pool(x, (3, 2), strides=(1, 2), padding="same"),
            ops.max_pool(y, 2), ops.average_pool(y, 3, strides=2, padding="same"), ops.max_pool(z, 2), ops.average_pool(z, (2, 1, 3), strides=1),
            ops.max_pool(ops.transpose(x, (0, 3, 1, 2)), 2, data_format="channels_first"),
        ],
        image, line, cube,
    )  # fmt: skip
    yield case(
        "images",
        lambda x: [
            ops.image.extract_patches(x, 2), ops.image.extract_patches(x, (2, 3)), ops.image.extract_patches(x, 3, strides=1), ops.image.extract_patches(x, 2, strides=(2, 1), padding="same"),
            ops.image.extract_patches(x, 2, strides=1, dilation_rate=2), ops.image.rgb_to_grayscale(x), ops.image.resize(x, (3, 4)), ops.image.resize(x, (7, 8), interpolation="nearest"),
            ops.image.resize(x, (3, 4), interpolation="bicubic", antialias=True), ops.image.pad_images(x, 1, 2, target_height=8, target_width=9), ops.image.pad_images(x, 1, 0, 2, 1),
            ops.image.crop_images(x, 1, 2, target_height=3, target_width=2), ops.image.crop_images(x, 1, 0, 2, 1),
        ],
        image,
    )  # fmt: skip
    yield case(
        "blocks", lambda x: [ops.depth_to_space(x, 2), ops.space_to_depth(x[:, :4, :], 2)], floats("blocks", (1, 4, 4, 4))
    )


def main(folder):
    write(folder, "typed_operations.json.gz", {"keras": keras.__version__, "cases": [*typed(), *floating()]})


if __name__ == "__main__":
    main(sys.argv[1])
