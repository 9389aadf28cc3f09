"""Writes src/test/resources/golden/outputs.json.gz: fits of models with several inputs and outputs.

Models of lists and of dicts, losses by order and by name, loss weights, outputs without a loss,
sample weights by output, masks that reach losses and metrics. Run: python tools/golden/outputs.py
"""

import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import files
import keras
import numpy as np
from keras import layers

FOLDER = pathlib.Path(__file__).parents[2] / "src/test/resources/golden"
COUNT = 11


def scattered(shape, multiplier, modulus, scale):
    """Numbers between -1 and 1 or so that follow no order."""
    count = int(np.prod(shape))
    return ((np.arange(count) * multiplier % modulus - modulus // 2) / scale).astype("float32").reshape(shape)


def whole(shape, multiplier, modulus, classes):
    return (np.arange(int(np.prod(shape))) * multiplier % modulus % classes).astype("int32").reshape(shape)


VECTOR = scattered((COUNT, 3), 7, 23, 11)
NUMBERS = whole((COUNT, 4), 5, 17, 6)
# Sequences of unequal length; the second is empty.
for row, length in enumerate([3, 0, 4, 1, 2, 4, 3, 2, 1, 4, 3]):
    NUMBERS[row] = np.where(np.arange(4) < length, NUMBERS[row] + 1, 0)
BOX = scattered((COUNT, 2), 11, 29, 9)
LABEL = whole((COUNT,), 5, 7, 3)
CHANCE = whole((COUNT, 1), 3, 5, 2).astype("float32")
STEPS = whole((COUNT, 4), 7, 13, 3)
WEIGHTS = np.array([1, 2, 0.5, 0, 3, 1, 1.25, 0, 2, 1, 0.5], "float32")
OTHERS = np.array([0.5, 1, 1, 2, 0, 1, 3, 0.25, 1, 2, 1], "float32")


def ends(masked=False):
    """Two inputs, and what two outputs are made of."""
    vector = keras.Input((3,), name="vector")
    numbers = keras.Input((4,), dtype="int32", name="numbers")
    rows = layers.Embedding(7, 3, mask_zero=masked, name="rows")(numbers)
    flat = layers.Flatten(name="flat")(rows)
    joined = layers.Concatenate(name="joined")([vector, flat])
    hidden = layers.Dense(5, activation="tanh", kernel_regularizer="l2", name="hidden")(joined)
    return vector, numbers, rows, hidden


def box(hidden):
    return layers.Dense(2, name="box", activity_regularizer=keras.regularizers.L2(0.02))(hidden)


def label(hidden):
    return layers.Dense(3, activation="softmax", name="label")(hidden)


def listed():
    vector, numbers, _, hidden = ends()
    return keras.Model([vector, numbers], [box(hidden), label(hidden)])


def keyed():
    vector, numbers, _, hidden = ends()
    outputs = {"what": label(hidden), "where": box(hidden)}
    return keras.Model({"v": vector, "n": numbers}, outputs)


def three():
    vector, numbers, _, hidden = ends()
    chance = layers.Dense(1, activation="sigmoid", name="chance")(hidden)
    return keras.Model([numbers, vector], [label(hidden), box(hidden), chance])


def masked():
    vector, numbers, rows, hidden = ends(masked=True)
    steps = layers.Dense(3, activation="softmax", name="steps")(rows)
    return keras.Model([vector, numbers], [steps, box(hidden)])


def masked_alone():
    numbers = keras.Input((4,), dtype="int32", name="numbers")
    rows = layers.Embedding(7, 3, mask_zero=True, name="rows")(numbers)
    return keras.Model(numbers, layers.Dense(3, activation="softmax", name="steps")(rows))


def single():
    vector = keras.Input((3,), name="vector")
    return keras.Model(vector, box(vector))


SPARSE = "sparse_categorical_crossentropy"


def cases():
    by_order = {"vector": VECTOR, "numbers": NUMBERS}
    yield "listed", listed, {"loss": ["mse", SPARSE], "loss_weights": [0.5, 2.0], "metrics": [["mae"], ["accuracy", "mse"][:1]]}, by_order, {"box": BOX, "label": LABEL}, None
    yield "named", listed, {"loss": {"label": SPARSE, "box": "mae"}, "loss_weights": {"box": 0.25, "label": 1.0}, "metrics": {"label": ["accuracy"]}}, by_order, {"box": BOX, "label": LABEL}, None
    yield "plain", listed, {"loss": ["huber", SPARSE]}, by_order, {"box": BOX, "label": LABEL}, {"box": WEIGHTS, "label": OTHERS}
    yield "keyed", keyed, {"loss": {"where": "mse", "what": SPARSE}, "metrics": {"what": ["accuracy"], "where": ["mae", "mse"]}, "weighted_metrics": {"where": ["mae"], "what": [keras.metrics.SparseTopKCategoricalAccuracy(2, name="top")]}}, {"v": VECTOR, "n": NUMBERS}, {"where": BOX, "what": LABEL}, {"where": WEIGHTS, "what": OTHERS}
    yield "partly", keyed, {"loss": {"what": SPARSE}, "metrics": {"what": ["accuracy"]}}, {"v": VECTOR, "n": NUMBERS}, {"where": BOX, "what": LABEL}, None
    yield "shared", keyed, {"loss": "mse", "loss_weights": 3.0}, {"v": VECTOR, "n": NUMBERS}, {"where": BOX, "what": np.eye(3, dtype="float32")[LABEL]}, None
    yield "three", three, {"loss": [SPARSE, None, "binary_crossentropy"], "metrics": [["accuracy"], None, ["accuracy", keras.metrics.AUC(name="area")]]}, by_order, {"label": LABEL, "box": BOX, "chance": CHANCE}, None
    yield "masked", masked, {"loss": [SPARSE, "mse"], "metrics": [["accuracy", keras.metrics.SparseCategoricalCrossentropy(name="cross")], ["mae"]]}, by_order, {"steps": STEPS, "box": BOX}, None
    yield "masked_alone", masked_alone, {"loss": keras.losses.SparseCategoricalCrossentropy(ignore_class=2), "metrics": ["accuracy", keras.metrics.SparseCategoricalCrossentropy(name="cross", ignore_class=2)], "weighted_metrics": ["accuracy"]}, {"numbers": NUMBERS}, {"steps": STEPS}, None
    yield "masked_sum", masked_alone, {"loss": keras.losses.SparseCategoricalCrossentropy(reduction="mean_with_sample_weight"), "metrics": ["accuracy"]}, {"numbers": NUMBERS}, {"steps": STEPS}, None
    # Rows that are looked up have gradients of their own.
    for optimizer in [keras.optimizers.Adafactor(0.05), keras.optimizers.Muon(0.05), keras.optimizers.ScheduleFreeAdamW(0.05)]:
        settings = {"optimizer": optimizer, "loss": ["mse", SPARSE]}
        yield optimizer.name, listed, settings, by_order, {"box": BOX, "label": LABEL}, None
    yield "single", single, {"loss": "mse", "loss_weights": 0.25, "metrics": ["mae"]}, {"vector": VECTOR}, {"box": BOX}, {"box": WEIGHTS}


def array(value):
    value = np.asarray(value)
    return {"shape": list(value.shape), "data": value.ravel().tolist()}


def arrays(values):
    return {name: dict(array(value), whole=value.dtype == np.int32) for name, value in values.items()}


def structured(model, values, keep=False):
    """As Keras takes what is given by name: a dict, a list in the order of the model, or one."""
    outputs = model.output
    if isinstance(outputs, dict):
        return values
    names = [name for name in model.output_names if name in values]
    chosen = [values[name] for name in names]
    return chosen[0] if len(model.output_names) == 1 else chosen


def numbers(logs):
    return {name: np.asarray(value, dtype="float64").reshape(-1).tolist() for name, value in logs.items()}


def fits():
    for name, build, settings, x, y, sample_weights in cases():
        keras.utils.clear_session()
        keras.utils.set_random_seed(7)
        model = build()
        model.compile(**{"optimizer": keras.optimizers.Adam(0.05), **settings})
        # ScheduleFreeAdamW must see the weights before the training is compiled.
        model.optimizer.build(model.trainable_variables)
        before = [array(value) for value in model.get_weights()]
        inputs = x if isinstance(model.input, dict) else {one.name: x[one.name] for one in model.inputs}
        given = dict(x=inputs, y=structured(model, y), batch_size=4)
        if sample_weights:
            given["sample_weight"] = structured(model, sample_weights)
        fit = model.fit(**given, epochs=3, shuffle=False, verbose=0, validation_data=(inputs, structured(model, y)))
        figures = model.evaluate(inputs, structured(model, y), batch_size=4, verbose=0, return_dict=True)
        yield {
            "name": name,
            "model": json.loads(model.to_json()),
            "compile": model.get_compile_config(),
            "inputs": arrays(x),
            "labels": arrays(y),
            "sample_weights": {k: v.tolist() for k, v in (sample_weights or {}).items()},
            "before": before,
            "after": [array(value) for value in model.get_weights()],
            "history": numbers(fit.history),
            "evaluation": numbers(figures),
        }


if __name__ == "__main__":
    files.write(FOLDER, "outputs.json.gz", {"keras": keras.__version__, "cases": list(fits())})
