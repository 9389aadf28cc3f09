"""Writes sound.json.gz: what Keras' layers that make spectrograms of sound give.

    python tools/golden/sound.py src/test/resources/golden

In the form of layers.json.gz. Needs scipy beside tools/requirements.txt, for its windows.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from files import write
from layers import dump, numbers, written

L = keras.layers
FIRST = {"data_format": "channels_first"}


def run(name, layer, shape, gradient=True):
    """One call with the weights that the layer begins with, and the gradients of a weighted sum."""
    # Numbers that bfloat16 holds: the logarithm of what is small shows its rounding.
    x = tf.constant(np.round(numbers(name, shape) * 64) / 64)
    layer(x)
    config = written(layer)
    weights = list(layer.weights)
    with tf.GradientTape() as tape:
        values = [weight.value for weight in weights]
        tape.watch([x, *values])
        output = layer(x)
        upstream = np.round(numbers(f"{name}/upstream", tuple(output.shape)) * 4)
        total = tf.reduce_sum(output * upstream)
    case = {
        "name": name,
        "class_name": layer.__class__.__name__,
        "written": config,
        "training": None if gradient else False,
        "inputs": [dump(x)],
        "weights": {weight.name: dump(weight.numpy()) for weight in weights},
        "weights_after": {weight.name: dump(weight.numpy()) for weight in weights},
        "output": dump(output),
    }
    if gradient:
        found = tape.gradient(total, [x, *values])
        case["upstream_grad"] = dump(upstream)
        case["grad_inputs"] = [dump(found[0])]
        case["grad_weights"] = {w.name: dump(g) for w, g in zip(weights, found[1:])}
    return case


def short_time():
    small = {"frame_length": 8, "frame_step": 3, "fft_length": 8}
    for mode in ("log", "magnitude", "psd", "real", "imag", "angle", "stft"):
        yield run(f"stft_{mode}", L.STFTSpectrogram(mode, **small), (2, 17, 2))
    yield run("stft_default", L.STFTSpectrogram(frame_length=12), (1, 40, 1))
    yield run("stft_same", L.STFTSpectrogram("real", **small, padding="same"), (2, 16, 1))
    odd = L.STFTSpectrogram("stft", 7, None, 9, "hamming", True, "spectrum", expand_dims=True)
    yield run("stft_odd", odd, (2, 15, 2))
    yield run("stft_first", L.STFTSpectrogram("psd", **small, scaling=None, **FIRST), (2, 2, 14))
    image = L.STFTSpectrogram("magnitude", **small, window=None, expand_dims=True, **FIRST)
    yield run("stft_image_first", image, (2, 2, 14))
    given = L.STFTSpectrogram("imag", **small, window=[0.5, 1, 2, 3, 3, 2, 1, 0.25])
    yield run("stft_window", given, (1, 12, 1))


def pitches():
    mel = L.MelSpectrogram
    small = {"fft_length": 32, "sequence_stride": 12, "num_mel_bins": 6, "sampling_rate": 800}
    yield run("mel", mel(**small), (2, 100), False)
    odd = mel(45, 10, 21, "hamming", 1000, 7, 5.0, 300.0, top_db=10.0, mag_exp=1.0, ref_power=0.5)
    yield run("mel_odd", odd, (2, 93), False)
    powers = mel(64, 16, 40, [i % 7 + 0.5 for i in range(40)], 500, 9, power_to_db=False)
    yield run("mel_powers", powers, (1, 130), False)
    yield run("mel_plain", mel(16, 16, None, None, 400, 4, 0.0, min_power=1e-3), (2, 48), False)


WINDOWS = [
    "bartlett", "barthann", "blackman", "blackmanharris", "bohman", "boxcar", "cosine",
    "exponential", "flattop", "hamming", "hann", "lanczos", "nuttall", "parzen", "taylor",
    "triang", "tukey",
]  # fmt: skip


def windows():
    """The kernels that a layer begins with, by window."""
    for number, window in enumerate(WINDOWS):
        for length in (7, 8):
            for periodic in (False, True):
                side = ("real", "imag")[number % 2]
                scaling = ("density", "spectrum", None)[number % 3]
                initializer = keras.initializers.STFT(side, window, scaling, periodic)
                yield {
                    "class_name": "STFT",
                    "config": initializer.get_config(),
                    "output": dump(initializer((length, 1, 5))),
                }


def gradients():
    """What decibels and powers do to sound by their gradient, for which Kerava has other operations."""
    for power_to_db in (True, False):
        layer = L.MelSpectrogram(32, 12, 24, "hann", 800, 6, power_to_db=power_to_db)
        x = tf.constant(numbers("gradient", (2, 70)))
        with tf.GradientTape() as tape:
            tape.watch(x)
            output = layer(x)
            upstream = np.round(numbers("gradient/upstream", tuple(output.shape)) * 4)
            total = tf.reduce_sum(output * upstream)
        yield {
            "config": written(layer),
            "input": dump(x),
            "output": dump(output),
            "upstream_grad": dump(upstream),
            "grad_input": dump(tape.gradient(total, x)),
        }


def main(folder):
    cases = [case for part in (short_time, pitches) for case in part()]
    packed = {"keras": keras.__version__, "cases": cases, "gradients": list(gradients())}
    write(folder, "sound.json.gz", {**packed, "windows": list(windows())})


if __name__ == "__main__":
    main(sys.argv[1])
