"""Writes two files of goldens: steps, and trainings of ten steps, by Keras' later optimizers.

    python tools/golden/more_optimizers.py src/test/resources/golden

Variables are called as Kerava calls them where Keras calls several alike: the rows and columns of
Adafactor, and the learning rates within a MultiOptimizer, whose iterations are left out.
"""

import sys

import keras
import numpy as np
from files import write
from losses_and_metrics import dump, named, scattered
from optimizer_training import document, train

O = keras.optimizers
STEPS = 4


def decay():
    return O.schedules.ExponentialDecay(0.1, 2, 0.5)


def several(**arguments):
    map = O.OptimizerMap(
        O.Adam(0.01, global_clipnorm=0.1),
        {
            ".*dense_1/kernel|a": O.SGD(0.1, momentum=0.9, weight_decay=0.05),
            ".*/bias|b": O.Nadam(decay(), use_ema=True, ema_momentum=0.8),
        },
    )
    return O.MultiOptimizer(map, **arguments)


WIDE, TALL, DEEP = (2, 3), (4, 2), (2, 3, 2)
CASES = {
    "adafactor": (lambda: O.Adafactor(), WIDE),
    "adafactor_deep": (
        lambda: O.Adafactor(0.5, beta_2_decay=-0.5, epsilon_2=0.1, clip_threshold=0.5,
                            relative_step=False, weight_decay=0.1), DEEP),
    "adafactor_schedule": (lambda: O.Adafactor(decay(), gradient_accumulation_steps=2), TALL),
    "muon": (lambda: O.Muon(0.1), WIDE),
    "muon_tall": (
        lambda: O.Muon(0.1, nesterov=False, ns_steps=3, momentum=0.5, rms_rate=0.5,
                       weight_decay=0.1, adam_weight_decay=0.2, adam_lr_ratio=0.5), TALL),
    "muon_plain": (
        lambda: O.Muon(0.1, muon_a=3.0, muon_b=-4.0, muon_c=2.0, ns_steps=2, weight_decay=None,
                       adam_weight_decay=None, clipnorm=0.5), WIDE),
    "muon_excluded": (lambda: O.Muon(decay(), exclude_layers=["^a$"], adam_beta_1=0.5), WIDE),
    "muon_deep": (lambda: O.Muon(0.1), DEEP),
    "schedule_free": (lambda: O.ScheduleFreeAdamW(0.1), WIDE),
    "schedule_free_warm": (
        lambda: O.ScheduleFreeAdamW(0.1, beta_1=0.7, beta_2=0.9, epsilon=1e-3, warmup_steps=3,
                                    weight_decay=0.1, clipvalue=0.2), WIDE),
    "schedule_free_late": (
        lambda: O.ScheduleFreeAdamW(decay(), gradient_accumulation_steps=2, use_ema=True,
                                    ema_momentum=0.8), WIDE),
    "multi": (lambda: several(), WIDE),
    "multi_scaled": (lambda: several(loss_scale_factor=8.0), WIDE),
}


def variables(optimizer):
    """The optimizer's variables by Kerava's names."""
    found = []
    if isinstance(optimizer, O.MultiOptimizer):
        own = [v for v in optimizer._variables]
        found += [(v.name, v) for v in own]
        for number, inner in enumerate(optimizer.optimizers):
            for v in inner.variables:
                # Keras numbers what has no name.
                name = "variable" if v.name.startswith("variable") else v.name
                scalar = name in ("learning_rate", "variable")
                if name != "iteration":
                    found.append((f"{number}_{name}" if scalar else name, v))
        return found
    letters = {}
    for v in optimizer.variables:
        name = v.name
        if name in ("a", "b"):
            name += "_rc"[1 + letters.setdefault(name, 0)]
            name = name[0] + "_" + name[1]
            letters[v.name] += 1
        found.append((name, v))
    return found


def case(name, make, shape):
    optimizer = make()
    weights = [
        keras.Variable(scattered(s, 7, 23, 12) - 1, name=n) for n, s in (("a", shape), ("b", (3,)))
    ]
    init = [dump(w) for w in weights]
    optimizer.build(weights)
    grads, after = [], []
    for step in range(STEPS):
        values = [(scattered(w.shape, 5 + step, 19, 20) - 0.45).astype("float32") for w in weights]
        scale = optimizer.loss_scale_factor or 1
        optimizer.apply([keras.ops.convert_to_tensor(g * scale) for g in values], weights)
        grads.append([dump(g * scale) for g in values])
        after.append([dump(w) for w in weights])
    found = variables(optimizer)
    last = [[n, dump(v)] for n, v in found]
    optimizer.finalize_variable_values(weights)
    config = O.serialize(optimizer)["config"]
    return {
        **named("optimizer", type(optimizer).__name__, config), "name": name,
        "init": init, "grads": grads, "after_each_step": after,
        "optimizer_variables": last, "after_finalize": [dump(w) for w in weights],
    }


def trainings():
    many = {
        "Adafactor": lambda: O.Adafactor(0.1),
        "Muon": lambda: O.Muon(0.02, exclude_layers=["dense_1"]),
        "Muon all": lambda: O.Muon(0.02, nesterov=False, ns_steps=3),
        "ScheduleFreeAdamW": lambda: O.ScheduleFreeAdamW(0.05, warmup_steps=4),
        "ScheduleFreeAdamW decay": lambda: O.ScheduleFreeAdamW(0.05, weight_decay=0.1),
        "MultiOptimizer": lambda: several(),
    }
    for name, make in many.items():
        keras.backend.clear_session()
        yield train(name, make(), epochs=10)


def configs():
    keras.backend.clear_session()
    names = ("Adafactor", "Muon", "ScheduleFreeAdamW")
    return {"optimizer": {name: getattr(O, name)().get_config() for name in names}}


if __name__ == "__main__":
    write(sys.argv[1], "optimizers.json.gz", {
        "keras": keras.__version__,
        "cases": [case(name, *each) for name, each in CASES.items()],
    })
    write(sys.argv[1], "later_training.json.gz", document(configs(), trainings()))
