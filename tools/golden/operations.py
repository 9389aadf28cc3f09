"""Runs the functions of keras.ops in models and writes what they give, for the Java tests.

    python tools/golden/operations.py src/test/resources/golden

Needs the versions in tools/requirements.txt. Writes operations.json.gz: for each model its config, its
inputs, its outputs, and the gradients of a weighted sum of its outputs.
"""

import json
import os
import sys
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from files import write
from keras import ops
from keras.saving import serialize_keras_object

ROW = np.array([0.5, 1.5, -2.0, 0.75], "float32")
PAIR = np.array([[1.0, -0.5], [0.25, 2.0], [-1.0, 0.5], [0.0, 1.0]], "float32")

# One tensor (2, 3, 4) of numbers from -1.5 to 1.5.
ONE = {
    "relu": ops.relu, "relu6": lambda x: ops.relu6(x * 6.0), "sigmoid": ops.sigmoid,
    "sparse_sigmoid": ops.sparse_sigmoid, "softplus": ops.softplus, "softsign": ops.softsign,
    "soft_shrink": lambda x: ops.soft_shrink(x, 0.25), "sparse_plus": ops.sparse_plus,
    "silu": ops.silu, "squareplus": lambda x: ops.squareplus(x, b=2), "log_sigmoid": ops.log_sigmoid,
    "leaky_relu": lambda x: ops.leaky_relu(x, 0.125), "hard_sigmoid": ops.hard_sigmoid,
    "hard_silu": ops.hard_silu, "elu": lambda x: ops.elu(x, alpha=0.5), "selu": ops.selu,
    "gelu": ops.gelu, "gelu_exact": lambda x: ops.gelu(x, approximate=False),
    "celu": lambda x: ops.celu(x, alpha=0.5), "glu": ops.glu, "glu_1": lambda x: ops.glu(x[:, :2], axis=1),
    "tanh_shrink": ops.tanh_shrink, "hard_tanh": ops.hard_tanh,
    "hard_shrink": lambda x: ops.hard_shrink(x, 0.25), "threshold": lambda x: ops.threshold(x, 0.25, 0.5),
    "softmax": ops.softmax, "softmax_1": lambda x: ops.softmax(x, axis=1),
    "log_softmax_1": lambda x: ops.log_softmax(x, axis=-2), "sparsemax": ops.sparsemax,
    "sparsemax_1": lambda x: ops.sparsemax(x, axis=1),
    "negative": lambda x: -x, "abs": abs, "absolute": ops.absolute, "square": ops.square,
    "sqrt": lambda x: ops.sqrt(x + 2.0), "rsqrt": lambda x: ops.rsqrt(x + 2.0),
    "reciprocal": lambda x: ops.reciprocal(x + 2.0), "exp": ops.exp, "exp2": ops.exp2,
    "expm1": ops.expm1, "log": lambda x: ops.log(x + 2.0), "log1p": lambda x: ops.log1p(x + 2.0),
    "log2": lambda x: ops.log2(x + 2.0), "log10": lambda x: ops.log10(x + 2.0), "sin": ops.sin,
    "cos": ops.cos, "tan": lambda x: ops.tan(x * 0.5), "sinh": ops.sinh, "cosh": ops.cosh,
    "tanh": ops.tanh, "arcsin": lambda x: ops.arcsin(x * 0.5), "arccos": lambda x: ops.arccos(x * 0.5),
    "arctan": ops.arctan, "erf": ops.erf, "sign": lambda x: ops.sign(x) * x,
    "floor": lambda x: ops.floor(x) * x, "ceil": lambda x: ops.ceil(x) * x, "trunc": lambda x: ops.trunc(x * 2.0) * x,
    "round": lambda x: ops.round(x) * x, "round_1": lambda x: ops.round(x, 1) * x,
    "clip": lambda x: ops.clip(x, -0.5, 1),
    "cast": lambda x: ops.cast(x, "float32") * 2, "stop_gradient": lambda x: x * ops.stop_gradient(x),
    "copy": lambda x: ops.copy(x) * 2, "zeros_like": lambda x: x + ops.zeros_like(x),
    "ones_like": lambda x: x + ops.ones_like(x),
    "add_number": lambda x: x + 1.5, "add_whole": lambda x: 2 + x, "subtract_from": lambda x: 1 - x,
    "add_array": lambda x: ops.add(ROW, x),
    "multiply_array": lambda x: x * ROW, "multiply_tensor": lambda x: x * ops.convert_to_tensor(PAIR[:3, :1]),
    "multiply_one": lambda x: x * np.array([3.0], "float32"), "multiply_deep": lambda x: x * np.ones((1, 1, 1, 4), "float32"),
    "divide": lambda x: x / 3, "divide_by": lambda x: 2 / (x + 2.0), "divide_array": lambda x: ops.divide(x, ROW),
    "divide_no_nan": lambda x: ops.divide_no_nan(x, np.array([0.0, 1.0, 2.0, 0.0], "float32")),
    "maximum": lambda x: ops.maximum(x, 0.25), "minimum": lambda x: ops.minimum(0.25, x),
    "power": lambda x: x**2, "power_of": lambda x: 2.0**x, "power_3": lambda x: ops.power(x + 2.0, 3.5),
    "mod": lambda x: (x * 3.0) % 2, "floor_divide": lambda x: (x // 0.5) * x,
    "arctan2": lambda x: ops.arctan2(x, ROW), "logaddexp": lambda x: ops.logaddexp(x, 0.5),
    "matmul_array": lambda x: x @ PAIR, "matmul_vector": lambda x: ops.matmul(x, ROW),
    "matmul_left": lambda x: ops.matmul(PAIR[:, :1].T @ np.eye(4, 3, dtype="float32"), x), "dot": lambda x: ops.dot(x, PAIR),
    "where": lambda x: ops.where(x > 0.1, x, x * 0.5), "where_number": lambda x: ops.where(x <= 0, 0.25, x),
    "masks": lambda x: x * ops.cast(ops.logical_or(x < -0.5, x >= 0.5), "float32"),
    "masks_not": lambda x: ops.where(ops.logical_not(ops.logical_and(x > -0.5, x < 0.5)), x, 1.0),
    "equal": lambda x: x * ops.cast(ops.equal(ops.round(x), 1.0), "float32"),
    "not_equal": lambda x: x * ops.cast(ops.not_equal(ops.round(x), 1.0), "float32"),
    "mean": lambda x: ops.mean(x, axis=1), "mean_axes": lambda x: ops.mean(x, axis=(1, -1), keepdims=True),
    "mean_all": lambda x: x - ops.mean(x), "sum": lambda x: ops.sum(x, axis=-1),
    "sum_keep": lambda x: ops.sum(x, axis=(1, 2), keepdims=True), "prod": lambda x: ops.prod(x, axis=1),
    "max": lambda x: ops.max(x, axis=1), "max_initial": lambda x: ops.max(x, axis=-1, initial=0.75),
    "min": lambda x: ops.min(x, axis=(1, 2), keepdims=True), "min_initial": lambda x: ops.min(x, axis=-1, initial=0.0),
    "amax": lambda x: ops.amax(x, axis=2), "amin": lambda x: ops.amin(x, axis=1, keepdims=True),
    "var": lambda x: ops.var(x, axis=1), "std": lambda x: ops.std(x, axis=-1, keepdims=True),
    "add_twice": lambda x: x + x, "matmul_square": lambda x: ops.matmul(x, ops.transpose(x, (0, 2, 1))),
    "logsumexp": lambda x: ops.logsumexp(x, axis=1), "ptp": lambda x: ops.ptp(x, axis=1), "average": lambda x: ops.average(x, axis=1),
    "argmax": lambda x: ops.cast(ops.argmax(x, axis=1), "float32") * x[:, 0],
    "argmin": lambda x: ops.cast(ops.argmin(x, axis=-1, keepdims=True), "float32") * x,
    "normalize": lambda x: ops.normalize(x, axis=-1), "normalize_1": lambda x: ops.normalize(x, axis=1, order=1),
    "cumsum": lambda x: ops.cumsum(x, axis=1),
    "reshape": lambda x: ops.reshape(x, (-1, 2, 6)), "reshape_open": lambda x: ops.reshape(x, (-1, 12)),
    "ravel": lambda x: ops.ravel(x), "transpose": lambda x: ops.transpose(x, (0, 2, 1)),
    "transpose_all": lambda x: ops.transpose(x), "swapaxes": lambda x: ops.swapaxes(x, 1, -1),
    "moveaxis": lambda x: ops.moveaxis(x, -1, 1), "moveaxis_two": lambda x: ops.moveaxis(x[:, None], (1, 3), (2, 1)),
    "squeeze": lambda x: ops.squeeze(x[:, :1], 1), "squeeze_all": lambda x: ops.squeeze(x[:, None, :, :1]),
    "expand_dims": lambda x: ops.expand_dims(x, -1), "expand_dims_two": lambda x: ops.expand_dims(x, (1, -1)),
    "concatenate": lambda x: ops.concatenate([x, x * 2.0], axis=1),
    "concatenate_array": lambda x: ops.concatenate([x, PAIR.reshape(2, 1, 4)], axis=1),
    "stack": lambda x: ops.stack([x, -x], axis=1), "stack_last": lambda x: ops.stack([x, -x], axis=-1),
    "split": lambda x: ops.split(x, 2, axis=-1), "split_at": lambda x: ops.split(x, [1, 3], axis=2),
    "unstack": lambda x: ops.unstack(x, axis=1),
    "item_reversed": lambda x: x[:, ::-1, 1:3], "item_ellipsis": lambda x: x[..., 0],
    "item_new": lambda x: x[:, None, 1:], "item_whole": lambda x: x[:, -1], "item_steps": lambda x: x[:, ::2, 3:0:-2],
    "item_last_new": lambda x: x[..., None], "item_batch": lambda x: x[1:, :], "item_one": lambda x: x[0],
    "slice": lambda x: ops.slice(x, (0, 1, 1), (2, 1, 3)), "flip": lambda x: ops.flip(x, axis=1),
    "flip_all": lambda x: ops.flip(x), "roll": lambda x: ops.roll(x, 1, axis=1),
    "roll_two": lambda x: ops.roll(x, (1, -1), axis=(1, 2)), "tile": lambda x: ops.tile(x, (1, 2, 1)),
    "tile_more": lambda x: ops.tile(x, (2, 1, 1, 1)), "repeat": lambda x: ops.repeat(x, 2, axis=1),
    "repeat_each": lambda x: ops.repeat(x, [1, 2, 3], axis=1), "take": lambda x: ops.take(x, [2, 0, -1], axis=-1),
    "take_one": lambda x: ops.take(x, 1, axis=1), "broadcast_to": lambda x: ops.broadcast_to(x, (3, 2, 3, 4)),
    "pad": lambda x: ops.pad(x, ((0, 0), (1, 2), (0, 1))), "pad_number": lambda x: ops.pad(x, ((0, 0), (1, 0), (0, 1)), constant_values=0.5),
    "pad_reflect": lambda x: ops.pad(x, ((0, 0), (1, 1), (2, 1)), mode="reflect"),
    "pad_symmetric": lambda x: ops.pad(x, ((0, 0), (2, 1), (0, 1)), mode="symmetric"),
    "deg2rad": lambda x: ops.deg2rad(x * 90.0), "rad2deg": ops.rad2deg, "hypot": lambda x: ops.hypot(x, ROW),
    "nan_to_num": lambda x: ops.nan_to_num(x) + ops.nan_to_num(ops.stop_gradient(x / 0.0), posinf=9.0, neginf=-3.0) * x,
    "nan_to_num_nan": lambda x: ops.nan_to_num(ops.stop_gradient(x / 0.0 * 0.0), nan=0.5) * x,
    "cumprod": lambda x: ops.cumprod(x, axis=1), "diagonal": lambda x: ops.diagonal(x, axis1=1, axis2=2),
    "diagonal_other": lambda x: ops.diagonal(x, offset=-1, axis1=-1, axis2=1), "trace": lambda x: ops.trace(x, offset=1, axis1=1, axis2=2),
    "rot90": lambda x: ops.rot90(x, axes=(1, 2)), "rot90_none": lambda x: ops.rot90(x, k=4, axes=(1, 2)), "rot90_back": lambda x: ops.rot90(x, k=-1, axes=(2, 1)),
    "rot90_first": lambda x: ops.rot90(x, k=3), "inner": lambda x: ops.inner(x, PAIR.T), "vdot": lambda x: ops.vdot(x, x * 2.0),
    "dstack": lambda x: ops.dstack([x, x * 2.0]), "dstack_flat": lambda x: ops.dstack([x[:, 0], x[:, 1]]),
}  # fmt: skip

# Two tensors, (2, 3, 4) and (2, 3, 1).
TWO = {
    "add": ops.add, "subtract": ops.subtract, "multiply": ops.multiply, "true_divide": lambda x, y: x / (y + 3.0),
    "maximum_two": ops.maximum, "minimum_two": ops.minimum,
    "power_two": lambda x, y: (x + 2.0) ** y, "mod_two": lambda x, y: (x * 3.0) % (y + 2.0),
    "stretched": lambda x, y: ops.add(x, y[:, 0][:, None]), "matmul_two": lambda x, y: ops.matmul(ops.transpose(x, (0, 2, 1)), y),
    "where_two": lambda x, y: ops.where(x > y, x, y),
}  # fmt: skip


def numbers(name, shape):
    """Numbers that follow from the name alone, none of them at an edge of a function."""
    random = np.random.RandomState(zlib.crc32(name.encode()))
    return (np.round(random.uniform(-1.5, 1.5, size=shape), 2) + 0.0037).astype("float32")


def weights(shape):
    """What outputs are weighted with: -1.25, 0.5, -0.5, 1.25, ..."""
    places = np.arange(int(np.prod(shape)))
    return ((places * 7 % 11 - 5) / 4).reshape(shape).astype("float32")


def dump(array):
    array = np.asarray(array)
    return {"shape": list(array.shape), "data": [float(str(x)) for x in array.ravel()]}


def plain(node):
    """Without what says nothing, or tells two runs of this program apart."""
    if isinstance(node, dict):
        gone = ("shared_object_id", "build_config", "compile_config", "registered_name")
        return {key: plain(value) for key, value in node.items() if key not in gone}
    return [plain(item) for item in node] if isinstance(node, list) else node


def run(name, shapes, function):
    keras.backend.clear_session()
    places = [keras.Input(shape[1:], name=f"in{i}") for i, shape in enumerate(shapes)]
    model = keras.Model(places, function(*places))
    inputs = [tf.constant(numbers(f"{name}/{i}", shape)) for i, shape in enumerate(shapes)]
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = keras.tree.flatten(model(inputs))
        total = sum(tf.reduce_sum(y * weights(y.shape)) for y in outputs)
    gradients = tape.gradient(total, inputs, unconnected_gradients="zero")
    return {
        "name": name,
        "model": plain(json.loads(json.dumps(serialize_keras_object(model)))),
        "inputs": [dump(x) for x in inputs],
        "outputs": [dump(y) for y in outputs],
        "gradients": [dump(g) for g in gradients],
    }


def main(folder):
    cases = [run(name, [(2, 3, 4)], f) for name, f in ONE.items()]
    cases += [run(name, [(2, 3, 4), (2, 3, 1)], f) for name, f in TWO.items()]
    write(folder, "operations.json.gz", {"keras": keras.__version__, "cases": cases})


if __name__ == "__main__":
    main(sys.argv[1])
