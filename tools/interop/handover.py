"""Python's legs of a training that changes hands: trains the network of the examples step by step.

Usage: handover.py PLAN.json FOLDER

PLAN.json says {"stage": "start" or "finish", "legs": [n, n, n], "batch": images a step,
"optimizers": [names], "arithmetic": how Python is to compute}; FOLDER holds x.npy (bytes) and y.npy. A step takes
the next images, so that no step sees what another saw. The arithmetic is "plain", "no_onednn" for
TensorFlow's own kernels in place of oneDNN's, or "from N" for the images of a step beginning with the
Nth: the sums are the same in all of them, but not their rounding.

"start" trains from the first step to the last without a break and leaves, for each optimizer O,
  O.start.keras    before the first step, and O.python1.keras after the first leg;
"finish" takes O.java1.keras over for the second leg, leaving O.python2.keras, and O.java2.keras for
the third. Each leaves report.json with the losses, and what the optimizer held at each hand-over in
O.FILE.slots.npy, all its variables after the iteration and the learning rate, end to end.
"""

import json
import os
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
with open(sys.argv[1]) as plan_file:
    PLAN = json.load(plan_file)
# Must be set before TensorFlow is loaded.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0" if PLAN["arithmetic"] == "no_onednn" else "1"

import keras
import numpy as np
from keras import layers

OPTIMIZERS = {
    "adam": lambda: keras.optimizers.Adam(3e-4),
    "adamw": lambda: keras.optimizers.AdamW(
        keras.optimizers.schedules.CosineDecay(1e-4, 60), weight_decay=0.004
    ),
    "rmsprop": lambda: keras.optimizers.RMSprop(3e-5),
    "sgd": lambda: keras.optimizers.SGD(0.003, momentum=0.9, nesterov=True),
}


def network():
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


class Legs:
    """The steps of the plan, on the images in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.x = np.load(self.at("x.npy")).astype(np.float32) / np.float32(255)
        self.y = np.load(self.at("y.npy"))

    def at(self, name):
        return os.path.join(self.folder, name)

    def train(self, model, leg):
        first = sum(PLAN["legs"][:leg])
        losses = []
        for step in range(first, first + PLAN["legs"][leg]):
            images = slice(step * PLAN["batch"], (step + 1) * PLAN["batch"])
            if PLAN["arithmetic"].startswith("from "):
                first_image = int(PLAN["arithmetic"].split()[1])
                images = np.roll(np.arange(images.start, images.stop), -first_image)
            # Keras goes on averaging over the calls otherwise.
            model.reset_metrics()
            loss = model.train_on_batch(self.x[images], self.y[images])
            losses.append(float(loss[0] if isinstance(loss, list) else loss))
        return losses

    def note(self, model, name):
        """What the optimizer holds."""
        optimizer = model.optimizer
        scheduled = isinstance(
            optimizer._learning_rate, keras.optimizers.schedules.LearningRateSchedule
        )
        slots = optimizer.variables[1 if scheduled else 2 :]
        np.save(
            self.at(f"{name}.slots.npy"),
            np.concatenate([np.asarray(slot, np.float32).ravel() for slot in slots]),
        )
        return {"iterations": int(optimizer.iterations), "slots": len(slots)}

    def save(self, model, name):
        model.save(self.at(f"{name}.keras"))
        return self.note(model, name)

    def load(self, name):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            model = keras.models.load_model(self.at(f"{name}.keras"))
        noted = self.note(model, name)
        noted["warnings"] = [str(warning.message) for warning in caught]
        return model, noted


def start(legs, name):
    keras.utils.set_random_seed(4)
    model = network()
    model.compile(optimizer=OPTIMIZERS[name](), loss="sparse_categorical_crossentropy")
    model.optimizer.build(model.trainable_variables)
    report = {"start": legs.save(model, f"{name}.start")}
    losses = legs.train(model, 0)
    report["python1"] = legs.save(model, f"{name}.python1")
    report["losses"] = losses + legs.train(model, 1) + legs.train(model, 2)
    return report


def finish(legs, name):
    model, noted = legs.load(f"{name}.java1")
    report = {"java1": noted, "second": legs.train(model, 1)}
    report["python2"] = legs.save(model, f"{name}.python2")
    model, noted = legs.load(f"{name}.java2")
    report.update({"java2": noted, "third": legs.train(model, 2)})
    return report


def main(folder):
    legs = Legs(folder)
    stage = {"start": start, "finish": finish}[PLAN["stage"]]
    report = {name: stage(legs, name) for name in PLAN["optimizers"]}
    with open(legs.at("report.json"), "w") as file:
        json.dump(report, file, indent=1)


if __name__ == "__main__":
    main(sys.argv[2])
