"""Makes small Keras models at random, and checks what became of them.

    python tools/sweep/models.py make FOLDER --seed 1 --count 300
    python tools/sweep/models.py check FOLDER

Needs the versions in tools/requirements.txt. `make` writes FOLDER/000, 001, ...: the model as
m.keras and, where Keras can, as m.h5; its inputs x0.npy, ... and what it predicts, y0.npy, ...; and
about.json, which says the names of the inputs and what the model is made of. `check` loads each
back.keras that it finds there and writes checked.json: the greatest difference, or Keras' words.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import sliding
from keras import ops
from keras.src.applications.convnext import LayerScale, StochasticDepth
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer

warnings.filterwarnings("ignore")

L = keras.layers
ACTIVATIONS = [
    "relu", "relu6", "leaky_relu", "elu", "celu", "selu", "gelu", "silu", "hard_silu", "sigmoid",
    "hard_sigmoid", "log_sigmoid", "sparse_sigmoid", "tanh", "hard_tanh", "tanh_shrink",
    "hard_shrink", "soft_shrink", "softplus", "softsign", "sparse_plus", "squareplus",
    "exponential", "softmax", "log_softmax", "sparsemax", "linear",
]  # fmt: skip


class Drawing:
    """One model being drawn."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.np = np.random.RandomState(seed)
        self.said = []
        self.inner = 0

    def note(self, what):
        self.said.append(what)

    def pick(self, *choices):
        return self.r.choice(choices)

    def often(self, chance):
        return self.r.random() < chance

    def array(self, *shape):
        return self.np.uniform(0.5, 1.5, shape).astype("float32")

    # Layers on images

    def activation(self):
        kind = self.r.randrange(10)
        if kind < 4:
            return self.r.choice(ACTIVATIONS)
        if kind == 4:
            return self.pick(
                L.LeakyReLU(negative_slope=0.1),
                L.ELU(alpha=0.5),
                L.ReLU(max_value=1.0, negative_slope=0.1, threshold=0.2),
                L.Softmax(axis=-1),
                L.PReLU(alpha_initializer="random_uniform"),
                L.Activation("tanh"),
            )
        return None

    def conv_arguments(self):
        arguments = dict(padding=self.pick("same", "valid"), activation=self.activation())
        if self.often(0.3):
            arguments["use_bias"] = False
        stretch = self.r.randrange(4)
        if stretch == 0:
            arguments["strides"] = self.pick(2, (1, 2), (2, 1))
        elif stretch == 1:
            arguments["dilation_rate"] = self.pick(2, (1, 2))
        return arguments

    def image_layer(self, x):
        channels = x.shape[-1]
        kind = self.r.randrange(30)
        size = self.pick(1, 2, 3, (1, 3), (2, 1))
        if kind < 5:
            groups = channels if channels > 1 and self.often(0.2) else 1
            filters = groups * self.pick(1, 2, 3) if groups > 1 else self.pick(2, 3, 4)
            return L.Conv2D(filters, size, groups=groups, **self.conv_arguments())
        if kind < 7:
            arguments = self.conv_arguments()
            if self.often(0.8) and isinstance(arguments.get("strides"), tuple):
                arguments["strides"] = 2
            return L.DepthwiseConv2D(size, depth_multiplier=self.pick(1, 2), **arguments)
        if kind < 9:
            arguments = self.conv_arguments()
            if self.often(0.8) and isinstance(arguments.get("strides"), tuple):
                arguments["strides"] = 2
            return L.SeparableConv2D(self.pick(2, 3), size, **arguments)
        if kind == 9:
            arguments = self.conv_arguments()
            if arguments.pop("dilation_rate", None):
                arguments["strides"] = 2
            return L.Conv2DTranspose(self.pick(2, 3), self.pick(2, 3), **arguments)
        if kind == 10:
            return L.BatchNormalization(
                axis=self.pick(-1, 1, 3), scale=self.often(0.8), center=self.often(0.8)
            )
        if kind == 11:
            return L.LayerNormalization(axis=self.pick(-1, [1, 2], [-2, -1]), scale=self.often(0.8))
        if kind == 12:
            return L.GroupNormalization(groups=self.pick(1, -1), epsilon=0.01)
        if kind == 13:
            return L.MaxPooling2D(
                self.pick(2, (1, 2)), strides=self.pick(None, 1), padding=self.pick("same", "valid")
            )
        if kind == 14:
            return L.AveragePooling2D(2, strides=self.pick(None, 1), padding=self.pick("same", "valid"))
        if kind == 15:
            return L.UpSampling2D(self.pick(2, (1, 2)), interpolation=self.pick("nearest", "bilinear"))
        if kind == 16:
            return self.pick(L.ZeroPadding2D(((1, 0), (0, 2))), L.Cropping2D(((1, 0), (0, 1))))
        if kind in (17, 18):
            way = self.r.randrange(3)
            return L.Resizing(
                self.pick(3, 5, 8),
                self.pick(4, 7),
                interpolation=self.pick("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5", "area"),
                crop_to_aspect_ratio=way == 1,
                pad_to_aspect_ratio=way == 2,
                fill_value=0.25 if way == 2 else 0.0,
            )
        if kind == 19:
            return L.CenterCrop(self.pick(3, 4, 9), self.pick(4, 8))
        if kind == 20:
            return L.Rescaling(self.pick(1 / 255, 2.0), offset=self.pick(0.0, -1.0))
        if kind == 21:
            return L.Normalization(
                axis=-1,
                mean=self.array(channels),
                variance=self.array(channels),
                invert=self.often(0.2),
            )
        if kind == 22:
            return L.Permute(self.pick((2, 1, 3), (3, 1, 2)))
        if kind in (23, 24):
            return self.simple_layer(4)
        if kind == 25:
            return self.pick(L.SpatialDropout2D(0.3), LayerScale(0.5, channels))
        if kind == 26:
            return self.pick(
                L.RandomFlip("horizontal"), L.RandomRotation(0.1), L.RandomZoom(0.1),
                L.RandomTranslation(0.1, 0.1), L.RandomContrast(0.2), L.RandomBrightness(0.2),
            )  # fmt: skip
        if kind == 27:
            return L.PReLU(
                alpha_initializer="random_uniform", shared_axes=self.pick(None, [1, 2])
            )
        return L.Dense(self.pick(2, 3), activation=self.activation())

    def layer(self, x):
        rank = len(x.shape)
        if rank == 4:
            return self.image_layer(x)
        if rank in (3, 5) and self.often(0.85):
            return sliding.layer(self, x)
        return self.simple_layer(rank)

    def simple_layer(self, rank):
        return self.pick(
            L.Activation(self.r.choice(ACTIVATIONS)),
            L.ReLU(max_value=self.pick(None, 1.0), negative_slope=self.pick(0.0, 0.2)),
            L.LeakyReLU(negative_slope=0.3),
            L.ELU(alpha=self.pick(1.0, 0.7)),
            L.Softmax(axis=self.pick(-1, 1)),
            L.Dropout(0.4),
            L.GaussianNoise(0.2),
            L.Identity(),
            L.GaussianDropout(0.2),
            L.AlphaDropout(0.2),
            L.UnitNormalization(),
            L.ActivityRegularization(l2=0.1),
            L.RMSNormalization(),
            StochasticDepth(0.2),
            L.EinsumDense("...x,xy->...y", 3, bias_axes=self.pick(None, "y")),
        )

    # Operations

    def function(self, x):
        f = self.pick(
            ops.relu, ops.relu6, ops.sigmoid, ops.tanh, ops.silu, ops.softplus, ops.softsign,
            ops.leaky_relu, ops.elu, ops.selu, ops.hard_sigmoid, ops.hard_silu, ops.log_sigmoid,
            ops.hard_tanh, ops.tanh_shrink, ops.soft_shrink, ops.hard_shrink, ops.squareplus,
            ops.sparse_plus, ops.sparse_sigmoid, ops.negative, ops.square, ops.abs, ops.sin, ops.cos,
            ops.floor, ops.ceil, ops.round, ops.sign, ops.expm1, ops.erf, ops.arctan, ops.copy,
            ops.stop_gradient, ops.zeros_like, ops.ones_like,
            lambda t: ops.gelu(t, approximate=True),
            lambda t: ops.gelu(t, approximate=False),
            lambda t: ops.celu(t, alpha=0.7),
            lambda t: ops.elu(t, alpha=0.7),
            lambda t: ops.leaky_relu(t, negative_slope=0.1),
            lambda t: ops.softmax(t, axis=self.pick(-1, 1)),
            lambda t: ops.log_softmax(t, axis=-1),
            lambda t: ops.threshold(t, 0.2, 0.1),
            lambda t: ops.clip(t, -0.5, 0.7),
            lambda t: ops.sqrt(ops.abs(t) + 0.1),
            lambda t: ops.rsqrt(ops.square(t) + 1.0),
            lambda t: ops.exp(ops.clip(t, -2, 2)),
            lambda t: ops.log(ops.abs(t) + 1),
            lambda t: ops.log1p(ops.relu(t)),
            lambda t: ops.reciprocal(ops.abs(t) + 1),
            lambda t: ops.power(t, 2),
            lambda t: ops.power(2.0, ops.clip(t, -2, 2)),
            lambda t: ops.cast(t, "float32"),
            lambda t: ops.normalize(t, axis=-1),
            lambda t: ops.normalize(t, axis=-1, order=1),
            lambda t: ops.cumsum(t, axis=1),
            lambda t: ops.round(t, 1),
        )  # fmt: skip
        return f(x)

    def arithmetic(self, x):
        c = x.shape[-1]
        f = self.pick(
            lambda t: t + 1.5, lambda t: 2 - t, lambda t: t * 0.5, lambda t: t / 2.0,
            lambda t: 1.0 / (ops.abs(t) + 1.0), lambda t: -t, lambda t: t ** 2, lambda t: abs(t),
            lambda t: t - self.array(c), lambda t: t / self.array(c),
            lambda t: t * ops.convert_to_tensor(self.array(c)),
            lambda t: ops.subtract(self.array(c), t),
            lambda t: t + self.array(1), lambda t: t % 2.0, lambda t: t // 0.5,
            lambda t: ops.maximum(t, 0.1), lambda t: ops.minimum(0.3, t),
            lambda t: ops.where(t > 0.1, t, 0.0), lambda t: ops.where(t < 0, -t, t * 2.0),
            lambda t: t * ops.cast(t >= 0.2, "float32"),
            lambda t: ops.divide_no_nan(t, ops.relu(t)),
            lambda t: ops.where(ops.logical_and(t > -0.5, t < 0.5), t, 1.0),
            lambda t: ops.matmul(t, self.array(c, self.pick(2, 3))),
            lambda t: ops.dot(t, self.array(c, 2)),
        )  # fmt: skip
        return f(x)

    def movement(self, x):
        rank = len(x.shape)
        images = [
            lambda t: t[..., ::-1], lambda t: t[:, 1:, :-1], lambda t: t[:, ::2], lambda t: t[..., :1],
            lambda t: t[:, :, 0], lambda t: t[..., 0][..., None], lambda t: t[:, None, :, :, 0],
            lambda t: ops.transpose(t, (0, 2, 1, 3)), lambda t: ops.swapaxes(t, 1, -1),
            lambda t: ops.moveaxis(t, -1, 1), lambda t: ops.flip(t, axis=2),
            lambda t: ops.flip(t, axis=(1, 2)), lambda t: ops.roll(t, 1, axis=2),
            lambda t: ops.pad(t, ((0, 0), (1, 2), (0, 1), (0, 0))),
            lambda t: ops.pad(t, ((0, 0), (1, 2), (0, 1), (0, 0)), constant_values=0.5),
            lambda t: ops.pad(t, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="reflect"),
            lambda t: ops.tile(t, (1, 1, 2, 1)), lambda t: ops.repeat(t, 2, axis=1),
            lambda t: ops.reshape(t, (-1, t.shape[1] * t.shape[2], t.shape[3])),
            lambda t: ops.reshape(t, (ops.shape(t)[0], t.shape[1], -1)),
            lambda t: ops.squeeze(ops.expand_dims(t, 1), 1),
            lambda t: ops.expand_dims(ops.mean(t, axis=1), axis=1),
            lambda t: ops.take(t, [0, -1], axis=2),
            lambda t: ops.concatenate([t, t], axis=self.pick(-1, 1)),
            lambda t: ops.concatenate(ops.split(t, [1], axis=2)[::-1], axis=2),
            lambda t: ops.stack([t, t * 2.0], axis=-1)[..., 1],
            lambda t: ops.max(t, axis=(1, 2), keepdims=True),
            lambda t: ops.mean(t, axis=-1, keepdims=True), lambda t: ops.sum(t, axis=2),
            lambda t: ops.min(t, axis=1), lambda t: t - ops.mean(t, axis=(1, 2), keepdims=True),
            lambda t: t / (ops.std(t, axis=-1, keepdims=True) + 1.0),
            lambda t: ops.var(t, axis=1, keepdims=True), lambda t: ops.logsumexp(t, axis=-1, keepdims=True),
            lambda t: ops.max(t, axis=2, initial=0.1),
            lambda t: ops.unstack(t, axis=1)[0],
            lambda t: ops.amax(t, axis=1, keepdims=True),
        ]  # fmt: skip
        rows = [
            lambda t: t[:, ::-1], lambda t: t[:, 1:], lambda t: t[..., None] * self.array(1, 2),
            lambda t: ops.concatenate([t, t]) if False else ops.concatenate([t, t * 0.5], axis=-1),
            lambda t: ops.expand_dims(t, -1), lambda t: ops.mean(t, axis=-1, keepdims=True),
            lambda t: t - ops.max(t, axis=-1, keepdims=True), lambda t: ops.reshape(t, (-1, 1, t.shape[1])),
            lambda t: ops.stack(ops.split(t, t.shape[1], axis=1), axis=1),
            lambda t: ops.matmul(t[:, :, None], t[:, None, :]),
            lambda t: ops.roll(t, 1, axis=-1),
        ]  # fmt: skip
        sequences = [
            lambda t: ops.transpose(t, (0, 2, 1)), lambda t: t[:, 0], lambda t: t[:, :, 0],
            lambda t: ops.mean(t, axis=1), lambda t: ops.max(t, axis=-1), lambda t: ops.flip(t, axis=1),
            lambda t: ops.matmul(t, ops.transpose(t, (0, 2, 1))),
            lambda t: ops.reshape(t, (-1, t.shape[1] * t.shape[2])), lambda t: t[:, None],
            lambda t: ops.softmax(t, axis=1), lambda t: ops.cumsum(t, axis=1),
        ]  # fmt: skip
        return self.r.choice({2: rows, 3: sequences, 4: images}.get(rank, sequences))(x)

    # Structure

    def merged(self, x, others):
        same = [o for o in others if o.shape == x.shape] or [x]
        y = self.r.choice(same)
        kind = self.r.randrange(10)
        if kind == 9:
            return CustomScaleLayer(0.3)([x, y])
        if kind < 6:
            layer = [L.Add, L.Subtract, L.Multiply, L.Average, L.Maximum, L.Minimum][kind]()
            self.note(type(layer).__name__)
            ends = [x, y] if kind == 1 or self.often(0.7) else [x, y, x]
            return layer(ends)
        if kind == 6:
            return L.Concatenate(axis=self.pick(-1, 1))([x, y])
        if kind == 7:
            return ops.add(x, y) * 0.5
        row = [o for o in others if len(o.shape) == 2 and len(x.shape) == 4 and o.shape[-1] == x.shape[-1]]
        if row:
            return L.Multiply()([x, row[0]])
        return ops.concatenate([x, y], axis=-1)

    def nested(self, x):
        if self.inner >= 3:
            return x
        self.inner += 1
        kind = self.r.randrange(5)
        self.note("nested%d" % kind)
        entry = keras.Input(x.shape[1:])
        inner = self.chain(entry, self.pick(1, 2))
        if kind == 0 and len(x.shape) == 4:
            layers = [keras.Input(x.shape[1:]), L.Conv2D(x.shape[-1], 1, activation="relu"), L.BatchNormalization()]
            model = keras.Sequential(layers)
            return model(model(x)) if self.often(0.5) else model(x)
        if kind == 1:
            model = keras.Model(entry, inner)
            return model(x)
        if kind == 2:
            other = self.chain(entry, 1)
            a, b = keras.Model(entry, [inner, other])(x)
            return a if self.often(0.5) else self.joined([a, b])
        if kind == 3:
            second = keras.Input(x.shape[1:])
            model = keras.Model([entry, second], self.joined([inner, self.chain(second, 1)]))
            return model([x, x]) if self.often(0.5) else model([x, x * 0.5])
        model = keras.Model(entry, self.nested(inner))
        return self.joined([model(x), model(x + 1.0)])

    def joined(self, tensors):
        flat = [t if len(t.shape) == 2 else L.Flatten()(t) for t in tensors]
        flat = [L.Dense(3)(t) if t.shape[-1] > 64 else t for t in flat]
        return L.Concatenate()(flat)

    def step(self, x, others):
        rank = len(x.shape)
        kind = self.r.random()
        if kind < 0.15:
            return self.function(x)
        if kind < 0.3:
            return self.arithmetic(x)
        if kind < 0.45:
            return self.movement(x)
        if kind < 0.57:
            return self.merged(x, others)
        if kind < 0.67:
            return self.nested(x)
        if rank == 4:
            return self.applied(self.image_layer(x), x)
        if rank == 3 and self.often(0.5):
            return self.applied(self.layer(x), x)
        if rank == 2 and self.often(0.6):
            return self.applied(
                self.pick(
                    L.Dense(self.pick(3, 4), activation=self.activation()),
                    L.BatchNormalization(),
                    L.LayerNormalization(),
                    L.PReLU(alpha_initializer="random_uniform"),
                ),
                x,
            )
        return self.applied(self.simple_layer(rank), x)

    def applied(self, layer, x):
        self.note(type(layer).__name__)
        if self.often(0.1):
            y = layer(x)
            return layer(y) if y.shape == x.shape else y
        return layer(x)

    def chain(self, x, count):
        seen = [x]
        for _ in range(count):
            before = len(self.said)
            try:
                y = self.step(x, seen)
            except Exception:  # a size that does not fit, say; Keras' words do not matter here
                del self.said[before:]
                continue
            if len(y.shape) < 2 or len(y.shape) > 4 or any(s == 0 for s in y.shape[1:]):
                continue
            if int(np.prod(y.shape[1:])) > 2000:
                continue
            x = y
            seen.append(x)
        return x

    def model(self):
        if self.often(0.2):
            return self.sequential()
        count = self.pick(1, 1, 1, 2, 3)
        shape = self.pick((6, 6, 2), (7, 5, 3), (8, 8, 1))
        named = self.often(0.5)
        inputs = [
            keras.Input(shape if i == 0 or self.often(0.5) else (4,), name="in_" + "zab"[i] if named else None)
            for i in range(count)
        ]
        ends = [self.chain(x, self.pick(2, 3, 4)) for x in inputs]
        unused = count > 1 and self.often(0.2)
        self.note("unused" if unused else "")
        trunk = self.joined(ends[:-1] if unused else ends) if count > 1 or self.often(0.5) else ends[0]
        trunk = self.chain(trunk, self.pick(1, 2))
        outputs = [trunk] + [self.chain(trunk, 1) for _ in range(self.pick(0, 0, 0, 1, 2))]
        outputs = [o if o is not inputs[0] else L.Dense(2)(o) for o in outputs]
        if len(outputs) == 1:
            outputs = outputs[0]
        elif self.often(0.4):
            self.note("dict outputs")
            outputs = {"out_%s" % "zab"[i]: o for i, o in enumerate(outputs)}
        if count == 1:
            inputs = inputs[0]
        elif named and self.often(0.5):
            self.note("dict inputs")
            inputs = {"in_" + "zab"[i]: x for i, x in enumerate(inputs)}
        return keras.Model(inputs, outputs)

    def sequential(self):
        self.note("sequential")
        shape = self.pick((6, 6, 2), (7, 5, 3), (11, 3), (5, 6, 4, 2))
        x = keras.Input(shape)
        layers = [x]
        for _ in range(self.pick(2, 3, 4, 5)):
            try:
                layer = self.layer(x)
                y = layer(x)
            except Exception:
                continue
            if any(s is not None and s < 1 for s in y.shape[1:]):
                continue
            layers.append(layer.__class__.from_config(layer.get_config()))
            self.note(type(layer).__name__)
            x = y
        return keras.Sequential(layers + [L.Flatten(), L.Dense(3, activation=self.activation())])


def make(folder, seed):
    drawing = Drawing(seed)
    keras.utils.set_random_seed(seed)
    keras.backend.clear_session()
    model = drawing.model()
    random_weights(model, drawing.np)
    folder.mkdir(parents=True)
    names = [tensor._keras_history[0].name for tensor in model.inputs]
    x = [drawing.np.uniform(-1, 2, (3,) + t.shape[1:]).astype("float32") for t in model.inputs]
    fed = packed(model, x)
    y = keras.tree.flatten(keras.tree.map_structure(np.asarray, model(fed, training=False)))
    if not all(np.all(np.isfinite(v)) and np.max(np.abs(v), initial=0) < 1e4 for v in y):
        raise ValueError("numbers that are too large")
    model.save(folder / "m.keras")
    again = keras.models.load_model(folder / "m.keras")
    z = keras.tree.flatten(keras.tree.map_structure(np.asarray, again(fed, training=False)))
    if any(np.max(np.abs(a - b), initial=0) > 1e-4 for a, b in zip(y, z)):
        raise ValueError("Keras itself reads another model than it wrote")
    about = {"seed": seed, "inputs": names, "of": drawing.said}
    try:
        model.save(folder / "m.h5")
        keras.models.load_model(folder / "m.h5")
    except Exception as e:
        about["h5"] = str(e)[:200]
        (folder / "m.h5").unlink(missing_ok=True)
    for i, value in enumerate(x):
        np.save(folder / f"x{i}.npy", value)
    for i, value in enumerate(y):
        np.save(folder / f"y{i}.npy", value.astype("float32"))
    (folder / "about.json").write_text(json.dumps(about))


def packed(model, values):
    """The inputs as the model takes them: one, a list or a dict."""
    struct = getattr(model, "_inputs_struct", None)
    return values[0] if struct is None else keras.tree.pack_sequence_as(struct, values)


def random_weights(model, r):
    for weight in model.weights:
        value = r.uniform(-0.5, 0.5, weight.shape)
        if "variance" in weight.name or "gamma" in weight.name:
            value = np.abs(value) + 0.5
        if np.issubdtype(np.dtype(weight.dtype), np.floating):
            weight.assign(value.astype("float32"))


def check(folder):
    result = {}
    back = folder / "back.keras"
    about = json.loads((folder / "about.json").read_text())
    try:
        model = keras.models.load_model(back)
        x = {name: np.load(folder / f"x{i}.npy") for i, name in enumerate(about["inputs"])}
        names = [tensor._keras_history[0].name for tensor in model.inputs]
        fed = packed(model, [x[name] for name in names])
        y = keras.tree.flatten(keras.tree.map_structure(np.asarray, model(fed, training=False)))
        worst = 0.0
        for place, got in enumerate(y):
            wanted = np.load(folder / f"y{place}.npy")
            if wanted.shape != got.shape:
                raise ValueError(f"output {place}: {got.shape} in place of {wanted.shape}")
            scale = np.maximum(1, np.abs(wanted))
            worst = max(worst, float(np.max(np.abs(got - wanted) / scale, initial=0)))
        result["difference"] = worst
    except Exception as e:
        result["refused"] = str(e)[:600]
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["make", "check"])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    options = parser.parse_args()
    if options.what == "check":
        for folder in sorted(options.folder.iterdir()):
            if (folder / "back.keras").exists():
                (folder / "checked.json").write_text(json.dumps(check(folder)))
        return
    made, seed = 0, options.seed * 100000
    while made < options.count:
        folder = options.folder / f"{made:03}"
        try:
            make(folder, seed)
            made += 1
        except Exception as e:
            print(f"seed {seed}: left out, {str(e)[:160]!r}")
            shutil.rmtree(folder, ignore_errors=True)
        seed += 1
    print(f"{made} models of {seed - options.seed * 100000} drawn")


if __name__ == "__main__":
    main()
