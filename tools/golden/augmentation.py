"""Writes augmentation.json.gz: what Keras' layers that vary images make of given draws.

    python tools/golden/augmentation.py src/test/resources/golden

The layers are called as a user calls them; only the random functions below them give numbers that
follow from names, and note between which numbers Keras wanted them. The form is that of
layers.json.gz, with the draws by the names that they have in Kerava's graphs.
"""

import contextlib
import os
import sys
import zlib
from unittest import mock

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from files import write
from keras.src.backend.tensorflow import image, random
from keras.src.layers.preprocessing.image_preprocessing import aug_mix
from layers import dump, written

L = keras.layers
FIRST = {"data_format": "channels_first"}
UNIT = {"value_range": (0, 1)}

CHOSEN = ["probability", "threshold"]
# What each layer draws, in Keras' order; a number behind it says how Kerava's is smaller.
DRAWS = {
    "CutMix": [None, "left", "top"],
    "RandAugment": ["layers"],
    "RandomBrightness": ["brightness"],
    "RandomColorDegeneration": ["factor"],
    "RandomContrast": ["contrast"],
    "RandomElasticTransform": [*CHOSEN, "scale", "noise", "noise"],
    "RandomGaussianBlur": [*CHOSEN, "sigma"],
    "RandomGrayscale": ["threshold"],
    "RandomHue": ["invert", "factor"],
    "RandomInvert": CHOSEN,
    "RandomPerspective": [*CHOSEN, "corners"],
    "RandomPosterization": ["factor"],
    "RandomRotation": [("angle", 360)],
    "RandomSaturation": ["factor"],
    "RandomSharpness": ["factor"],
    "RandomShear": ["invert", "y", "x"],
    "RandomTranslation": ["height", "width"],
    "Solarization": ["additions", "thresholds"],
}

# Where TensorFlow Java has no gradient, or Keras none at all.
NO_GRADIENT = {
    "AugMix",
    "ContrastLimitedAdaptiveHistogramEqualization",
    "RandAugment",
    "RandomHue",
    "RandomPerspective",
    "RandomPosterization",
    "RandomSaturation",
    "RandomShear",
}


def units(name, shape):
    """Numbers from 0 to 1 that follow from the name alone, in steps of 1 / 256."""
    source = np.random.RandomState(zlib.crc32(name.encode()))
    return source.randint(0, 256, size=shape) / 256


class Chance:
    """Gives numbers in place of Keras' random functions and notes them.

    given: what some of the draws are to be, by name
    choices: which augmentation AugMix chooses, each time
    """

    def __init__(self, case, layer, given=None, choices=()):
        self.case = case
        self.given = given or {}
        self.choices = iter(choices)
        self.depth = 0
        self.layer = layer
        self.scopes = []
        self.names = iter(DRAWS.get(type(layer).__name__, []))
        self.drawn = {}

    def name(self):
        name = next(self.names)
        name, times = name if isinstance(name, tuple) else (name, 1)
        return None if name is None else "/".join([*self.scopes, name]), times

    def numbers(self, name, shape):
        return np.asarray(self.given.get(name, units(f"{self.case}/{name}", shape)))

    def note(self, name, value, times=1, **how):
        value = np.asarray(value)
        while value.ndim > 1 and value.shape[-1] == 1:
            value = value[..., 0]
        if name is not None and name not in self.drawn:
            value = (value / times).astype(value.dtype)
            self.drawn[name] = {"name": name, **dump(value), "dtype": str(value.dtype), **how}

    def uniform(self, shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
        name, times = self.name()
        low, high = float(minval), float(maxval)
        shape = tuple(int(size) for size in shape)
        value = (low + (high - low) * self.numbers(name or "none", shape)).astype("float32")
        self.note(name, value, times, kind="uniform", low=low / times, high=high / times)
        return tf.constant(value.reshape(shape))

    def randint(self, shape, minval, maxval, dtype="int32", seed=None):
        name, _ = self.name()
        low, high = int(minval), int(maxval)
        given = self.given.get(name)
        value = np.asarray(given) if given else low + (units(f"{self.case}/{name}", shape) * (high - low))
        value = value.astype("int32")
        self.note(name, value, kind="integers", low=low, high=high)
        return tf.cast(value, dtype)

    def normal(self, shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
        name, _ = self.name()
        value = (self.numbers(name, shape) * 6 - 3).astype("float32")
        self.note(name, value, kind="normal")
        return tf.constant(value)

    def gamma(self, shape, alpha, dtype=None, seed=None):
        value = (units(f"{self.case}/gamma", shape) + 0.1).astype("float32")
        self.note("chain_mixing_weights", value / value.sum(), kind="dirichlet", alpha=alpha)
        return tf.constant(value)

    def beta(self, shape, alpha, beta, dtype=None, seed=None):
        value = self.numbers("share", shape).astype("float32")
        self.note("share", value, kind="beta")
        return tf.constant(value)

    def shuffle(self, x, axis=0, seed=None):
        value = np.roll(np.arange(len(x)), 1).astype("int32")
        self.note("partners", value, kind="order")
        return tf.constant(value)

    def choice(self, names):
        chain, depth = divmod(self.depth, self.layer.chain_depth)
        self.depth += 1
        self.scopes = [f"chain_{chain}", f"depth_{depth}"]
        number = next(self.choices)
        self.note("/".join([*self.scopes, "layer"]), np.int32(number), kind="integers", low=0, high=len(names))
        return names[number]

    @contextlib.contextmanager
    def within(self, name, layer):
        """Draws of a layer within the layer."""
        names, self.names = self.names, iter(DRAWS.get(type(layer).__name__, []))
        self.scopes.append(name)
        yield
        self.scopes.pop()
        self.names = names

    def enter(self, stack, name, layer):
        draw = layer.get_random_transformation

        def entered(*arguments, **others):
            with self.within(name, layer):
                return draw(*arguments, **others)

        stack.enter_context(mock.patch.object(layer, "get_random_transformation", entered))

    @contextlib.contextmanager
    def patched(self):
        functions = ("uniform", "randint", "gamma", "beta", "shuffle")
        with contextlib.ExitStack() as stack:
            own = {name: getattr(self, name) for name in functions}
            stack.enter_context(mock.patch.multiple(random, **own))
            stack.enter_context(mock.patch.object(image.tf.random, "stateless_normal", self.normal))
            stack.enter_context(mock.patch.object(aug_mix.py_random, "choice", self.choice))
            for name, value in inner(self.layer):
                self.enter(stack, name, value)
            yield


def inner(layer):
    if isinstance(layer, L.Pipeline):
        layers = [(one.name, one) for one in layer.layers]
    else:
        names = ("random_", "solarization", "auto_contrast", "equalization")
        layers = [(n, v) for n, v in vars(layer).items() if n.startswith(names)]
    return [(n, v) for n, v in layers if hasattr(v, "get_random_transformation")]


def pixels(name, shape, most=256):
    return (np.floor(units(name, shape) * 256) * most / 256).astype("float32")


def run(name, layer, shape, x=None, training=True, **chance):
    x = pixels(name, shape, 1 if unit(layer) else 256) if x is None else x
    x = tf.constant(x)
    config = written(layer)
    draws = Chance(name, layer, **chance)
    with draws.patched(), tf.GradientTape() as tape:
        tape.watch(x)
        output = layer(x) if training is None else layer(x, training=training)
        upstream = np.round(units(f"{name}/upstream", tuple(output.shape)) * 8 - 4).astype("float32")
        total = tf.reduce_sum(output * upstream)
    case = {
        "name": name,
        "class_name": layer.__class__.__name__,
        "written": config,
        "training": training,
        "inputs": [dump(x)],
        "draws": list(draws.drawn.values()),
        "output": dump(output),
    }
    gradient = tape.gradient(total, x)
    # Of a channel of one number AutoContrast's gradient is no number.
    finite = gradient is None or np.isfinite(gradient).all()
    colors = getattr(layer, "random_saturation", None) or getattr(layer, "random_hue", None)
    if type(layer).__name__ not in NO_GRADIENT and not colors and finite:
        case["upstream_grad"] = dump(upstream)
        case["grad_inputs"] = [dump(0 * x if gradient is None else gradient)]
    return case


def unit(layer):
    return tuple(getattr(layer, "value_range", (0, 255))) == (0, 1)


IMAGE = (3, 5, 4, 3)
TURNED = (3, 3, 5, 4)


def colors():
    yield run("hue", L.RandomHue(0.5), IMAGE)
    yield run("hue_unit", L.RandomHue((0.2, 0.9), **UNIT), IMAGE)
    yield run("hue_first", L.RandomHue((1.0, 1.0), **FIRST), TURNED)
    # Pixels from 0 to 1: of greater ones saturations above 1 leave small differences of large numbers.
    yield run("saturation", L.RandomSaturation(0.5), None, pixels("saturation", IMAGE, 1))
    yield run("saturation_unit", L.RandomSaturation((0.3, 0.9), **UNIT), IMAGE)
    some = pixels("saturation_first", TURNED, 1)
    yield run("saturation_first", L.RandomSaturation((0.6, 0.7), **FIRST), None, some)
    yield run("degeneration", L.RandomColorDegeneration(0.75), IMAGE)
    yield run("degeneration_unit", L.RandomColorDegeneration((0.2, 0.9), **UNIT), IMAGE)
    yield run("degeneration_first", L.RandomColorDegeneration((0.0, 1.0), **FIRST), TURNED)
    yield run("grayscale", L.RandomGrayscale(0.6), IMAGE)
    yield run("grayscale_all", L.RandomGrayscale(1.0, seed=3), (2, 3, 3, 1))
    yield run("grayscale_first", L.RandomGrayscale(**FIRST), TURNED)
    yield run("invert", L.RandomInvert(), IMAGE)
    yield run("invert_odd", L.RandomInvert((0.3, 0.9), value_range=(-1, 1), seed=5), IMAGE)
    yield run("posterization", L.RandomPosterization(4), IMAGE)
    yield run("posterization_unit", L.RandomPosterization((2, 8), **UNIT), IMAGE)
    yield run("posterization_one", L.RandomPosterization((3, 3), **FIRST), TURNED)
    yield run("solarization", L.Solarization(0.3, 0.6), IMAGE)
    yield run("solarization_unit", L.Solarization((0.1, 0.9), (0.2, 0.5), **UNIT), IMAGE)
    yield run("solarization_first", L.Solarization(threshold_factor=0.5, **FIRST), TURNED)


def filters():
    yield run("sharpness", L.RandomSharpness(0.75), IMAGE)
    yield run("sharpness_unit", L.RandomSharpness((0.1, 0.9), **UNIT), (3, 4, 5, 2))
    yield run("sharpness_first", L.RandomSharpness((0.0, 0.1), **FIRST), TURNED)
    yield run("blur", L.RandomGaussianBlur(), IMAGE)
    yield run("blur_odd", L.RandomGaussianBlur((0.5, 1.0), (3, 5), (0.5, 1.0), (20, 200)), (3, 6, 5, 2))
    yield run("blur_first", L.RandomGaussianBlur((1.0, 1.0), 5, 0.7, **FIRST), TURNED)
    yield run("contrast_auto", L.AutoContrast(), IMAGE, training=None)
    flat = pixels("flat", (2, 4, 3, 2), 1)
    flat[0, ..., 1] = 0.5
    yield run("contrast_auto_unit", L.AutoContrast(**UNIT), None, flat, training=None)
    yield run("contrast_auto_first", L.AutoContrast(**FIRST), TURNED, training=None)
    yield run("equalization", L.Equalization(), IMAGE)
    flat[..., 1] = 0.25
    yield run("equalization_unit", L.Equalization(bins=16, **UNIT), None, flat)
    yield run("equalization_first", L.Equalization(bins=64, **FIRST), TURNED)
    clahe = L.ContrastLimitedAdaptiveHistogramEqualization
    yield run("clahe", clahe(), (2, 16, 8, 1), training=None)
    yield run("clahe_odd", clahe(clip_limit=40, tile_grid_size=(3, 2)), (2, 11, 7, 2), training=None)
    yield run("clahe_unit", clahe((0, 1), 0, (2, 2), **FIRST), (2, 1, 5, 6), training=None)


def warps():
    yield run("shear", L.RandomShear((0.1, 0.5), (0.0, 0.3)), IMAGE)
    yield run("shear_x", L.RandomShear((0.4, 0.4), interpolation="nearest", fill_mode="wrap"), IMAGE)
    yield run("shear_y", L.RandomShear(y_factor=(0.2, 1.0), fill_mode="constant", fill_value=7), IMAGE)
    yield run("shear_first", L.RandomShear((0.3, 0.3), (0.3, 0.3), fill_mode="nearest", **FIRST), TURNED)
    yield run("perspective", L.RandomPerspective(), IMAGE)
    yield run("perspective_odd", L.RandomPerspective((0.8, 1.0), 0.4, "nearest", 9.0), (3, 4, 7, 2))
    yield run("perspective_first", L.RandomPerspective((1.0, 1.0), **FIRST), TURNED)
    elastic = L.RandomElasticTransform
    wide = pixels("elastic", (2, 26, 22, 1), 1)
    yield run("elastic", elastic((0.5, 1.0), (0.8, 1.0)), None, wide)
    for mode in ("reflect", "wrap", "constant", "nearest"):
        for interpolation in ("bilinear", "nearest"):
            name = f"elastic_{mode}_{interpolation}"
            noise = (units(name, (2, 6, 5)) * 2 - 1) * 80
            layer = elastic((1.0, 1.0), (1.0, 1.0), interpolation, mode, 12.0)
            yield run(name, layer, (2, 6, 5, 1), given={"noise": noise})
    yield run("elastic_first", elastic((1.0, 1.0), (0.5, 0.5), value_range=(50, 200), **FIRST), (2, 2, 4, 5))


def sets():
    yield run("jitter", L.RandomColorJitter((0, 255), 0.3, 0.4, (0.3, 0.6), 0.2), IMAGE)
    yield run("jitter_unit", L.RandomColorJitter((0, 1), None, None, 0.5, (0.1, 0.3), seed=2), IMAGE)
    yield run("jitter_first", L.RandomColorJitter((0, 255), (-0.5, 0.5), (0.2, 0.5), **FIRST), TURNED)
    pairs = [(0, 3), (1, 4), (2, 5), (6, 7), (8, 9), (10, 3), (4, 4)]
    for first, second in pairs:
        yield run(f"randaugment_{first}_{second}", L.RandAugment(), IMAGE, given={"layers": (first, second)})
    nearest = L.RandAugment((0, 1), 1, 0.8, "nearest", 4)
    yield run("randaugment_nearest", nearest, IMAGE, given={"layers": (2,)})
    first = L.RandAugment(num_ops=3, factor=(0.2, 0.4), **FIRST)
    yield run("randaugment_first", first, TURNED, given={"layers": (9, 0, 10)})
    yield run("augmix", L.AugMix(), IMAGE, choices=[0, 1, 2, 3, 4, 11, 5, 6, 7])
    colors = L.AugMix(num_chains=2, chain_depth=2, alpha=0.5)
    yield run("augmix_colors", colors, IMAGE, choices=[8, 11, 9, 10])
    few = L.AugMix((0, 255), 2, 1, 0.9, all_ops=False, interpolation="nearest", seed=1, **FIRST)
    yield run("augmix_few", few, (3, 2, 5, 4), choices=[5, 2])
    yield run("mix_up", L.MixUp(0.4), (4, 3, 3, 2))
    yield run("mix_up_first", L.MixUp(**FIRST), (4, 2, 3, 4))
    yield run("cut_mix", L.CutMix((0.5, 1.0)), (4, 4, 5, 2))
    yield run("cut_mix_first", L.CutMix(**FIRST), (4, 2, 5, 4))
    yield run("boxes", L.MaxNumBoundingBoxes(3, bounding_box_format="xyxy"), IMAGE, training=None)
    several = [L.Rescaling(1 / 255.0), L.AutoContrast(**UNIT), L.RandomInvert(0.8, name="invert", **UNIT)]
    yield run("pipeline", L.Pipeline(several), IMAGE)
    yield run("pipeline_first", L.Pipeline([L.RandomSharpness(0.5, name="sharp", **FIRST)]), TURNED)


def main(folder):
    cases = [case for part in (colors, filters, warps, sets) for case in part()]
    write(folder, "augmentation.json.gz", {"keras": keras.__version__, "cases": cases})


if __name__ == "__main__":
    main(sys.argv[1])
