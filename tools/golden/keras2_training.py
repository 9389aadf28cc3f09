"""Models of Keras 2 (tf-keras) in the midst of training, by each optimizer of both generations, and where one more step leads.

python tools/golden/keras2_training.py FOLDER [--formats h5,keras,folder] [--only REGEX]

Needs tf-keras 2.21, tensorflow 2.21 and h5py in one environment. FOLDER gets, for each model, NAME.h5, NAME.keras and the SavedModel
NAME/, and training.h5 with groups NAME: x, y, and after/LAYER/WEIGHT, the weights one step on.
"""

import argparse
import os
import re
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
warnings.filterwarnings("ignore")

import h5py  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
import tf_keras as keras  # noqa: E402

L = keras.layers
O = keras.optimizers
OLD = keras.optimizers.legacy
S = keras.optimizers.schedules


def optimizers():
    new = {
        "sgd": lambda: O.SGD(0.1),
        "sgd_momentum": lambda: O.SGD(0.1, momentum=0.9),
        "sgd_nesterov": lambda: O.SGD(0.1, momentum=0.9, nesterov=True),
        "sgd_clipnorm": lambda: O.SGD(0.1, momentum=0.5, clipnorm=0.05),
        "sgd_clipvalue": lambda: O.SGD(0.1, clipvalue=0.01),
        "sgd_global": lambda: O.SGD(0.1, global_clipnorm=0.05),
        "sgd_weight_decay": lambda: O.SGD(0.1, weight_decay=0.01),
        "rmsprop": lambda: O.RMSprop(0.01),
        "rmsprop_momentum": lambda: O.RMSprop(0.01, momentum=0.5),
        "rmsprop_centered": lambda: O.RMSprop(0.01, momentum=0.5, centered=True),
        "rmsprop_centered_plain": lambda: O.RMSprop(0.01, centered=True),
        "adam": lambda: O.Adam(0.01),
        "adam_amsgrad": lambda: O.Adam(0.01, amsgrad=True),
        "adamw": lambda: O.AdamW(0.01, weight_decay=0.02),
        "adadelta": lambda: O.Adadelta(0.5),
        "adagrad": lambda: O.Adagrad(0.1),
        "adamax": lambda: O.Adamax(0.01),
        "nadam": lambda: O.Nadam(0.01),
        "ftrl": lambda: O.Ftrl(0.1, l1_regularization_strength=0.01),
        "lion": lambda: O.Lion(0.01),
        "adafactor": lambda: O.Adafactor(0.01),
        "exponential": lambda: O.Adam(S.ExponentialDecay(0.1, 2, 0.5)),
        "staircase": lambda: O.SGD(S.ExponentialDecay(0.1, 2, 0.5, staircase=True), momentum=0.9),
        "piecewise": lambda: O.SGD(S.PiecewiseConstantDecay([2, 5], [0.1, 0.05, 0.01])),
        "polynomial": lambda: O.SGD(S.PolynomialDecay(0.1, 10, 0.01, power=2.0)),
        "inverse": lambda: O.SGD(S.InverseTimeDecay(0.1, 2, 0.5)),
        "cosine": lambda: O.SGD(S.CosineDecay(0.1, 10, alpha=0.1)),
        "restarts": lambda: O.SGD(S.CosineDecayRestarts(0.1, 5)),
    }
    old = {
        "sgd": lambda: OLD.SGD(0.1),
        "sgd_momentum": lambda: OLD.SGD(0.1, momentum=0.9),
        "sgd_decay": lambda: OLD.SGD(0.1, momentum=0.9, nesterov=True, decay=0.1),
        "sgd_schedule_decay": lambda: OLD.SGD(S.ExponentialDecay(0.1, 2, 0.5), decay=0.1),
        "sgd_clipnorm": lambda: OLD.SGD(0.1, clipnorm=0.05),
        "rmsprop": lambda: OLD.RMSprop(0.01),
        "rmsprop_momentum": lambda: OLD.RMSprop(0.01, momentum=0.5),
        "rmsprop_centered": lambda: OLD.RMSprop(0.01, momentum=0.5, centered=True),
        "rmsprop_centered_plain": lambda: OLD.RMSprop(0.01, centered=True),
        "adam": lambda: OLD.Adam(0.01),
        "adam_decay": lambda: OLD.Adam(0.01, decay=0.05),
        "adam_amsgrad": lambda: OLD.Adam(0.01, amsgrad=True),
        "adam_schedule": lambda: OLD.Adam(S.ExponentialDecay(0.1, 2, 0.5)),
        "adadelta": lambda: OLD.Adadelta(0.5),
        "adagrad": lambda: OLD.Adagrad(0.1),
        "adamax": lambda: OLD.Adamax(0.01),
        "nadam": lambda: OLD.Nadam(0.01),
        "ftrl": lambda: OLD.Ftrl(0.1, l1_regularization_strength=0.01),
    }
    return [(f"new_{n}", m) for n, m in new.items()] + [(f"old_{n}", m) for n, m in old.items()]


def losses():
    c = keras.losses
    return [
        ("scce", "sparse_categorical_crossentropy"), ("scce_object", c.SparseCategoricalCrossentropy()),
        ("scce_logits", c.SparseCategoricalCrossentropy(from_logits=True)), ("cce", "categorical_crossentropy"),
        ("cce_smooth", c.CategoricalCrossentropy(label_smoothing=0.1)), ("cce_sum", c.CategoricalCrossentropy(reduction="sum")),
        ("mse", "mse"), ("mse_object", c.MeanSquaredError()), ("mae", "mean_absolute_error"), ("huber", c.Huber(0.2)), ("huber_name", "huber"),
        ("kld", "kld"), ("poisson", "poisson"), ("cosine", c.CosineSimilarity(axis=-1)), ("hinge", "categorical_hinge"), ("logcosh", "log_cosh"),
        ("bce", "binary_crossentropy"), ("bce_logits", c.BinaryCrossentropy(from_logits=True, label_smoothing=0.2)),
        ("focal", c.CategoricalFocalCrossentropy(alpha=0.3, gamma=1.5)), ("plain_hinge", "hinge"), ("dict", {"out": "mse"}), ("list", ["mse"]),
        ("mape", "mean_absolute_percentage_error"),
    ]


def compiles():
    m = keras.metrics
    return [
        ("metrics", {"metrics": ["accuracy", m.SparseTopKCategoricalAccuracy(2), m.SparseCategoricalCrossentropy()]}),
        ("metrics_dict", {"metrics": {"out": ["accuracy"]}}),
        ("metrics_list", {"metrics": [["accuracy", "sparse_categorical_crossentropy"]]}),
        ("metrics_foreign", {"metrics": ["accuracy", "mean_squared_logarithmic_error"]}),
        ("weighted", {"weighted_metrics": ["accuracy"]}),
        ("weights_one", {"loss_weights": 1.0}), ("weights_list", {"loss_weights": [2.0]}), ("weights_dict", {"loss_weights": {"out": 0.5}}),
        ("eager", {"run_eagerly": True}),
    ]


def sigmoid():
    # Behind a softmax, binary_crossentropy of Keras 2 takes its logits for those of a sigmoid.
    x = L.Input((4,), name="entry")
    return keras.Model(x, L.Dense(4, name="out", activation="sigmoid")(x))


def plain():
    x = L.Input((4,), name="entry")
    h = L.Dense(4, name="dense_10", activation="tanh")(x)
    h = L.BatchNormalization(name="mm")(h)
    h = L.Dense(4, name="dense_2", activation="tanh")(h)
    side = L.Dense(4, name="zz")(x)
    return keras.Model(x, L.Dense(4, name="out", activation="softmax")(L.Add(name="add")([side, L.Dense(4, name="aa")(h)])))


def tiny():
    x = L.Input((4,), name="entry")
    return keras.Model(x, L.Dense(4, name="aa", activation="softmax")(L.Dense(4, name="zz", activation="tanh")(x)))


def nested():
    i = L.Input((4,))
    inner = keras.Model(i, L.Dense(4, name="i1")(L.BatchNormalization(name="ib")(L.Dense(4, name="i2", activation="tanh")(i))), name="inner")
    x = L.Input((4,), name="entry")
    frozen = L.Dense(4, name="ff", trainable=False)
    return keras.Model(x, L.Dense(4, name="out", activation="softmax")(inner(frozen(L.Dense(4, name="zz")(x)))))


def named(model, owner=""):
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from named(layer, owner + layer.name + "/")
        else:
            for weight in layer.weights:
                yield owner + layer.name + "/" + weight.name.split("/")[-1].split(":")[0], weight


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--formats", default="h5,keras,folder")
    parser.add_argument("--only", default=".")
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    cases = [(f"{n}_{s}", b, m, "sparse_categorical_crossentropy", {}) for n, m in optimizers() for s, b in (("plain", plain), ("nested", nested), ("tiny", tiny))]
    cases += [(f"loss_{n}", sigmoid if "bce" in n else plain, lambda: O.Adam(0.01), loss, {}) for n, loss in losses()]
    cases += [(f"compile_{n}", plain, lambda: O.SGD(0.1), "sparse_categorical_crossentropy", more) for n, more in compiles()]
    with h5py.File(os.path.join(options.folder, "training.h5"), "w", libver="latest") as golden:
        for name, build, optimizer, loss, more in cases:
            if not re.search(options.only, name):
                continue
            keras.backend.clear_session()
            rng = np.random.default_rng(5)
            model = build()
            model.set_weights([np.abs(rng.normal(size=w.shape)).astype("float32") * 0.4 + (0.5 if "variance" in w.name else 0) for w in model.weights])
            model.compile(optimizer(), loss, **more)
            x = rng.normal(size=(8, 4)).astype("float32")
            labels = rng.integers(0, 4, 8)
            sparse = "scce" in name or not name.startswith("loss_")
            y = labels.reshape(8, 1).astype("float32") if sparse else np.eye(4, dtype="float32")[labels]
            for _ in range(3):
                model.train_on_batch(x, y)
            if "h5" in options.formats:
                model.save(os.path.join(options.folder, name + ".h5"))
            if "keras" in options.formats:
                model.save(os.path.join(options.folder, name + ".keras"))
            if "folder" in options.formats:
                model.save(os.path.join(options.folder, name), save_format="tf")
            model.train_on_batch(x, y)
            group = golden.create_group(name)
            group["x"], group["y"] = x, y
            for path, weight in named(model):
                group["after/" + path] = weight.numpy()


main()
