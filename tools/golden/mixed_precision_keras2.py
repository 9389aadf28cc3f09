"""Writes a small network that Keras 2 trained under its mixed policies, in its two file formats.

    TF_USE_LEGACY_KERAS=1 python tools/golden/mixed_precision_keras2.py [FOLDER]

Needs tf-keras. FOLDER (by default src/test/resources/fixtures) gets keras2_POLICY.h5 and .keras, and
keras2_mixed_precision.h5 with x and what each model predicts for it.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import h5py
import numpy as np
import tf_keras as keras

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "src/test/resources/fixtures"


def network():
    layers = keras.layers
    return keras.Sequential(
        [
            layers.InputLayer((6, 6, 3)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.Flatten(),
            layers.Dense(5),
            layers.Activation("softmax", dtype="float32"),
        ]
    )


def main():
    random = np.random.default_rng(1)
    x = random.random((8, 6, 6, 3), "float32")
    y = np.arange(8) % 5
    with h5py.File(f"{FOLDER}/keras2_mixed_precision.h5", "w") as golden:
        golden["x"] = x
        for policy in ("mixed_bfloat16", "mixed_float16"):
            keras.mixed_precision.set_global_policy(policy)
            keras.utils.set_random_seed(3)
            model = network()
            optimizer = keras.optimizers.Adam(0.01)
            model.compile(optimizer, "sparse_categorical_crossentropy", jit_compile=False)
            model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0)
            model.save(f"{FOLDER}/keras2_{policy}.h5")
            model.save(f"{FOLDER}/keras2_{policy}.keras")
            golden[policy] = model.predict(x, verbose=0).astype("float32")


if __name__ == "__main__":
    main()
