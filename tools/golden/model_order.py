"""Writes src/test/resources/golden/model_order.json: in which order Keras lists a model's layers.

Each case holds the graph (one call of a layer a node; a layer with several calls is shared) and what
Keras makes of it: the layers with class, output shape and number of parameters, in the order of
`model.layers`. Some graphs are drawn at random from a fixed seed. Run: python tools/golden/model_order.py
"""

import json
import os
import pathlib
import random

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras

OUT = pathlib.Path(__file__).parents[2] / "src/test/resources/golden/model_order.json"


def node(name, layer, *inputs, **arguments):
    """A call of the layer `name`; the call itself goes by `name`, `name#1`, ... in order."""
    return {"name": name, "class": layer, "inputs": list(inputs), **arguments}


def layer_of(spec):
    name = spec["name"]
    return {
        "InputLayer": lambda: None,
        "Dense": lambda: keras.layers.Dense(spec["units"], name=name),
        "Conv2D": lambda: keras.layers.Conv2D(spec["filters"], 3, padding="same", name=name),
        "MaxPooling2D": lambda: keras.layers.MaxPooling2D(2, name=name),
        "Flatten": lambda: keras.layers.Flatten(name=name),
        "Add": lambda: keras.layers.Add(name=name),
        "Functional": lambda: build(spec["model"], name),
    }[spec["class"]]()


def build(case, name="functional"):
    tensors, layers, counts = {}, {}, {}
    for spec in case["nodes"]:
        own = spec["name"]
        call = counts.get(own, 0)
        counts[own] = call + 1
        key = own if call == 0 else f"{own}#{call}"
        if spec["class"] == "InputLayer":
            tensors[key] = keras.Input(spec["shape"], name=own)
            continue
        if own not in layers:
            layers[own] = layer_of(spec)
        inputs = [tensors[i] for i in spec["inputs"]]
        tensors[key] = layers[own](inputs if spec["class"] == "Add" else inputs[0])
    ends = [[tensors[key] for key in case[end]] for end in ["inputs", "outputs"]]
    return keras.Model(*[end[0] if len(end) == 1 else end for end in ends], name=name)


def chain():
    return [
        node("image", "InputLayer", shape=[8, 8, 3]),
        node("conv", "Conv2D", "image", filters=4),
        node("pool", "MaxPooling2D", "conv"),
        node("flat", "Flatten", "pool"),
        node("out", "Dense", "flat", units=2),
    ]


def case(name, nodes, inputs, outputs):
    return {"name": name, "nodes": nodes, "inputs": inputs, "outputs": outputs}


def vector(name):
    return node(name, "InputLayer", shape=[4])


def dense(name, *inputs):
    return node(name, "Dense", *inputs, units=4)


def add(name, *inputs):
    return node(name, "Add", *inputs)


def written():
    yield case("chain", chain(), ["image"], ["out"])
    yield case("residual", [
        node("image", "InputLayer", shape=[8, 8, 4]),
        node("a", "Conv2D", "image", filters=4), node("b", "Conv2D", "a", filters=4),
        add("sum", "b", "image"), node("pool", "MaxPooling2D", "sum"),
        node("c", "Conv2D", "pool", filters=4), add("sum2", "pool", "c"),
        node("flat", "Flatten", "sum2"), node("out", "Dense", "flat", units=3)], ["image"], ["out"])
    branches = [vector("x"), dense("long1", "x"), dense("short", "x"), dense("long2", "long1"),
                dense("long3", "long2")]
    yield case("short branch second", [*branches, add("sum", "long3", "short")], ["x"], ["sum"])
    yield case("short branch first", [*branches, add("sum", "short", "long3")], ["x"], ["sum"])
    even = [vector("x"), dense("third", "x"), dense("first", "x"), dense("second", "x")]
    yield case("branches of one depth", [*even, add("sum", "first", "second", "third")], ["x"], ["sum"])
    two = [vector("a"), vector("b"), dense("left", "a"), dense("right", "b")]
    yield case("two inputs", [*two, add("sum", "left", "right")], ["a", "b"], ["sum"])
    yield case("two inputs, named in reverse", [*two, add("sum", "left", "right")], ["b", "a"], ["sum"])
    yield case("two inputs, used in reverse", [*two, add("sum", "right", "left")], ["a", "b"], ["sum"])
    yield case("late input", [vector("a"), vector("b"), dense("d1", "a"), dense("d2", "d1"),
                              add("sum", "b", "d2"), dense("out", "sum")], ["a", "b"], ["out"])
    ends = [vector("x"), dense("trunk", "x"), dense("near", "trunk"), dense("far1", "trunk"),
            dense("far2", "far1")]
    yield case("two outputs", ends, ["x"], ["near", "far2"])
    yield case("two outputs in reverse", ends, ["x"], ["far2", "near"])
    yield case("an output on the way to another", ends, ["x"], ["far1", "far2", "near"])
    yield case("an output twice", ends[:3], ["x"], ["near", "near"])
    yield case("an input as output", ends[:3], ["x"], ["near", "x"])
    yield case("shared layer", [vector("a"), vector("b"), dense("tower", "a"), dense("tower", "b"),
                                add("sum", "tower", "tower#1")], ["a", "b"], ["sum"])
    yield case("shared layer at two depths",
               [vector("x"), dense("shared", "x"), dense("between", "shared"),
                dense("shared", "between"), add("sum", "shared#1", "x"), dense("out", "sum")],
               ["x"], ["out"])
    inner = case("inner", [vector("i"), dense("i1", "i"), dense("i2", "i1"), add("isum", "i2", "i")],
                 ["i"], ["isum"])
    yield case("nested model", [
        vector("x"), dense("before", "x"),
        node("inner", "Functional", "before", model=inner), add("sum", "inner", "before")],
        ["x"], ["sum"])
    yield case("nested model, shared", [
        vector("a"), vector("b"), node("inner", "Functional", "a", model=inner),
        node("inner", "Functional", "b", model=inner), add("sum", "inner#1", "inner")],
        ["a", "b"], ["sum"])


def drawn(number):
    """A graph of up to 14 calls, each on one to three earlier ones, some of shared layers."""
    random.seed(number)
    inputs = [f"in{i}" for i in range(random.choice([1, 1, 2, 3]))]
    nodes = [vector(name) for name in inputs]
    keys, shared = list(inputs), []
    for i in range(random.randint(3, 14)):
        kind = random.random()
        if kind < 0.4 and len(keys) > 1:
            nodes.append(add(f"add{i}", *random.sample(keys, min(len(keys), random.randint(2, 3)))))
            keys.append(f"add{i}")
        elif kind < 0.6 and shared:
            name = random.choice(shared)
            nodes.append(dense(name, random.choice(keys)))
            calls = sum(1 for n in nodes if n["name"] == name)
            keys.append(f"{name}#{calls - 1}")
        else:
            name = f"dense{i}"
            shared.append(name)
            nodes.append(dense(name, random.choice(keys)))
            keys.append(name)
    outputs = random.sample(keys[len(inputs):], min(len(keys) - len(inputs), random.choice([1, 1, 2, 3])))
    used = reachable(nodes, outputs)
    random.shuffle(inputs)
    return case(f"drawn {number}", nodes, [i for i in inputs if i in used], outputs)


def reachable(nodes, outputs):
    by_key, counts = {}, {}
    for spec in nodes:
        call = counts.get(spec["name"], 0)
        counts[spec["name"]] = call + 1
        by_key[spec["name"] + (f"#{call}" if call else "")] = spec
    seen, waiting = set(), list(outputs)
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting.extend(by_key[key]["inputs"])
    return seen


def shape(layer):
    if hasattr(layer, "batch_shape"):
        return list(layer.batch_shape)
    computed = layer._inbound_nodes[0].outputs[0].shape
    return list(computed)


def expected(model):
    return [{"name": l.name, "class": type(l).__name__, "shape": shape(l), "params": l.count_params()}
            for l in model.layers]


def main():
    cases = [*written(), *[drawn(i) for i in range(40)]]
    for one in cases:
        keras.utils.clear_session()
        one["layers"] = expected(build(one))
    lines = ",\n".join(json.dumps(one) for one in cases)
    OUT.write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
