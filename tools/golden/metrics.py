"""Writes src/test/resources/golden/{metrics,metric_fits}.json.gz: what Keras' metrics report.

Every class has a case: its state after each of three batches of unequal size, and its result, with
and without weights of samples. Whole trainings show what `fit` and `evaluate` make of many metrics
at once. Run: python tools/golden/metrics.py
"""

import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import files
import keras
import numpy as np
from keras import metrics

FOLDER = pathlib.Path(__file__).parents[2] / "src/test/resources/golden"
SIZES = [4, 3, 2]
COUNT = sum(SIZES)
WEIGHTS = np.array([1, 2, 0.5, 0, 3, 1, 1.25, 0, 2], "float32")


def scattered(shape, multiplier, modulus, scale):
    """Numbers between 0 and modulus / scale that follow no order."""
    count = int(np.prod(shape))
    return ((np.arange(count) * multiplier % modulus + 1) / scale).astype("float32").reshape(shape)


def whole(shape, multiplier, modulus, classes):
    return (np.arange(int(np.prod(shape))) * multiplier % modulus % classes).astype("int32").reshape(shape)


def distributions(array):
    return (array / array.sum(-1, keepdims=True)).astype("float32")


YES = np.array([0, 1, 1, 0, 1, 0, 0, 1, 1], "float32").reshape(COUNT, 1)
# Some lie on thresholds, and at both ends.
CHANCES = np.array([0, 1, 0.5, 0.25, 0.75, 0.625, 0.1, 0.3, 0.5], "float32").reshape(COUNT, 1)
BITS = whole((COUNT, 4), 7, 11, 2).astype("float32")
SCORES = (scattered((COUNT, 4), 5, 21, 20) - 0.05).astype("float32")
LOGITS = (scattered((COUNT, 4), 5, 19, 4) - 2.4).astype("float32")
CLASSES = whole((COUNT,), 5, 7, 4)
HARD = np.eye(4, dtype="float32")[CLASSES]
SOFT = distributions(scattered((COUNT, 4), 7, 17, 17))
PROBABILITIES = distributions(scattered((COUNT, 4), 5, 19, 19))
TIES = np.round(PROBABILITIES * 4) / 4
TARGETS = scattered((COUNT, 3), 3, 17, 8) - 1
GUESSES = scattered((COUNT, 3), 11, 19, 8) - 1.2
BLOCK = scattered((COUNT, 2, 3), 5, 23, 8) - 1
OTHER = scattered((COUNT, 2, 3), 7, 29, 9) - 1
SIGNS = np.where(TARGETS > 0, 1, -1).astype("float32")
MAP = whole((COUNT, 2, 3), 5, 13, 4)
VOID = np.where(MAP == 1, 255, MAP).astype("int32")
MAPS = scattered((COUNT, 2, 3, 4), 7, 31, 31)
NUMBERS = whole((COUNT, 1), 5, 7, 5).astype("float32")
OTHERS = whole((COUNT, 1), 3, 11, 4).astype("float32") + 0.25
STEPS = whole((COUNT, 2), 5, 7, 3)
SEQUENCES = distributions(scattered((COUNT, 2, 3), 5, 23, 23))
SORTED = whole((COUNT, 3), 4, 9, 4).astype("float32")


def thresholds():
    for name in ["TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"]:
        yield name, {}, YES, CHANCES
        yield name, {"thresholds": [0.25, 0.5, 0.7]}, BITS, SCORES
        yield name, {"thresholds": [0.0, 0.5, 1.0]}, YES, CHANCES
        yield name, {"thresholds": [0.3]}, BITS, SCORES
    for name in ["Precision", "Recall"]:
        yield name, {}, YES, CHANCES
        yield name, {"thresholds": 0.3}, BITS, SCORES
        yield name, {"thresholds": [0.0, 0.25, 0.5, 0.75, 1.0]}, YES, CHANCES
        yield name, {"thresholds": [0.1, 0.95]}, BITS, SCORES
        yield name, {"top_k": 2}, BITS, SCORES
        yield name, {"class_id": 1}, BITS, SCORES
        yield name, {"top_k": 2, "class_id": 3, "thresholds": [0.2, 0.6]}, BITS, SCORES
        yield name, {"top_k": 1}, HARD, TIES
        yield name, {"thresholds": 0}, BITS, LOGITS
        yield name, {"thresholds": 1.0}, BITS, SCORES
        yield name, {"thresholds": 0.4}, np.where(BLOCK > 0, 1, 0).astype("float32"), OTHER


def at_least():
    for name, bound in [("PrecisionAtRecall", 0.6), ("RecallAtPrecision", 0.7),
                        ("SensitivityAtSpecificity", 0.5), ("SpecificityAtSensitivity", 0.6)]:
        argument = name.split("At")[1].lower()
        yield name, {argument: bound}, YES, CHANCES
        yield name, {argument: bound, "num_thresholds": 1}, BITS, SCORES
        yield name, {argument: bound, "num_thresholds": 2}, YES, CHANCES
        yield name, {argument: 0.25, "num_thresholds": 5, "class_id": 2}, BITS, SCORES
        yield name, {argument: 1, "num_thresholds": 4}, BITS, SCORES


def areas():
    yield "AUC", {}, YES, CHANCES
    for curve in ["ROC", "PR", "PRGAIN"]:
        for method in ["interpolation", "majoring", "minoring"]:
            yield "AUC", {"num_thresholds": 5, "curve": curve, "summation_method": method}, BITS, SCORES
    yield "AUC", {"num_thresholds": 2}, YES, CHANCES
    yield "AUC", {"thresholds": [0.6, 0.2, 0.25]}, YES, CHANCES
    yield "AUC", {"thresholds": [0.25, 0.5, 0.75], "curve": "PR"}, YES, CHANCES
    yield "AUC", {"num_thresholds": 7, "multi_label": True}, BITS, SCORES
    yield "AUC", {"num_thresholds": 5, "multi_label": True, "num_labels": 4, "label_weights": [1.0, 2.0, 0.0, 0.5],
                  "curve": "PR"}, BITS, SCORES
    yield "AUC", {"thresholds": [0.3, 0.9], "multi_label": True, "summation_method": "majoring"}, BITS, SCORES
    yield "AUC", {"num_thresholds": 5, "label_weights": [1.0, 2.0, 0.0, 0.5]}, BITS, SCORES
    yield "AUC", {"num_thresholds": 11, "from_logits": True}, BITS, LOGITS
    yield "AUC", {"num_thresholds": 5}, np.ones_like(YES), CHANCES


def f_scores():
    zeros = SCORES.copy()
    zeros[::2] = 0
    for average in [None, "micro", "macro", "weighted"]:
        yield "F1Score", {"average": average}, HARD, PROBABILITIES
        yield "F1Score", {"average": average, "threshold": 0.4}, BITS, SCORES
        yield "FBetaScore", {"average": average, "beta": 2.0}, HARD, TIES
        yield "FBetaScore", {"average": average, "beta": 0.5, "threshold": 0.5}, SOFT, SCORES
    yield "F1Score", {}, BITS, zeros
    yield "F1Score", {"threshold": 0.5}, YES, CHANCES


def regressions():
    for aggregation in [None, "uniform_average", "variance_weighted_average"]:
        yield "R2Score", {"class_aggregation": aggregation}, TARGETS, GUESSES
    yield "R2Score", {"num_regressors": 2}, TARGETS, GUESSES
    yield "R2Score", {"num_regressors": 30}, TARGETS, GUESSES
    yield "R2Score", {}, np.ones_like(TARGETS), GUESSES
    for name in ["RootMeanSquaredError", "MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError",
                 "MeanSquaredLogarithmicError", "LogCoshError", "CosineSimilarity", "Hinge", "SquaredHinge",
                 "PearsonCorrelation", "ConcordanceCorrelation"]:
        yield name, {}, TARGETS, GUESSES
        yield name, {}, BLOCK, OTHER
    for name in ["Hinge", "SquaredHinge"]:
        yield name, {}, SIGNS, GUESSES
        yield name, {}, BITS, LOGITS
        yield name, {}, np.where(SIGNS > 0, 1, 0).astype("float32"), GUESSES
    for name in ["PearsonCorrelation", "ConcordanceCorrelation"]:
        yield name, {"axis": 1}, BLOCK, OTHER
        yield name, {"axis": (1, 2)}, BLOCK, OTHER
    yield "Poisson", {}, TARGETS + 1, GUESSES + 2
    yield "Poisson", {}, BLOCK + 1, OTHER + 2
    yield "CategoricalHinge", {}, HARD, LOGITS
    yield "KLDivergence", {}, SOFT, PROBABILITIES
    yield "Accuracy", {}, np.round(TARGETS), np.round(GUESSES)


def classifications():
    yield "SparseCategoricalAccuracy", {}, CLASSES, TIES
    yield "SparseCategoricalAccuracy", {}, STEPS, SEQUENCES
    yield "CategoricalAccuracy", {}, SOFT, PROBABILITIES
    yield "BinaryAccuracy", {"threshold": 0.25}, YES, CHANCES
    yield "TopKCategoricalAccuracy", {"k": 2}, SOFT, TIES
    yield "SparseTopKCategoricalAccuracy", {"k": 2}, CLASSES, TIES
    yield "SparseTopKCategoricalAccuracy", {"k": 2}, STEPS, SEQUENCES
    yield "SparseTopKCategoricalAccuracy", {"k": 2, "from_sorted_ids": True}, CLASSES, SORTED
    yield "SparseCategoricalCrossentropy", {}, CLASSES, PROBABILITIES
    yield "SparseCategoricalCrossentropy", {"ignore_class": 2}, CLASSES, PROBABILITIES
    yield "SparseCategoricalCrossentropy", {"from_logits": True}, CLASSES, LOGITS
    yield "CategoricalCrossentropy", {"label_smoothing": 0.1}, HARD, PROBABILITIES
    yield "BinaryCrossentropy", {}, BITS, SCORES
    yield "Mean", {}, None, GUESSES
    yield "Sum", {}, None, BLOCK


def overlaps():
    for dtype in [{}, {"dtype": "float32"}]:
        yield "MeanIoU", {"num_classes": 4, "sparse_y_pred": False, **dtype}, CLASSES, PROBABILITIES
        yield "MeanIoU", {"num_classes": 5, **dtype}, NUMBERS, OTHERS
        yield "IoU", {"num_classes": 4, "target_class_ids": [0, 2], "sparse_y_pred": False, **dtype}, CLASSES, LOGITS
        yield "OneHotIoU", {"num_classes": 4, "target_class_ids": [1, 2], **dtype}, HARD, LOGITS
        yield "OneHotMeanIoU", {"num_classes": 4, **dtype}, HARD, PROBABILITIES
        yield "BinaryIoU", dtype, YES, CHANCES
    yield "BinaryIoU", {"target_class_ids": [1], "threshold": 0.3}, YES, CHANCES
    yield "MeanIoU", {"num_classes": 3}, NUMBERS, OTHERS
    yield "MeanIoU", {"num_classes": 4, "sparse_y_pred": False}, MAP, MAPS
    yield "MeanIoU", {"num_classes": 4, "sparse_y_pred": False, "ignore_class": 255}, VOID, MAPS
    yield "IoU", {"num_classes": 4, "target_class_ids": [3], "ignore_class": 0, "sparse_y_pred": False}, MAP, MAPS
    yield "OneHotMeanIoU", {"num_classes": 4, "ignore_class": 1}, np.eye(4, dtype="float32")[MAP], MAPS
    yield "MeanIoU", {"num_classes": 4, "sparse_y_true": False, "sparse_y_pred": False}, SOFT, PROBABILITIES
    yield "BinaryIoU", {}, (BLOCK > 0).astype("float32"), OTHER


def wrapped():
    wrapper = "MeanMetricWrapper"
    yield wrapper, {"fn": keras.losses.huber, "name": "h", "delta": 0.25}, TARGETS, GUESSES
    yield wrapper, {"fn": keras.losses.huber}, BLOCK, OTHER
    yield wrapper, {"fn": keras.losses.mean_squared_error}, TARGETS, GUESSES
    yield wrapper, {"fn": keras.losses.cosine_similarity}, TARGETS, GUESSES
    yield wrapper, {"fn": keras.losses.sparse_categorical_crossentropy, "ignore_class": 2}, CLASSES, PROBABILITIES
    yield wrapper, {"fn": keras.losses.binary_crossentropy, "from_logits": True, "label_smoothing": 0.1}, BITS, LOGITS
    yield wrapper, {"fn": keras.metrics.binary_accuracy, "threshold": 0.25}, YES, CHANCES


def dump(array):
    """The shortest numbers that are the same floats."""
    array = np.asarray(array, "float32")
    return {"shape": list(array.shape), "data": [float(str(number)) for number in array.ravel()]}


def batches(array):
    return np.split(array, np.cumsum(SIZES)[:-1])


def gathered(metric, y_true, y_pred, weights):
    """The state after each batch, in the order in which Keras made its variables."""
    states = []
    for i, predictions in enumerate(batches(y_pred)):
        arguments = [predictions] if y_true is None else [batches(y_true)[i], predictions]
        if weights is not None:
            arguments.append(batches(weights)[i])
        metric.update_state(*arguments)
        states.append([dump(variable) for variable in metric.variables])
    return {"states": states, "value": dump(metric.result())}


def case(class_name, arguments, y_true, y_pred):
    made = getattr(metrics, class_name)(**arguments)
    config = keras.metrics.serialize(made)["config"]
    if arguments.get("label_weights"):
        config["label_weights"] = arguments["label_weights"]
    words = ", ".join(f"{key} {getattr(value, '__name__', value)}" for key, value in arguments.items())
    shape = "x".join(str(size) for size in y_pred.shape)
    entry = {
        "kind": "metric", "name": f"{class_name}({words}) of {shape}", "class_name": class_name, "config": config,
        "classes": y_true is not None and y_true.dtype == "int32",
        "y_pred": [dump(batch) for batch in batches(y_pred)],
        "sample_weight": [dump(batch) for batch in batches(WEIGHTS)],
        **gathered(made, y_true, y_pred, None),
    }
    if y_true is not None:
        entry["y_true"] = [dump(batch) for batch in batches(y_true)]
    # Keras' confusion metrics and matrices take no weight a sample where samples have many places.
    many = y_pred.ndim > 2 and (class_name.endswith("IoU") or "thresholds" in arguments)
    if not many:
        entry["weighted"] = gathered(getattr(metrics, class_name)(**arguments), y_true, y_pred, WEIGHTS)
    return entry


def layer_weights(model):
    return [scattered(w.shape, 7, 23, 18) - 0.6 for w in model.get_weights()]


def figures(values):
    """A figure, or several, of each epoch."""
    return [np.asarray(value, "float32").ravel().tolist() for value in values]


def fitted(name, parts, loss, data, compiled, **arguments):
    """A training on 18 samples in batches of 4, evaluated on the other 5 after each epoch."""
    x, y = data
    keras.utils.clear_session()
    model = keras.Sequential(parts)
    model.set_weights(layer_weights(model))
    model.compile(keras.optimizers.SGD(0.2), loss, **compiled)
    weights = arguments.pop("weights", None)
    validation = (x[18:], y[18:]) if weights is None else (x[18:], y[18:], weights[18:])
    history = model.fit(
        x[:18], y[:18], batch_size=4, epochs=3, shuffle=False, verbose=0, validation_data=validation,
        sample_weight=None if weights is None else weights[:18], **arguments).history
    evaluation = model.evaluate(x, y, batch_size=5, verbose=0, return_dict=True)
    compile_config = model.get_compile_config()
    return {"name": name, "x": dump(x), "y": dump(y), "weights": [dump(w) for w in layer_weights(model)],
            "sample_weights": None if weights is None else weights.tolist(), "compile": compile_config,
            "history": {key: figures(values) for key, values in history.items()},
            "evaluation": {key: figures([value])[0] for key, value in evaluation.items()}}


def fits():
    count = 23
    x = scattered((count, 3), 11, 41, 20) - 1
    bits = whole((count, 2), 5, 7, 2).astype("float32")
    classes = whole((count,), 5, 7, 3)
    maps = whole((count, 2, 2), 3, 11, 3)
    places = scattered((count, 2, 2, 3), 11, 41, 20) - 1
    weights = (np.arange(count) % 4 * 0.5).astype("float32")
    # Each training gets metrics of its own: they hold what they gathered.
    yes = lambda: [
        "accuracy", metrics.AUC(name="auc"), metrics.AUC(name="pr", curve="PR", num_thresholds=20, multi_label=True),
        metrics.Precision(name="precision"), metrics.Recall(name="recall", thresholds=[0.4, 0.6]),
        metrics.F1Score(), metrics.FBetaScore(name="fbeta", average="macro", beta=2.0, threshold=0.5),
        metrics.TruePositives(name="tp"), metrics.FalseNegatives(name="fn"),
        metrics.SensitivityAtSpecificity(0.5, name="sas"), metrics.BinaryIoU(name="iou"), "mse",
        metrics.RootMeanSquaredError(), metrics.R2Score(), "hinge",
    ]
    again = lambda: [
        metrics.AUC(name="auc"), metrics.Precision(name="precision"), "mae", metrics.RootMeanSquaredError(),
        metrics.R2Score(class_aggregation=None),
    ]
    numbers = lambda: [
        "accuracy", metrics.SparseTopKCategoricalAccuracy(2, name="top"),
        metrics.MeanIoU(3, sparse_y_pred=False, name="miou"), "sparse_categorical_crossentropy",
    ]
    functions = [
        keras.losses.huber, keras.losses.cosine_similarity, "cosine_similarity", keras.losses.mean_squared_error,
        metrics.MeanMetricWrapper(keras.losses.mean_absolute_error, name="wrapped"),
        metrics.MeanMetricWrapper(keras.losses.huber, name="steep", delta=0.25),
    ]
    real = lambda: [metrics.MeanIoU(3, sparse_y_pred=False, name="real", dtype="float32")]
    two = lambda: [keras.Input((3,)), keras.layers.Dense(2, activation="sigmoid")]
    three = lambda *shape: [keras.Input((*shape, 3)), keras.layers.Dense(3, activation="softmax")]
    return [
        fitted("yes or no", two(), "binary_crossentropy", (x, bits), {"metrics": yes(), "weighted_metrics": again()}),
        fitted("weighted", two(), "mse", (x, bits), {"metrics": yes(), "weighted_metrics": again()}, weights=weights),
        fitted("classes", three(), "sparse_categorical_crossentropy", (x, classes),
               {"metrics": numbers(), "weighted_metrics": [*numbers()[:2], *real()]}, class_weight={0: 0.5, 2: 3.0}),
        fitted("maps", three(2, 2), "sparse_categorical_crossentropy", (places, maps), {"metrics": numbers()}),
        fitted("functions", two(), "mse", (x, bits), {"metrics": functions}),
        fitted("outputs", two(), "mse", (x, bits), {"weighted_metrics": again()[-1:]}, weights=weights),
    ]


def main():
    keras.utils.clear_session()
    made = [case(*each) for part in [thresholds, at_least, areas, f_scores, regressions, classifications, overlaps, wrapped]
            for each in part()]
    files.write(FOLDER, "metrics.json.gz", {"keras": keras.__version__, "cases": made})
    files.write(FOLDER, "metric_fits.json.gz", {"keras": keras.__version__, "cases": fits()})


if __name__ == "__main__":
    main()
