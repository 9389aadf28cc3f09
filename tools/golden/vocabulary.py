"""Writes src/test/resources/golden/vocabulary.json: the classes of Keras that a model file may name, by kind.

    python tools/golden/vocabulary.py [FILE]

Needs the versions in tools/requirements.txt. A class that has several names is listed under the one that files have.
"""

import inspect
import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
from keras.src import activations, api_export

FILE = pathlib.Path(__file__).parents[2] / "src/test/resources/golden/vocabulary.json"


def classes(module, base):
    found = [getattr(module, name) for name in dir(module)]
    return sorted({written(c) for c in found if inspect.isclass(c) and issubclass(c, base) and c is not base})


def written(cls):
    """The name of a class in files: GroupedQueryAttention is GroupQueryAttention there."""
    name = api_export.get_name_from_symbol(cls)
    return name.split(".")[-1] if name else cls.__name__


def vocabulary():
    schedule = keras.optimizers.schedules.LearningRateSchedule
    return {
        "keras": keras.__version__,
        "Layer": classes(keras.layers, keras.layers.Layer),
        "Loss": classes(keras.losses, keras.losses.Loss),
        "Metric": classes(keras.metrics, keras.metrics.Metric),
        "Optimizer": classes(keras.optimizers, keras.optimizers.Optimizer),
        "Schedule": classes(keras.optimizers.schedules, schedule),
        "Initializer": classes(keras.initializers, keras.initializers.Initializer),
        "Regularizer": classes(keras.regularizers, keras.regularizers.Regularizer),
        "Constraint": classes(keras.constraints, keras.constraints.Constraint),
        "Activation": sorted(activations.ALL_OBJECTS_DICT),
    }


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    target.write_text(json.dumps(vocabulary(), indent=1) + "\n")
