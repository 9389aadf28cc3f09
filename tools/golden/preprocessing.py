"""Runs Keras' lookups, encodings, hashes and text layers and writes what they give.

    python tools/golden/preprocessing.py src/test/resources/golden

Needs the versions in tools/requirements.txt. Writes preprocessing.json.gz: calls with values of any
type, and what layers learn from data; and beside the folder fixtures/keras3_preprocessing.keras, a
model of them all, whose answers are in the same file.
"""

import json
import os
import pathlib
import sys
import zipfile

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


def category_encodings():
    C = L.CategoryEncoding
    for mode in ROWS:
        for name, shape in SHAPES.items():
            yield case(f"category_{mode}_{name}", C(num_tokens=5, output_mode=mode), some(shape, 7))
    yield case("category_one_hot_one_axis", C(num_tokens=3, output_mode="one_hot"), np.array([2, 0, 3]))
    yield case("category_float", C(num_tokens=3), np.array([[1.7, 0.0]], dtype="float32"))
    yield case("category_float_one_hot", C(num_tokens=3, output_mode="one_hot"), np.array([[1.7, -0.5]], "float32"))
    yield case("category_int32", C(num_tokens=3, output_mode="count"), np.array([[1, 2, 2]], dtype="int32"))
    yield case("category_negative", C(num_tokens=3, output_mode="one_hot"), np.array([[-1, 0]]))
    weights = np.array([[0.5, 0.25, 2.0]], dtype="float32")
    count = C(num_tokens=4, output_mode="count")
    yield case("category_weights", count, np.array([[1, 0, 1]]), weights=weights)
    yield case("category_weights_table", count, np.array([[[1, 0, 1]]]), weights=weights[None])


def discretizations():
    D = L.Discretization
    numbers = np.array([[-3.0, 0.0, 0.5], [1.0, 0.99999, 1e30]], dtype="float32")
    yield case("bins", D([0.0, 0.5, 1.0]), numbers)
    yield case("bins_twice", D([0.0, 0.5, 0.5, 1.0]), numbers)
    yield case("bins_none", D([]), numbers)
    yield case("bins_int", D([0.0, 0.5, 3.0]), np.array([[-1, 0, 1, 3, 2**40]]))
    yield case("bins_int32", D([0.0, 0.5, 3.0]), np.array([[-1, 0, 1, 3]], dtype="int32"))
    yield case("bins_uint8", D([1, 200]), np.array([[0, 1, 199, 255]], dtype="uint8"))
    for mode in ROWS:
        for name, shape in SHAPES.items():
            yield case(
                f"bins_{mode}_{name}", D([1.0, 3.0, 5.0], output_mode=mode), some(shape, 7).astype("float32")
            )
    random = np.random.RandomState(1)
    asked = np.array([[-10.0, -0.3, 0.0, 0.2, 0.7, 4.0]], dtype="float32")
    for count in (1, 5, 99, 100, 101, 250, 1003):
        data = random.normal(size=(count,)).astype("float32")
        yield learned(f"bins_adapt_{count}", D(num_bins=4), data, asked)
    few = np.array([[3.0, 1.0], [2.0, 1.0]], dtype="float32")
    yield learned("bins_adapt_many", D(num_bins=7), few, asked)
    yield learned("bins_adapt_one", D(num_bins=1), few, asked)
    yield learned("bins_adapt_epsilon", D(num_bins=3, epsilon=0.25), data[:40].reshape(8, 5), asked)
    yield learned("bins_adapt_count", D(num_bins=3, output_mode="count"), data[:40], asked)
    batches = [data[:100], data[100:350], data[350:351], data[351:]]
    layer = D(num_bins=6, epsilon=0.05)
    layer.adapt(batches)
    yield {**case("bins_adapt_batches", layer, asked), "batches": [dump(x) for x in batches]}


def hashes():
    H = L.Hashing
    texts = [["red", "blue"], ["grün", ""], ["😀", "red"]]
    numbers = np.array([[0, 1, -1], [2**40, 7, 1]])
    yield case("hash_texts", H(7), texts)
    yield case("hash_one_bin", H(1, mask_value="red"), texts)
    yield case("hash_salt", H(7, salt=[133, 137]), texts)
    yield case("hash_one_salt", H(7, salt=133), texts)
    yield case("hash_mask", H(5, mask_value=""), texts)
    yield case("hash_numbers", H(7), numbers)
    yield case("hash_numbers_mask", H(7, mask_value=1, salt=-3), numbers)
    yield case("hash_int32", H(7, dtype="int32"), numbers.astype("int32"))
    yield case("hash_float", H(7), np.array([[0.7, -1.9, 3.0]], dtype="float32"))
    yield case("hash_float_mask", H(7, mask_value=0.5), np.array([[0.5, 0.25, 3.0]], dtype="float32"))
    for mode in ROWS:
        for name, shape in SHAPES.items():
            yield case(f"hash_{mode}_{name}", H(4, output_mode=mode), some(shape, 9))
    yield case("hash_one_hot_one_axis", H(4, output_mode="one_hot"), ["red", "blue"])
    yield case("hash_one_hot_twice_alone", H(4, output_mode="one_hot"), some((3, 1, 1), 9))
    yield case("hash_one_hot_int", H(4, output_mode="one_hot", dtype="int64"), ["red", "blue"])
    X = L.HashedCrossing
    colours, sizes = [["red"], ["blue"], [""]], np.array([[1], [-2], [2**40]])
    yield case("cross", X(11), colours, sizes)
    yield case("cross_texts", X(11), colours, [["x"], ["y"], ["😀"]])
    yield case("cross_numbers", X(11), sizes, sizes.astype("int32"))
    yield case("cross_one_axis", X(11), ["red", "blue"], np.array([3, 4]))
    yield case("cross_one_hot", X(3, output_mode="one_hot"), colours, sizes)
    yield case("cross_one_hot_one_axis", X(3, output_mode="one_hot"), ["red", "blue"], np.array([3, 4]))
    yield case("cross_int32", X(3, dtype="int32"), colours, sizes)


SENTENCES = [
    ["The CAT, sat."], [" a  dog\tand\u00a0the\ncat! "], [""], ["..."], ["Über 😀 don't [x] a_b {c}~|"],
]
TERMS = ["the", "cat", "dog", "über", "😀", "the cat", "t", "a", "cat sat", "dont"]


def texts():
    T = L.TextVectorization
    for standardize in (None, "lower", "strip_punctuation", "lower_and_strip_punctuation"):
        for split in (None, "whitespace", "character"):
            yield case(
                f"text_{standardize}_{split}", T(vocabulary=TERMS, standardize=standardize, split=split),
                SENTENCES,
            )
    for split in (None, "whitespace", "character"):
        for ngrams in (1, 2, (2,), (3, 1)):
            yield case(f"text_{split}_{ngrams}", T(vocabulary=TERMS, split=split, ngrams=ngrams), SENTENCES)
        for mode in ROWS:
            if split is None or mode != "one_hot":
                layer = T(vocabulary=TERMS, split=split, ngrams=2, output_mode=mode)
                yield case(f"text_{split}_{mode}", layer, SENTENCES)
        for length in (1, 3, 40):
            layer = T(vocabulary=TERMS, split=split, output_sequence_length=length)
            yield case(f"text_{split}_length_{length}", layer, SENTENCES)
    yield case("text_one_axis", T(vocabulary=TERMS), [x for row in SENTENCES for x in row])
    yield case("text_table", T(vocabulary=TERMS), [[["the cat"], ["a"]], [[""], ["cat the dog"]]])
    yield case(
        "text_table_length", T(vocabulary=TERMS, output_sequence_length=2, ngrams=2),
        [[["the cat"], ["a"]], [[""], ["cat the dog"]]],
    )
    yield case("text_all_empty", T(vocabulary=TERMS), [[""], [" "]])
    yield case("text_all_empty_rows", T(vocabulary=TERMS, output_mode="count"), [[""], [" "]])
    yield case("text_all_empty_characters", T(vocabulary=TERMS, split="character"), [[""], [""]])
    yield case("text_vocabulary_whole", T(vocabulary=["", "[UNK]"] + TERMS), SENTENCES)
    yield case("text_padded", T(vocabulary=TERMS, output_mode="multi_hot", max_tokens=15, pad_to_max_tokens=True), SENTENCES)
    idf = [0.25 * i for i in range(len(TERMS))]
    yield case("text_tf_idf", T(vocabulary=TERMS, idf_weights=idf, output_mode="tf_idf"), SENTENCES)
    yield case(
        "text_tf_idf_padded",
        T(vocabulary=TERMS, idf_weights=idf, output_mode="tf_idf", ngrams=2, max_tokens=15, pad_to_max_tokens=True),
        SENTENCES,
    )
    lists = [["the", "cat", ""], ["dog", "x", "the"]]
    plain = {"vocabulary": TERMS, "split": None, "standardize": None}
    yield case("terms", T(**plain), lists)
    yield case("terms_one_axis", T(**plain), lists[0])
    yield case("terms_one_axis_one_hot", T(**plain, output_mode="one_hot"), lists[0])
    yield case("terms_ngrams", T(**plain, ngrams=2), lists)
    yield case("terms_ngrams_wide", T(**plain, ngrams=(2, 5)), lists)
    yield case("terms_short", T(**plain, output_sequence_length=2), lists)
    yield case("terms_long", T(**plain, output_sequence_length=5), lists)
    for mode in ROWS:
        yield case(f"terms_{mode}", T(**plain, output_mode=mode, ngrams=2), lists)
    yield case("terms_tf_idf", T(**plain, idf_weights=idf, output_mode="tf_idf"), lists)
    asked = [["the cat on a mat"], ["😀"]]
    yield learned("text_adapt", T(), SENTENCES, asked)
    yield learned("text_adapt_list", T(max_tokens=6), [x for row in SENTENCES for x in row], asked)
    yield learned("text_adapt_ngrams", T(ngrams=2, output_mode="count", split="whitespace"), SENTENCES, asked)
    yield learned("text_adapt_characters", T(split="character", standardize="lower"), SENTENCES, asked)
    yield learned("text_adapt_tf_idf", T(output_mode="tf_idf"), SENTENCES, asked)
    yield learned(
        "text_adapt_tf_idf_padded", T(output_mode="tf_idf", max_tokens=30, pad_to_max_tokens=True), SENTENCES, asked
    )
    yield learned("text_adapt_none", T(split=None, output_mode="multi_hot"), lists, lists)


FAMILIES = [
    string_lookups, integer_lookups, lookups_that_learn, category_encodings, discretizations, hashes, texts,
]


def normalizations():
    """What a Normalization learns, of arrays and of batches of them, along several axes."""
    random = np.random.RandomState(2)
    data = (random.normal(size=(7, 2, 3)) * 3 + 1).astype("float32")
    batches = [data[:3], data[3:4], data[4:]]
    for axis in (-1, 1, None, (1, 2), (2, 1), (-1,)):
        for given, parts in ((data, [data]), (batches, batches)):
            layer = L.Normalization(axis=axis)
            layer.adapt(given)
            yield {
                "axis": [] if axis is None else [axis] if isinstance(axis, int) else list(axis),
                "batches": [dump(x) for x in parts],
                "mean": dump(layer.adapt_mean),
                "variance": dump(layer.adapt_variance),
                "output": dump(layer(data)),
            }


def inner_model(words):
    """A model within the model, with a lookup of its own."""
    text = keras.Input((2,), dtype="string", name="inner_text")
    lookup = L.StringLookup(output_mode="multi_hot", name="inner_lookup")
    lookup.adapt(words)
    return keras.Model(text, L.Dense(2, name="inner_dense")(lookup(text)), name="inner")


def model():
    """All these layers in one model, given and learned."""
    text = keras.Input((), dtype="string", name="text")
    words = keras.Input((2,), dtype="string", name="words")
    number = keras.Input((1,), dtype="int64", name="number")
    value = keras.Input((2,), name="value")
    sentences = [row[0] for row in SENTENCES]
    weighted, counted = L.TextVectorization(output_mode="tf_idf"), L.TextVectorization(ngrams=2)
    weighted.adapt(sentences)
    counted.adapt(sentences)
    learned = L.StringLookup(mask_token="", num_oov_indices=2)
    learned.adapt([["b", "a", "ä"], ["a", "zz", "b"]])
    given = L.StringLookup(
        vocabulary=WORDS, output_mode="tf_idf", idf_weights=[0.5, 1.0, 1.5, 2.5], max_tokens=7, pad_to_max_tokens=True
    )
    numbers = L.IntegerLookup(mask_token=0, output_mode="one_hot")
    numbers.adapt([[3], [3], [-5]])
    bins = L.Discretization(num_bins=3, output_mode="count")
    bins.adapt(np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]))
    normal = L.Normalization()
    normal.adapt(np.array([[1.0, 2.0], [3.0, 7.0], [5.0, 0.0]]))
    parts = [
        weighted(text), given(words), numbers(number), bins(value), normal(value),
        L.Hashing(4, output_mode="one_hot")(number), L.CategoryEncoding(3)(numbers_of(number)), inner_model([["a", "b"], ["b", "c"]])(words),
    ]
    both = L.HashedCrossing(9)((L.Reshape((1,))(text), number))
    total = L.Dense(3, name="head")(L.Concatenate()(parts))
    back = L.StringLookup(vocabulary=["w", "v"], invert=True)(numbers_of(number))
    return keras.Model([text, words, number, value], [counted(text), learned(words), both, total, back])


def numbers_of(number):
    return L.IntegerLookup(vocabulary=[3, -5])(number)


def file(folder):
    keras.backend.clear_session()
    whole = model()
    for weight in whole.weights:
        if weight.dtype == "float32" and "normalization" not in weight.path:
            count = int(np.prod(weight.shape))
            weight.assign(np.linspace(-1, 1, count).reshape(weight.shape))
    path = pathlib.Path(folder, "..", "fixtures", "keras3_preprocessing.keras")
    whole.save(path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    again = keras.saving.load_model(path)
    inputs = [
        tf.constant(["The cat sat", "", "dog über"]),
        tf.constant([["red", "a"], ["b", ""], ["zz", "blue"]]),
        tf.constant([[3], [0], [-5]], "int64"),
        tf.constant([[0.15, 0.55], [3.0, -1.0], [0.2, 0.4]]),
    ]
    outputs = again(inputs)
    return {"inputs": [dump(x) for x in inputs], "outputs": [dump(x) for x in outputs]}


def main(folder):
    cases = [each for family in FAMILIES for each in family()]
    names = [each["name"] for each in cases]
    assert len(names) == len(set(names))
    versions = {"keras": keras.__version__, "tensorflow": tf.__version__}
    write(folder, "preprocessing.json.gz", {"versions": versions, "cases": cases, "normalizations": list(normalizations()), "file": file(folder)})
    print(len(cases), "cases")


if __name__ == "__main__":
    main(sys.argv[1])
