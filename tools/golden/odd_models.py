"""Makes the archives of models that Keras writes in unusual ways, with what they predict.

    python tools/golden/odd_models.py src/test/resources/fixtures

Needs the versions in tools/requirements.txt. Writes keras3_odd.keras (activations that are layers,
a model of two inputs within, numbers along two axes, an input of whole numbers, a metric of
a curve) and predictions_odd.h5.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import keras
import numpy as np

L = keras.layers


def inner():
    left = keras.Input((2, 2, 4))
    right = keras.Input((4,))
    pooled = L.GlobalAveragePooling2D()(left)
    return keras.Model([left, right], L.Multiply()([pooled, right]), name="gate")


def model():
    keras.utils.set_random_seed(4)
    pixels = keras.Input((4, 4, 3), dtype="uint8")
    mean = np.arange(12, dtype="float32").reshape(4, 3) * 8
    x = L.Normalization(axis=(1, 3), mean=mean, variance=mean + 1)(pixels)
    x = L.Conv2D(4, 2, strides=2, activation=L.LeakyReLU(negative_slope=0.1))(x)
    x = L.GroupNormalization(2, axis=2)(x)
    x = L.Normalization(mean=0.25, variance=4.0)(x)
    y = L.Dense(4, activation=L.ELU(alpha=0.5))(L.Flatten()(x))
    z = inner()([x, y])
    result = keras.Model(pixels, L.Dense(3, activation="softmax")(z), name="odd")
    result.compile("adam", "categorical_crossentropy", metrics=[keras.metrics.AUC(), "mse"])
    return result


def main(folder):
    odd = model()
    x = np.random.RandomState(1).randint(0, 256, (5, 4, 4, 3)).astype("uint8")
    odd.save(os.path.join(folder, "keras3_odd.keras"))
    with h5py.File(os.path.join(folder, "predictions_odd.h5"), "w") as file:
        file["x"] = x.astype("float32")
        file["y"] = odd.predict(x, verbose=0)


if __name__ == "__main__":
    main(sys.argv[1])
