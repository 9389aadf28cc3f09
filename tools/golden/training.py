"""Writes src/test/resources/golden/{callbacks,fit}.json: what Keras' callbacks and fit do.

The callbacks are run by hand on scripted figures, so that their goldens hold decisions and no
arithmetic of a network. Run: python tools/golden/training.py
"""

import itertools
import json
import os
import pathlib
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np

GOLDEN = pathlib.Path(__file__).parents[2] / "src/test/resources/golden"
SEQUENCES = {
    "falls": [1.0, 0.9, 0.8, 0.7, 0.6, 0.5],
    "rises": [1.0, 1.1, 1.2, 1.3, 1.4, 1.5],
    "flat": [1.0] * 9,
    "zigzag": [1.0, 0.8, 0.9, 0.7, 0.75, 0.72, 0.71, 0.7, 0.69, 0.9, 0.95, 0.6, 0.8, 0.9, 1.0],
    "plateau": [1.0, 0.5, 0.49995, 0.4999, 0.49985, 0.4998, 0.3, 0.31, 0.32, 0.33, 0.34, 0.35],
}


def model():
    keras.utils.clear_session()
    made = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    made.compile(keras.optimizers.SGD(0.5), "mse")
    return made


def mark(made, epoch):
    """Weights that tell after which epoch they were read."""
    made.set_weights([np.full((1, 1), float(epoch))])


def play(callback, figure, values):
    """Epochs with scripted figures; what the callback made of them."""
    made = model()
    callback.set_model(made)
    made.stop_training = False
    mark(made, -1)
    callback.on_train_begin()
    rates, stopped = [], None
    for epoch, value in enumerate(values):
        callback.on_epoch_begin(epoch)
        mark(made, epoch)
        callback.on_epoch_end(epoch, {figure: value})
        rates.append(float(made.optimizer.learning_rate))
        if made.stop_training:
            stopped = epoch
            break
    callback.on_train_end()
    return {"stopped": stopped, "rates": rates, "weights": float(made.get_weights()[0][0, 0])}


def early_stopping():
    options = [
        {}, {"patience": 1}, {"patience": 2}, {"patience": 3}, {"patience": 5},
        {"patience": 2, "min_delta": 0.12}, {"patience": 1, "min_delta": -0.05},
        {"patience": 2, "restore_best_weights": True}, {"patience": 20, "restore_best_weights": True},
        {"patience": 2, "start_from_epoch": 3}, {"patience": 1, "start_from_epoch": 3, "restore_best_weights": True},
        {"patience": 2, "baseline": 0.85}, {"patience": 2, "baseline": 0.1, "restore_best_weights": True},
        {"start_from_epoch": 20, "restore_best_weights": True},
    ]
    for (name, values), option in itertools.product(SEQUENCES.items(), options):
        for figure in ["val_loss", "val_accuracy"]:
            made = play(keras.callbacks.EarlyStopping(monitor=figure, mode=mode(figure), **option), figure, values)
            yield {"sequence": name, "figure": figure, "values": values, "options": option,
                   "stopped": made["stopped"], "weights": made["weights"]}


def plateaus():
    options = [
        {"patience": 1}, {"patience": 2}, {"patience": 3, "factor": 0.5},
        {"patience": 1, "cooldown": 1}, {"patience": 1, "cooldown": 2}, {"patience": 2, "cooldown": 3},
        {"patience": 1, "min_lr": 0.01}, {"patience": 1, "factor": 0.2, "min_lr": 0.05},
        {"patience": 2, "min_delta": 0.0}, {"patience": 2, "min_delta": 0.2}, {},
    ]
    for (name, values), option in itertools.product(SEQUENCES.items(), options):
        for figure in ["val_loss", "val_accuracy"]:
            made = play(keras.callbacks.ReduceLROnPlateau(monitor=figure, mode=mode(figure), **option), figure, values)
            yield {"sequence": name, "figure": figure, "values": values, "options": option,
                   "rates": made["rates"]}


def mode(figure):
    return "max" if figure == "val_accuracy" else "min"


class Noting(keras.callbacks.ModelCheckpoint):
    """Notes when Keras would write a file."""

    def __init__(self, **options):
        super().__init__("unused.keras", **options)
        self.epochs = []

    def _save_model(self, epoch, batch, logs):
        if not self.save_best_only or self._should_save_model(epoch, batch, logs, "unused.keras"):
            self.epochs.append(epoch)


def checkpoints():
    for (name, values), best in itertools.product(SEQUENCES.items(), [False, True]):
        for figure in ["val_loss", "val_accuracy"]:
            noting = Noting(monitor=figure, mode=mode(figure), save_best_only=best)
            play(noting, figure, values)
            yield {"sequence": name, "figure": figure, "values": values, "best": best,
                   "epochs": noting.epochs}


def csv():
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "log.csv"
        epochs = [{"loss": 1.5, "accuracy": 0.25, "val_loss": 1.25}, {"loss": 0.125, "accuracy": 1.0, "val_loss": 2e-05}]
        for append in [False, True]:
            logger = keras.callbacks.CSVLogger(file, append=append)
            logger.set_model(model())
            logger.on_train_begin()
            for epoch, logs in enumerate(epochs):
                logger.on_epoch_end(epoch, logs)
            logger.on_train_end()
            yield {"append": append, "epochs": epochs, "text": file.read_text()}


def arr(shape, k, m, s):
    count = int(np.prod(shape))
    return ((((np.arange(count) * k) % m) - m // 2) / s).astype("float32").reshape(shape)


X = arr((21, 6), 37, 101, 40)
Y = (np.arange(21) * 5 % 7 % 3).astype("int32")
WEIGHTS = [arr((6, 5), 13, 31, 25), arr((5,), 3, 7, 20), arr((5, 3), 17, 29, 20), arr((3,), 5, 11, 30)]
SAMPLE_WEIGHTS = (np.arange(21) % 4 * 0.5 + 0.25).astype("float32")


def fitted(name, optimizer=None, **arguments):
    keras.utils.clear_session()
    made = keras.Sequential([keras.Input((6,)), keras.layers.Dense(5, activation="relu"),
                             keras.layers.Dense(3, activation="softmax")])
    made.set_weights(WEIGHTS)
    made.compile(optimizer or keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy",
                 metrics=["sparse_categorical_accuracy"])
    data = {"epochs": 3, "batch_size": 4, "shuffle": False, "verbose": 0, **arguments}
    history = made.fit(X, Y, **data).history
    loss, accuracy = made.evaluate(X, Y, batch_size=4, verbose=0)
    return {"name": name, "history": history, "weights": [w.flatten().tolist() for w in made.get_weights()],
            "evaluation": [loss, accuracy], "predictions": made.predict(X, verbose=0).flatten().tolist()}


class Sums(keras.callbacks.Callback):
    """Notes the sum of the first kernel at the end of each epoch."""

    def on_epoch_end(self, epoch, logs=None):
        logs["sum"] = float(np.sum(self.model.get_weights()[0]))


def averaged(name, *callbacks):
    return fitted(name, keras.optimizers.Adam(0.05, use_ema=True, ema_momentum=0.9),
                  validation_data=(X[:5], Y[:5]), callbacks=[*callbacks, Sums()])


def fits():
    halves = {0: 0.5, 1: 2.0}
    return {
        "x": X.flatten().tolist(), "y": Y.tolist(), "weights": [w.flatten().tolist() for w in WEIGHTS],
        "sample_weights": SAMPLE_WEIGHTS.tolist(), "class_weights": halves,
        "cases": [
            fitted("plain"),
            fitted("one batch", batch_size=64),
            fitted("validation", validation_data=(X[:5], Y[:5])),
            fitted("split", validation_split=0.3),
            fitted("small split", validation_split=0.15),
            fitted("class weights", class_weight=halves),
            fitted("sample weights", sample_weight=SAMPLE_WEIGHTS),
            fitted("split and class weights", validation_split=0.3, class_weight=halves),
            fitted("split and sample weights", validation_split=0.3, sample_weight=SAMPLE_WEIGHTS),
            fitted("initial epoch", initial_epoch=1),
            fitted("scheduler", callbacks=[keras.callbacks.LearningRateScheduler(lambda e, r: r / 2 if e else 0.02)]),
            averaged("averages"),
            averaged("averages in validation", keras.callbacks.SwapEMAWeights()),
            averaged("averages on epoch", keras.callbacks.SwapEMAWeights(swap_on_epoch=True)),
        ],
    }


def write(name, content):
    lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in content.items())
    (GOLDEN / name).write_text("{\n" + lines + "\n}\n")


def main():
    write("callbacks.json", {
        "early_stopping": list(early_stopping()), "plateaus": list(plateaus()),
        "checkpoints": list(checkpoints()), "csv": list(csv())})
    write("fit.json", fits())


if __name__ == "__main__":
    main()
