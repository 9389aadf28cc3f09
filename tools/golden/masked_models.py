"""Runs Keras' attention with masks, and other layers that go by masks, for the Java tests.

    python tools/golden/masked_models.py src/test/resources/golden

Needs the versions in tools/requirements.txt. Writes masked_models.json.gz, in the form of
attention_models.json.gz, and block_training.json.gz, in that of attention_training.json.gz.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from attention import model_case, training
from files import write
from keras import ops
from layers import numbers

L = keras.layers
Input = keras.Input
IDS = np.array([[1, 2, 0, 0], [3, 0, 4, 1]], "int32")
OTHERS = np.array([[2, 0, 0], [0, 5, 1]], "int32")
NOTHING = np.array([[1, 2, 0, 0], [0, 0, 0, 0]], "int32")
SEEN = np.array([[[1, 1, 0], [0, 1, 1], [1, 0, 0], [0, 0, 1]], [[0, 0, 1], [1, 1, 1], [0, 1, 0], [1, 0, 0]]], "int32")
QUERIES = np.array([[1, 1, 0, 1], [0, 1, 1, 1]], bool)
KEYS = np.array([[1, 0, 1], [1, 1, 0]], bool)


def x(name, shape=(2, 4, 3)):
    return numbers(name, shape)


def embedded(function, *, second=None, first=IDS):
    """A model of what follows from masked steps, and perhaps from others."""

    def build():
        i = Input((first.shape[1],), dtype="int32", name="ids")
        table = L.Embedding(6, 3, mask_zero=True)
        if second is None:
            return keras.Model(i, function(table(i)))
        j = Input((second.shape[1],), dtype="int32", name="others")
        return keras.Model([i, j], function(table(i), L.Embedding(6, 3, mask_zero=True)(j)))

    return build, [first] if second is None else [first, second]


def plain(function, *arrays):
    """A model of one function of its inputs."""

    def build():
        inputs = [Input(a.shape[1:], dtype=str(a.dtype), name=f"in{k}") for k, a in enumerate(arrays)]
        return keras.Model(inputs if len(inputs) > 1 else inputs[0], function(*inputs))

    return build, list(arrays)


def both(**arguments):
    """The two layers of attention with heads."""
    return {
        "heads": lambda **more: L.MultiHeadAttention(2, 2, **{**arguments, **more}),
        "grouped": lambda **more: L.GroupQueryAttention(2, 4, 2, **{**arguments, **more}),
    }


def heads():
    for name, layer in both().items():
        yield f"{name}_self", *embedded(lambda a, layer=layer: layer()(a, a))
        yield f"{name}_causal", *embedded(lambda a, layer=layer: layer()(a, a, use_causal_mask=True))
        yield f"{name}_scores", *embedded(lambda a, layer=layer: list(layer()(a, a, return_attention_scores=True)))
        yield f"{name}_cross", *embedded(lambda a, b, layer=layer: layer()(a, b), second=OTHERS)
        yield f"{name}_cross_scores", *embedded(
            lambda a, b, layer=layer: list(layer()(a, b, use_causal_mask=True, return_attention_scores=True)), second=OTHERS
        )
        yield f"{name}_nothing", *embedded(lambda a, layer=layer: layer()(a, a), first=NOTHING)
        yield f"{name}_nothing_scores", *embedded(lambda a, layer=layer: list(layer()(a, a, return_attention_scores=True)), first=NOTHING)
        yield f"{name}_nothing_dropout", *embedded(lambda a, layer=layer: layer(dropout=0.5)(a, a), first=NOTHING)
        yield f"{name}_window", *embedded(lambda a, layer=layer: layer(sliding_window=2)(a, a, use_causal_mask=True))
        yield f"{name}_plain_causal", *plain(lambda a, layer=layer: layer(flash_attention=False)(a, a, use_causal_mask=True), x("pc"))
        yield f"{name}_plain_causal_long", *plain(
            lambda a, b, layer=layer: list(layer(dropout=0.2, seed=1)(a, b, use_causal_mask=True, return_attention_scores=True)),
            x("pl"), x("pl1", (2, 6, 3)),
        )  # fmt: skip
        for dtype in ("bool", "int32", "float32"):
            yield f"{name}_attention_mask_{dtype}", *plain(
                lambda a, b, m, layer=layer: layer()(a, b, attention_mask=m), x("am"), x("am1", (2, 3, 3)), SEEN.astype(dtype)
            )
        some = (SEEN * 0.5 - 0.1).astype("float32")
        yield f"{name}_attention_mask_numbers", *plain(
            lambda a, b, m, n, layer=layer: [
                layer(name="one")(a, b, attention_mask=n), layer(dropout=0.1, name="two")(a, b, attention_mask=m),
                layer(dropout=0.1, name="three")(a, b, attention_mask=n), layer(dropout=0.1, name="four")(a, b, attention_mask=n, use_causal_mask=True),
            ],
            x("an"), x("an1", (2, 3, 3)), some, SEEN * 2 - 1,
        )  # fmt: skip
        yield f"{name}_attention_mask_one", *plain(
            lambda a, b, m, layer=layer: list(layer()(a, b, attention_mask=m, return_attention_scores=True)),
            x("ao"), x("ao1", (2, 3, 3)), SEEN[:, :1].astype(bool),
        )  # fmt: skip
        yield f"{name}_attention_mask_heads", *plain(
            lambda a, b, m, layer=layer: layer()(a, b, attention_mask=m), x("ah"), x("ah1", (2, 3, 3)), SEEN[:, None].astype(bool)
        )
        yield f"{name}_attention_mask_causal", *plain(
            lambda a, b, m, layer=layer: layer()(a, b, attention_mask=m, use_causal_mask=True), x("ac"), x("ac1", (2, 3, 3)), SEEN.astype(bool)
        )
        yield f"{name}_masks", *plain(
            lambda a, b, c, m, n, o, layer=layer: layer()(a, b, c, query_mask=m, value_mask=n, key_mask=o),
            x("ms"), x("ms1", (2, 3, 3)), x("ms2", (2, 3, 3)), QUERIES, KEYS, ~KEYS | KEYS[::-1],
        )  # fmt: skip
        yield f"{name}_key", *embedded(lambda a, b, layer=layer: layer(use_gate=True)(a, b, key=L.Dense(3)(b)), second=OTHERS)
    yield "heads_shapes", *embedded(
        lambda a, b: L.MultiHeadAttention(2, 3, value_dim=1, output_shape=(2, 2), use_bias=False)(a, b), second=OTHERS
    )
    seen = np.array([[[[1, 0], [1, 1], [0, 1]]] * 2] * 2, bool).reshape(2, 2, 3, 2)
    image, other = x("image", (2, 2, 3, 4)), x("image1", (2, 2, 2, 4))
    yield "heads_axes_mask", *plain(lambda a, b, m: list(L.MultiHeadAttention(2, 2, attention_axes=2)(a, b, attention_mask=m, return_attention_scores=True)), image, other, seen)
    yield "heads_two_axes_mask", *plain(
        lambda a, b, m: L.MultiHeadAttention(2, 2)(a, b, attention_mask=m), image, other, (numbers("two", (2, 2, 3, 2, 2)) > -0.3)
    )
    yield "heads_twice", *plain(lambda a: shared(L.MultiHeadAttention(2, 2), a), x("twice"))
    # Behind attention a tensor has lost its mask.
    yield "heads_take_masks", *embedded(lambda a: [L.MultiHeadAttention(1, 2)(a, a), L.BatchNormalization()(a), L.Multiply()([a, a])]), True
    yield "grouped_keep_masks", *embedded(lambda a: [L.GroupQueryAttention(2, 2, 1)(a, a), L.BatchNormalization()(a), L.Multiply()([a, a])]), True


def shared(layer, a):
    return layer(layer(a, a), a)


def singles():
    for name, of in {"attention": L.Attention, "additive": L.AdditiveAttention}.items():
        yield f"{name}_self", *embedded(lambda a, of=of: of()([a, a]))
        yield f"{name}_causal", *embedded(lambda a, of=of: of(dropout=0.4, seed=2)([a, a], use_causal_mask=True))
        yield f"{name}_scores", *embedded(lambda a, b, of=of: list(of(use_scale=True)([a, b], return_attention_scores=True)), second=OTHERS)
        yield f"{name}_nothing", *embedded(lambda a, of=of: list(of()([a, a], return_attention_scores=True, use_causal_mask=True)), first=NOTHING)
        yield f"{name}_masks", *plain(
            lambda a, b, m, n, of=of: of()([a, b], mask=[m, n]), x("m"), x("m1", (2, 3, 3)), QUERIES, KEYS
        )
        yield f"{name}_value_mask", *plain(
            lambda a, b, n, of=of: of()([a, b, b], mask=[None, n]), x("v"), x("v1", (2, 3, 3)), KEYS
        )
        yield f"{name}_query_mask", *plain(
            lambda a, b, m, of=of: of()([a, b, b], mask=[m, None, None], use_causal_mask=True), x("q"), x("q1", (2, 3, 3)), QUERIES
        )
    yield "attention_concat", *embedded(lambda a, b: L.Attention(score_mode="concat", use_scale=True)([a, b]), second=OTHERS)


def others():
    yield "softmax_mask", *plain(lambda a, m: L.Softmax()(a, mask=m), x("s", (2, 4)), QUERIES)
    yield "softmax_mask_wide", *plain(lambda a, m: L.Softmax(axis=(1, 2))(a, mask=m), x("sw"), QUERIES[:, :, None])
    yield "softmax_nothing", *plain(lambda a, m: L.Softmax()(a, mask=m), x("sn", (2, 4)), QUERIES & np.array([[True], [False]]))
    for training in (False, True):
        yield f"batch_{training}", *embedded(lambda a: L.BatchNormalization(momentum=0.8)(a)), training
        yield f"batch_twice_{training}", *embedded(lambda a: shared_batch(L.BatchNormalization(scale=False), a)), training
    yield "batch_mask", *plain(lambda a, m: L.BatchNormalization(center=False)(a, mask=m), x("bm"), QUERIES), True
    merges = {
        "add": L.Add, "subtract": L.Subtract, "multiply": L.Multiply, "average": L.Average, "maximum": L.Maximum,
        "minimum": L.Minimum, "concatenate": L.Concatenate, "concatenate_steps": lambda: L.Concatenate(axis=1), "dot": lambda: L.Dot(axes=2),
    }  # fmt: skip
    for name, of in merges.items():
        yield f"{name}_masked", *embedded(lambda a, b, of=of: of()([a, b]), second=IDS[::-1].copy())
        yield f"{name}_one_masked", *plain(
            lambda i, b, of=of: of()([L.Embedding(6, 3, mask_zero=True)(i), b]), IDS, x("one")
        )
        yield f"{name}_other_masked", *plain(
            lambda i, b, of=of: of()([b, L.Embedding(6, 3, mask_zero=True)(i)]), IDS, x("other")
        )
    yield "layers", *embedded(
        lambda a: L.GlobalAveragePooling1D()(L.LayerNormalization()(L.Dropout(0.5)(L.Dense(3, activation="relu")(a))))
    )
    yield "lost", *embedded(lambda a: L.GlobalAveragePooling1D()(L.Conv1D(2, 2, padding="same")(a)))
    yield "reshaped", *embedded(lambda a: [L.Reshape((4, 3, 1))(a), L.Flatten()(a), L.Permute((2, 1))(a), L.Activation("tanh")(a), L.ZeroPadding1D(1)(a)])
    yield "operations", *embedded(lambda a: [a * 2.0, ops.softmax(a), L.BatchNormalization()(a + 1.0)]), True


def shared_batch(layer, a):
    return layer(layer(a))


def masked():
    for name, build, arrays, *rest in [*heads(), *singles(), *others()]:
        yield model_case(name, build, arrays, *rest)


def block(size, layer, *, causal=False):
    """A block of a transformer over embedded steps."""

    def build():
        i = Input((4,), dtype="int32", name="ids")
        a = L.Embedding(7, size, mask_zero=True)(i)
        b = layer()(a, a, use_causal_mask=causal)
        a = L.LayerNormalization(epsilon=1e-6)(L.Add()([a, b]))
        b = L.Dense(size)(L.Dense(8, activation="gelu")(a))
        a = L.LayerNormalization(epsilon=1e-6)(L.Add()([a, b]))
        return keras.Model(i, L.Dense(3, activation="softmax")(L.GlobalAveragePooling1D()(a)))

    return build


def patches():
    """A vision transformer in small: the input are patches."""
    i = Input((4, 6), name="patches")
    a = L.Dense(4)(i)
    b = L.LayerNormalization()(a)
    a = L.Add()([L.MultiHeadAttention(2, 2, kernel_regularizer="l2", bias_constraint="non_neg")(b, b), a])
    b = L.Dense(4)(L.Dense(6, activation="gelu")(L.LayerNormalization()(a)))
    return keras.Model(i, L.Dense(3, activation="softmax")(L.Flatten()(L.LayerNormalization()(L.Add()([a, b])))))


def single_block():
    i = Input((4,), dtype="int32", name="ids")
    a = L.Embedding(7, 3, mask_zero=True)(i)
    b = L.Concatenate()([L.Attention(use_scale=True)([a, a]), L.AdditiveAttention()([a, a])])
    return keras.Model(i, L.Dense(3, activation="softmax")(L.GlobalAveragePooling1D()(L.BatchNormalization()(b))))


def trainings():
    ids = np.array([[1, 1, 2, 0], [1, 4, 4, 4], [6, 1, 0, 0], [5, 0, 0, 0], [1, 2, 3, 3], [5, 5, 1, 1]], "int32")
    labels = np.array([0, 2, 1, 1, 0, 2], "int32")
    O = keras.optimizers
    yield training("heads", block(4, lambda: L.MultiHeadAttention(2, 2)), ids, labels, O.Adam(0.02))
    yield training("heads_sgd", block(4, lambda: L.MultiHeadAttention(2, 3, value_dim=2), causal=True), ids, labels, O.SGD(0.1, momentum=0.9))
    yield training("grouped", block(4, lambda: L.GroupQueryAttention(2, 4, 2, use_gate=True)), ids, labels, O.Adam(0.02))
    yield training("patches", patches, numbers("patches", (6, 4, 6)), labels, O.AdamW(0.02))
    yield training("singles", single_block, ids, labels, O.RMSprop(0.02))


def main(folder):
    write(folder, "masked_models.json.gz", {"keras": keras.__version__, "cases": list(masked())})
    write(folder, "block_training.json.gz", {"keras": keras.__version__, "cases": list(trainings())})


if __name__ == "__main__":
    main(sys.argv[1])
