"""Runs Keras' lookups, encodings, hashes and text layers and writes what they give.

    python tools/golden/preprocessing.py src/test/resources/golden

Needs the versions in tools/requirements.txt. Writes preprocessing.json.gz: calls with values of any
type, and what layers learn from data.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from files import write
from keras.saving import serialize_keras_object

L = keras.layers

WORDS = ["red", "blue", "grün", "😀"]
TEXTS = [["red"], ["blue"], ["grün"], ["no such word"], [""], ["😀"], ["Red"]]


def dump(array):
    array = np.asarray(array)
    if array.dtype == object:
        data = [x.decode() for x in array.ravel()]
    elif array.dtype.kind == "f":
        data = [float(str(x)) for x in array.ravel()]
    else:
        data = [int(x) for x in array.ravel()]
    name = "string" if array.dtype == object else array.dtype.name
    return {"dtype": name, "shape": list(array.shape), "data": data}


def written(thing):
    return json.loads(json.dumps(serialize_keras_object(thing)))["config"]


def case(name, layer, *inputs, weights=None):
    """One call of a layer; weights are the call argument of that purpose."""
    inputs = [tf.constant(x) for x in inputs]
    more = {} if weights is None else {"count_weights": tf.constant(weights)}
    output = layer(inputs if len(inputs) > 1 else inputs[0], **more)
    return {
        "name": name,
        "class_name": layer.__class__.__name__,
        "written": written(layer),
        "inputs": [dump(x) for x in inputs] + ([] if weights is None else [dump(more["count_weights"])]),
        "weighted": weights is not None,
        "output": dump(output),
    }


def learned(name, layer, data, *inputs):
    """What a layer learns of data, and a call of it then."""
    before = written(layer)
    layer.adapt(data)
    result = case(name, layer, *inputs)
    result["before"] = before
    result["adapted_to"] = dump(tf.constant(data))
    if hasattr(layer, "get_vocabulary"):
        lookup = getattr(layer, "_lookup_layer", layer)
        terms = layer.get_vocabulary()
        result["vocabulary"] = dump(tf.constant(terms, "string" if isinstance(terms[0], str) else "int64"))
        if lookup.output_mode == "tf_idf":
            result["idf"] = dump(lookup.idf_weights_const)
    return result


ROWS = ["one_hot", "multi_hot", "count"]
SHAPES = {
    "row": (2, 3),
    "alone": (3, 1),
    "table": (2, 2, 2),
    "tables": (2, 2, 1),
    "deep": (2, 1, 2, 2),
}


def some(shape, below):
    return (np.arange(int(np.prod(shape))) * 7 % below).reshape(shape).astype("int64")


def string_lookups():
    S = L.StringLookup
    yield case("string", S(vocabulary=WORDS), TEXTS)
    yield case("string_one_axis", S(vocabulary=WORDS), ["blue", "x"])
    yield case("string_masked", S(vocabulary=WORDS, mask_token=""), TEXTS)
    yield case("string_mask_in_vocabulary", S(vocabulary=["", "[UNK]", "red"], mask_token=""), TEXTS)
    yield case("string_unk_in_vocabulary", S(vocabulary=["[UNK]", "red"]), [["red", "[UNK]", "x"]])
    yield case("string_unk_elsewhere", S(vocabulary=["red", "[UNK]"]), [["red", "[UNK]", "x"]])
    yield case("string_oov_3", S(vocabulary=WORDS, num_oov_indices=3), [["a", "b", "c", "red", "ä", ""]])
    yield case(
        "string_oov_3_salt",
        S(vocabulary=WORDS, num_oov_indices=3, salt=[1337, 42], mask_token="m"),
        [["a", "b", "c", "red", "ä", "", "m"]],
    )
    yield case("string_oov_2_salt", S(vocabulary=WORDS, num_oov_indices=2, salt=7), [["a", "b", "c", "d"]])
    yield case("string_oov_0", S(vocabulary=WORDS, num_oov_indices=0), [["red", "blue"]])
    yield case("string_oov_0_mask", S(vocabulary=WORDS, num_oov_indices=0, mask_token=""), [["red", ""]])
    yield case("string_invert", S(vocabulary=WORDS, invert=True), [[0, 1, 2, 3, 4, 5, -1]])
    yield case(
        "string_invert_mask",
        S(vocabulary=WORDS, invert=True, mask_token="", oov_token="?", num_oov_indices=2),
        np.array([[0, 1, 2, 3, 4, 9]], dtype="int32"),
    )
    for mode in ROWS:
        yield case(f"string_{mode}", S(vocabulary=WORDS, output_mode=mode), [["red", "red", "x"]])
        yield case(f"string_{mode}_alone", S(vocabulary=WORDS, output_mode=mode), TEXTS)
        yield case(
            f"string_{mode}_mask",
            S(vocabulary=WORDS, output_mode=mode, mask_token="", num_oov_indices=2),
            [["red", "", "x", "y"], ["", "", "", ""]],
        )
    yield case("string_one_hot_one_axis", S(vocabulary=WORDS, output_mode="one_hot"), ["blue", "x"])
    yield case(
        "string_padded", S(vocabulary=WORDS, output_mode="count", max_tokens=9, pad_to_max_tokens=True), TEXTS
    )
    yield case("string_not_padded", S(vocabulary=WORDS, output_mode="count", max_tokens=9), TEXTS)
    idf = [0.25, 0.5, 1.5, 2.2]
    yield case(
        "string_tf_idf", S(vocabulary=WORDS, idf_weights=idf, output_mode="tf_idf"), [["red", "red", "x"]]
    )
    yield case(
        "string_tf_idf_padded",
        S(
            vocabulary=["[UNK]", "[UNK]"] + WORDS, idf_weights=[0.1, 0.2] + idf, output_mode="tf_idf",
            num_oov_indices=2, max_tokens=8, pad_to_max_tokens=True, mask_token="",
        ),
        [["red", "", "x", "y", "blue"]],
    )


def integer_lookups():
    I = L.IntegerLookup
    numbers = [12, -7, 0, 2**40]
    some_of = [[12, -7, 3], [0, 2**40, -1]]
    yield case("integer", I(vocabulary=numbers), np.array(some_of))
    yield case("integer_int32", I(vocabulary=[1, 2]), np.array([[1, 2, 3]], dtype="int32"))
    yield case("integer_uint8", I(vocabulary=[1, 200]), np.array([[1, 200, 3]], dtype="uint8"))
    yield case("integer_float", I(vocabulary=[1, 2]), np.array([[1.7, 2, -0.5]], dtype="float32"))
    yield case("integer_masked", I(vocabulary=numbers, mask_token=3), np.array(some_of))
    for oov in (2, 3):
        for method in ("floormod", "farmhash"):
            yield case(
                f"integer_oov_{oov}_{method}",
                I(vocabulary=[5], num_oov_indices=oov, oov_method=method),
                np.array([[5, 1, 2, 3, 4, -1, -2, -3, 10**12]]),
            )
    yield case(
        "integer_oov_salt",
        I(vocabulary=[5], num_oov_indices=3, oov_method="farmhash", salt=[1, 2]),
        np.array([[5, 1, 2, 3, 4, -1, -2, -3]]),
    )
    yield case("integer_oov_0", I(vocabulary=numbers, num_oov_indices=0), np.array([[12, 0]]))
    yield case("integer_invert", I(vocabulary=numbers, invert=True), np.array([[0, 1, 2, 3, 4, 5, -1]]))
    yield case(
        "integer_invert_mask",
        I(vocabulary=numbers, invert=True, mask_token=99, oov_token=-5),
        np.array([[0, 1, 2, 3, 4, 5, -1]]),
    )
    for mode in ROWS:
        for name, shape in SHAPES.items():
            yield case(
                f"integer_{mode}_{name}", I(vocabulary=[0, 1, 2, 3], output_mode=mode), some(shape, 5)
            )
        yield case(
            f"integer_{mode}_mask",
            I(vocabulary=[0, 1, 2], output_mode=mode, mask_token=7),
            np.array([[[7, 0, 1], [1, 1, 9]]]),
        )
    yield case(
        "integer_tf_idf_table",
        I(vocabulary=[0, 1, 2], output_mode="tf_idf", idf_weights=[1.0, 2.0, 3.0]),
        some((2, 2, 2), 5),
    )


def lookups_that_learn():
    documents = [["b", "a", "ä"], ["a", "[UNK]", "zz"], ["a", "b", ""], ["😀", "￿", "😀"]]
    asked = [["a", "b", "", "😀", "no"]]
    S = L.StringLookup
    yield learned("string_adapt", S(), documents, asked)
    yield learned("string_adapt_list", S(), [x for row in documents for x in row], asked)
    yield learned("string_adapt_mask", S(mask_token="", num_oov_indices=2), documents, asked)
    yield learned("string_adapt_most", S(max_tokens=4), documents, asked)
    yield learned("string_adapt_count", S(output_mode="count", mask_token="a"), documents, asked)
    yield learned("string_adapt_tf_idf", S(output_mode="tf_idf"), documents, asked)
    yield learned(
        "string_adapt_tf_idf_padded",
        S(output_mode="tf_idf", max_tokens=12, pad_to_max_tokens=True, mask_token="", num_oov_indices=2),
        documents, asked,
    )
    yield learned(
        "string_adapt_tf_idf_list", S(output_mode="tf_idf", max_tokens=5),
        [x for row in documents for x in row], asked,
    )
    I = L.IntegerLookup
    numbers = np.array([[3, 3, -1], [5, 10, 3], [5, 0, 0]])
    wanted = np.array([[3, 5, 7, 0, -1]])
    yield learned("integer_adapt", I(), numbers, wanted)
    yield learned("integer_adapt_mask", I(mask_token=0, max_tokens=4), numbers, wanted)
    yield learned("integer_adapt_tf_idf", I(output_mode="tf_idf"), numbers, wanted)
    yield learned("integer_adapt_list", I(output_mode="multi_hot"), numbers.ravel(), wanted)


FAMILIES = [string_lookups, integer_lookups, lookups_that_learn]


def main(folder):
    cases = [each for family in FAMILIES for each in family()]
    names = [each["name"] for each in cases]
    assert len(names) == len(set(names))
    versions = {"keras": keras.__version__, "tensorflow": tf.__version__}
    write(folder, "preprocessing.json.gz", {"versions": versions, "cases": cases})
    print(len(cases), "cases")


if __name__ == "__main__":
    main(sys.argv[1])
