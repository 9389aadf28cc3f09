"""Makes the folder that model.save(folder) of Keras 2 writes, with an old optimizer, for the tests.

Usage: keras2_folder_fixture.py FOLDER    (needs tf-keras, not Keras 3)

keras2_nested_savedmodel       a nested model called twice, with Adam of Keras 2.10
keras2_nested_savedmodel.h5    the same model in one file
keras2_nested_savedmodel.npy   what it predicts for two images whose i-th number is
                               (7 i mod 29 - 14) / 29
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tf_keras as keras

SHAPE = (8, 8, 3)


def nested():
    tower = keras.Sequential(
        [
            keras.layers.Input(SHAPE),
            keras.layers.DepthwiseConv2D(3, padding="same"),
            keras.layers.BatchNormalization(),
            keras.layers.ReLU(),
        ],
        name="tower",
    )
    x = keras.Input(SHAPE)
    y = keras.layers.Conv2D(3, 3, padding="same", name="stem")(x)
    y = keras.layers.Add()([tower(x), tower(y)])
    y = keras.layers.GlobalAveragePooling2D()(y)
    return keras.Model(x, keras.layers.Dense(4, activation="softmax")(y))


def main(folder):
    keras.utils.set_random_seed(5)
    model = nested()
    model.compile(
        keras.optimizers.legacy.Adam(0.002), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    images = np.random.rand(16, *SHAPE).astype("float32")
    model.fit(images, np.arange(16) % 4, batch_size=8, epochs=1, verbose=0)
    name = os.path.join(folder, "keras2_nested_savedmodel")
    model.save(name, save_format="tf")
    model.save(name + ".h5")
    count = 2 * int(np.prod(SHAPE))
    x = ((np.arange(count) * 7 % 29 - 14) / 29).reshape(2, *SHAPE).astype("float32")
    np.save(name + ".npy", model.predict(x, verbose=0))


if __name__ == "__main__":
    main(*sys.argv[1:])
