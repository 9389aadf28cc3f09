"""Trains a small network of many kinds of layers in an old version of Keras and keeps its files.

Usage: PYTHONPATH=FOLDER python old_keras.py FIXTURES

FOLDER is where that version was installed: pip install --no-deps --target FOLDER keras==3.3.3. Writes
own_VERSION.keras and own_VERSION.h5 and, into predictions_VERSION.h5, pictures (x) and what the network
makes of them (y) under the name of each file.
"""

import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import h5py
import keras
import numpy as np
from keras import layers


def network():
    picture = keras.Input((16, 16, 3))
    x = layers.Rescaling(1 / 255.0)(picture)
    x = layers.RandomFlip("horizontal")(x)
    x = layers.Conv2D(
        8,
        3,
        padding="same",
        use_bias=False,
        kernel_initializer="he_normal",
        kernel_regularizer=keras.regularizers.L2(1e-4),
    )(x)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    branch = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    x = layers.SeparableConv2D(12, 3)(layers.Add()([x, branch]))
    x = layers.LeakyReLU(negative_slope=0.1)(x)
    tower = keras.Sequential(
        [
            keras.Input((14, 14, 12)),
            layers.Conv2D(4, 3, activation="elu"),
            layers.GlobalAveragePooling2D(),
        ],
        name="tower",
    )
    x = layers.Dropout(0.3)(tower(x))
    return keras.Model(picture, layers.Dense(5, activation="softmax")(x))


def main(folder):
    keras.utils.set_random_seed(1)
    model = network()
    rate = keras.optimizers.schedules.CosineDecay(1e-3, 50, warmup_target=2e-3, warmup_steps=5)
    model.compile(
        optimizer=keras.optimizers.AdamW(rate, use_ema=True),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy", keras.metrics.SparseTopKCategoricalAccuracy(k=2)],
    )
    x = (np.random.RandomState(0).rand(16, 16, 16, 3) * 255).astype("float32")
    model.fit(x, np.arange(16) % 5, epochs=2, batch_size=4, verbose=0)
    version = keras.__version__
    with h5py.File(os.path.join(folder, f"predictions_{version}.h5"), "w") as golden:
        for ending in ("keras", "h5"):
            name = f"own_{version}.{ending}"
            model.save(os.path.join(folder, name))
            golden[f"{name}/x"] = x[:4]
            golden[f"{name}/y"] = model.predict(x[:4], verbose=0)


if __name__ == "__main__":
    main(sys.argv[1])
