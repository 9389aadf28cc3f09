"""Makes files as the first Keras 2, of 2017, wrote them, with what their model predicts.

    python tools/golden/first_keras2.py src/test/resources/fixtures

Needs tf-keras. Trains a small network of separable convolutions, takes from the file what Keras 2.0 did
not write, and gives variables the names that it gave them: those of optimizers said neither weight nor
slot, and stood in the order of the weights' names. Writes first_keras2_adam.h5, first_keras2_rmsprop.h5
(of which Keras 2.0 wrote no counter) and predictions_first_keras2.h5.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import numpy as np
import tf_keras as keras

L = keras.layers
OLD_KEYS = {
    "InputLayer": ["batch_input_shape", "dtype", "sparse", "name"],
    "Conv2D": ["filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "activation", "use_bias"],
    "SeparableConv2D": ["filters", "kernel_size", "strides", "padding", "data_format", "activation", "use_bias", "depth_multiplier"],
    "BatchNormalization": ["axis", "momentum", "epsilon", "center", "scale"],
    "MaxPooling2D": ["pool_size", "padding", "strides", "data_format"],
    "Activation": ["activation"],
    "Add": [],
    "GlobalAveragePooling2D": ["data_format"],
}  # fmt: skip


def network():
    x = picture = keras.Input((8, 8, 1), name="input_1")
    x = L.Conv2D(4, 3, use_bias=False, name="conv2d_1")(x)
    x = L.Activation("relu", name="activation_1")(L.BatchNormalization(name="batch_normalization_1")(x))
    side = L.Conv2D(6, 1, strides=2, padding="same", use_bias=False, name="conv2d_2")(x)
    x = L.SeparableConv2D(6, 3, padding="same", use_bias=False, name="separable_conv2d_1")(x)
    x = L.BatchNormalization(name="batch_normalization_10")(x)
    x = L.MaxPooling2D(3, strides=2, padding="same", name="max_pooling2d_1")(x)
    x = L.Conv2D(3, 3, padding="same", name="conv2d_7")(L.Add(name="add_1")([x, side]))
    x = L.GlobalAveragePooling2D(name="global_average_pooling2d_1")(x)
    return keras.Model(picture, L.Activation("softmax", name="predictions")(x), name="model_1")


def config(model):
    """The model's config without what came later."""
    full = json.loads(model.to_json())
    for layer in full["config"]["layers"]:
        kept = [*OLD_KEYS[layer["class_name"]], "name"]
        layer["config"] = {key: value for key, value in layer["config"].items() if key in kept}
        layer.pop("module", None), layer.pop("registered_name", None), layer.pop("build_config", None)
    full["config"].pop("trainable", None)
    return json.dumps({"class_name": "Model", "config": full["config"]})


def group(file, name, arrays, attribute="weight_names"):
    made = file.create_group(name)
    made.attrs[attribute] = [key.encode() for key in arrays]
    for key, array in arrays.items():
        made[key] = array
    return made


def save(folder, model, optimizer, settings):
    weights = sorted(model.trainable_weights, key=lambda w: w.name)
    slots = [np.zeros(w.shape, "float32") for w in weights]
    state = {} if optimizer == "rmsprop" else {"iterations_1:0": np.float32(7)}
    for i, slot in enumerate(slots * (1 if optimizer == "rmsprop" else 2)):
        state[f"Variable_{104 + i}:0"] = slot
    with h5py.File(os.path.join(folder, f"first_keras2_{optimizer}.h5"), "w") as file:
        file.attrs["keras_version"], file.attrs["backend"] = b"2.0.5", b"tensorflow"
        file.attrs["model_config"] = config(model).encode()
        file.attrs["training_config"] = json.dumps(settings).encode()
        inner = file.create_group("model_weights")
        inner.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        inner.attrs["keras_version"], inner.attrs["backend"] = b"2.0.5", b"tensorflow"
        for layer in model.layers:
            group(inner, layer.name, {w.name.replace("/", "_1/", 1): w.numpy() for w in layer.weights})
        group(file, "optimizer_weights", state)


def main(folder):
    keras.utils.set_random_seed(5)
    model = network()
    model.compile("adam", "categorical_crossentropy")
    x = np.random.RandomState(5).uniform(-1, 1, (12, 8, 8, 1)).astype("float32")
    model.fit(x, np.eye(3)[np.arange(12) % 3], epochs=2, verbose=0)
    adam = {"lr": 1e-4, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-8, "decay": 0.0}
    rmsprop = {"lr": 1e-3, "rho": 0.9, "epsilon": 1e-8, "decay": 0.0}
    for name, class_name, numbers in [("adam", "Adam", adam), ("rmsprop", "RMSprop", rmsprop)]:
        optimizer = {"class_name": class_name, "config": numbers}
        others = {"metrics": ["accuracy"], "sample_weight_mode": None, "loss_weights": None}
        save(folder, model, name, {"optimizer_config": optimizer, "loss": "categorical_crossentropy", **others})
    read = keras.models.load_model(os.path.join(folder, "first_keras2_adam.h5"), compile=False)
    with h5py.File(os.path.join(folder, "predictions_first_keras2.h5"), "w") as golden:
        golden["x"], golden["y"] = x[:3], read.predict(x[:3], verbose=0)


if __name__ == "__main__":
    main(sys.argv[1])
