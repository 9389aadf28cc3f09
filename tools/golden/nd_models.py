"""A model of sequences and one of volumes, broken off in training, and how they go on in Keras.

    python tools/golden/nd_models.py [FOLDER]

Writes keras3_NAME.keras for both, an .h5 of the second, and NAME/x, y, predicted, losses (of five more steps) and
predicted_after in nd_training.h5, into src/test/resources/fixtures unless told otherwise.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import h5py
import keras
import numpy as np

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "src/test/resources/fixtures"
L = keras.layers


def sequence():
    """Dilated and separable convolutions, normalization, poolings; Adam in the middle of its way."""
    steps = keras.Input((20, 3), name="steps")
    x = L.ZeroPadding1D((2, 1), name="border")(steps)
    x = L.Conv1D(6, 3, padding="causal", dilation_rate=2, activation="relu", name="past")(x)
    x = L.BatchNormalization(name="norm")(x)
    x = L.MaxPooling1D(2, name="halves")(x)
    short = L.AveragePooling1D(3, 1, "same", name="smooth")(x)
    x = L.SeparableConv1D(6, 3, padding="same", activation="tanh", name="separable")(x)
    x = L.Add(name="sum")([x, short])
    x = L.Conv1DTranspose(4, 4, 2, "same", name="longer")(x)
    x = L.DepthwiseConv1D(3, 2, name="depthwise")(x)
    x = L.AdaptiveAveragePooling1D(4, name="four")(x)
    x = L.Concatenate(name="both")([L.GlobalAveragePooling1D(name="mean")(x), L.Flatten(name="flat")(x)])
    model = keras.Model(steps, L.Dense(3, activation="softmax", name="classes")(x), name="sequence")
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", jit_compile=False)
    return model


def volume():
    """A small U of convolutions, as for scans; SGD with momentum."""
    scan = keras.Input((6, 8, 4, 1), name="scan")
    fine = L.Conv3D(4, 3, padding="same", use_bias=False, name="fine")(scan)
    fine = L.ReLU(name="relu")(L.BatchNormalization(name="norm")(fine))
    x = L.MaxPooling3D((2, 2, 1), name="halves")(fine)
    x = L.Conv3D(6, (2, 3, 2), padding="same", activation="relu", name="coarse")(x)
    x = L.Conv3DTranspose(4, 2, (2, 2, 1), "same", name="larger")(x)
    x = L.Concatenate(name="both")([x, fine])
    x = L.Conv3D(4, 2, 2, dilation_rate=1, activation="elu", name="steps")(x)
    x = L.GlobalAveragePooling3D(name="mean")(x)
    model = keras.Model(scan, L.Dense(2, activation="softmax", name="classes")(x), name="volume")
    model.compile(
        keras.optimizers.SGD(0.05, momentum=0.9), "sparse_categorical_crossentropy", jit_compile=False
    )
    return model


def record(file, makes, old):
    """Trains models for two steps, saves them, those named in the old format too, and how they go on."""
    with h5py.File(os.path.join(FOLDER, file), "w", libver="latest") as golden:
        for make in makes:
            keras.utils.clear_session()
            keras.utils.set_random_seed(7)
            model = make()
            random = np.random.RandomState(3)
            x = random.uniform(-1, 1, (6, *model.input_shape[1:])).astype("float32")
            y = random.randint(0, model.output_shape[-1], 6).astype("int32")
            for _ in range(2):
                model.train_on_batch(x, y)
            for end in (".keras", ".h5") if model.name in old else (".keras",):
                model.save(os.path.join(FOLDER, f"keras3_{model.name}{end}"))
            golden[f"{model.name}/x"] = x
            golden[f"{model.name}/y"] = y
            golden[f"{model.name}/predicted"] = model.predict(x, verbose=0)
            losses = [
                model.fit(x, y, batch_size=6, shuffle=False, verbose=0).history["loss"][0]
                for _ in range(5)
            ]
            golden[f"{model.name}/losses"] = np.array(losses, "float32")
            golden[f"{model.name}/predicted_after"] = model.predict(x, verbose=0)


if __name__ == "__main__":
    record("nd_training.h5", (sequence, volume), ("volume",))
