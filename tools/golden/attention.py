"""Runs Keras' attention, embeddings and masks and writes what they give, for the Java tests.

    python tools/golden/attention.py src/test/resources/golden

Needs the versions in tools/requirements.txt. Writes attention_layers.json.gz, calls of single layers in
the form of layers.json.gz, and attention_models.json.gz: models with inputs of any type, their outputs
with their masks, and the gradients of a weighted sum of the outputs; and attention_training.json.gz:
models before and after some steps.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from files import write
from keras import ops
from keras.saving import serialize_keras_object
from layers import dump, numbers, run, written
from operations import plain

L = keras.layers
R = keras.regularizers
C = keras.constraints
Input = keras.Input


def typed(array):
    """An array with the name of its type."""
    array = np.asarray(array)
    text = array.dtype.kind in "OSU"
    data = [x.decode() if isinstance(x, bytes) else x for x in array.ravel()] if text else None
    kind = "string" if text else str(array.dtype)
    if not text:
        data = dump(array.astype("float64"))["data"] if kind.startswith("float") else [int(x) for x in array.ravel()]
    return {"dtype": kind, "shape": list(array.shape), "data": data}


def whole(name, shape, below, dtype="int32"):
    return (np.abs(numbers(name, shape)) * below).astype(dtype)


def weighting(shape):
    """What outputs are weighted with: -1.25, 0.5, -0.5, 1.25, ..."""
    places = np.arange(int(np.prod(shape)))
    return ((places * 7 % 11 - 5) / 4).reshape(shape).astype("float32")


def local(weight):
    return weight.path


def assign(name, model):
    for weight in model.weights:
        value = numbers(f"{name}/{local(weight)}", tuple(weight.shape), 0.5)
        weight.assign(np.abs(value) + 0.5 if weight.name == "moving_variance" else value)


def model_case(name, build, arrays, training=False):
    """One call of a model, with the gradients of a weighted sum of its floats."""
    keras.backend.clear_session()
    model = build()
    assign(name, model)
    before = {local(w): dump(w.numpy()) for w in model.weights}
    inputs = [tf.constant(a) for a in arrays]
    floats = [x for x in inputs if x.dtype.is_floating]
    trained = list(model.trainable_weights)
    with tf.GradientTape() as tape:
        tape.watch(floats)
        variables = [w.value for w in trained]
        tape.watch(variables)
        outputs = keras.tree.flatten(model(inputs if len(inputs) > 1 else inputs[0], training=training))
        terms = [tf.reduce_sum(y * weighting(y.shape)) for y in outputs if y.dtype.is_floating]
        total = tf.add_n([*terms, *model.losses, tf.constant(0.0)])
    gradients = tape.gradient(total, floats + variables)
    gradients = [
        None if g is None else dump(tf.convert_to_tensor(g)) for g in gradients
    ]
    masks = [getattr(y, "_keras_mask", None) for y in outputs]
    return {
        "name": name,
        "training": training,
        "model": plain(json.loads(json.dumps(serialize_keras_object(model)))),
        "inputs": [typed(a) for a in arrays],
        "weights": before,
        "outputs": [typed(y.numpy()) for y in outputs],
        "masks": [None if m is None else typed(m.numpy()) for m in masks],
        "gradients": gradients[: len(floats)],
        "weight_gradients": dict(zip([local(w) for w in trained], gradients[len(floats) :])),
        "weights_after": {
            local(w): dump(w.numpy()) for w in model.weights if not np.array_equal(w.numpy(), np.asarray(before[local(w)]["data"], "float32").reshape(w.shape))
        },
    }


def single(name, layer, ids):
    """A call of a layer on whole numbers that come as floats; it has no gradient with respect to them."""
    layer(ids)
    from layers import weight_values

    weight_values(name, layer)
    return {
        "name": name,
        "class_name": layer.__class__.__name__,
        "written": written(layer),
        "training": None,
        "inputs": [dump(ids)],
        "weights": {w.name: dump(w.numpy()) for w in layer.weights},
        "output": dump(layer(ids)),
        "grad_inputs": [],
        "grad_weights": {},
        "weights_after": {},
    }


def call(name, layer, *shapes):
    """One call of a layer that takes its tensors as arguments of their own, or in a list."""
    inputs = [tf.constant(numbers(f"{name}/{i}", s)) for i, s in enumerate(shapes)]
    arguments = [inputs] if isinstance(layer, L.Attention) else inputs
    layer(*arguments)
    own = {w.path.split("/", 1)[1]: w for w in layer.weights}
    for path, weight in own.items():
        weight.assign(numbers(f"{name}/{path}", tuple(weight.shape), 0.5))
    before = {path: dump(w.numpy()) for path, w in own.items()}
    trained = [path for path, w in own.items() if w.trainable]
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        variables = [own[path].value for path in trained]
        tape.watch(variables)
        output = layer(*arguments)
        upstream = numbers(f"{name}/upstream", tuple(output.shape))
        total = tf.reduce_sum(output * upstream)
    gradients = tape.gradient(total, inputs + variables)
    return {
        "name": name,
        "class_name": {"GroupedQueryAttention": "GroupQueryAttention"}.get(layer.__class__.__name__, layer.__class__.__name__),
        "written": written(layer),
        "training": None,
        "inputs": [dump(x) for x in inputs],
        "weights": before,
        "output": dump(output),
        "upstream_grad": dump(upstream),
        "grad_inputs": [dump(g) for g in gradients[: len(inputs)]],
        "grad_weights": {path: dump(g) for path, g in zip(trained, gradients[len(inputs) :])},
        "weights_after": {path: dump(w.numpy()) for path, w in own.items()},
    }


def heads():
    """Calls without masks; the attributes that a layer has when it is built are in what is written."""
    yield call("heads", L.MultiHeadAttention(2, 3), (2, 4, 5), (2, 3, 5))
    yield call("heads_key", L.MultiHeadAttention(2, 3, value_dim=2, use_bias=False), (2, 4, 5), (2, 3, 2), (2, 3, 4))
    yield call(
        "heads_output",
        L.MultiHeadAttention(
            2, 2, output_shape=(2, 3), kernel_initializer="he_uniform", bias_initializer="ones",
            kernel_regularizer="l2", bias_regularizer="l1", kernel_constraint="max_norm", bias_constraint="non_neg",
        ),
        (2, 3, 4), (2, 2, 4),
    )
    yield call("heads_gate", L.MultiHeadAttention(3, 2, use_gate=True, output_shape=4), (2, 3, 4), (2, 2, 4))
    yield call("heads_window", L.MultiHeadAttention(2, 2, sliding_window=2, seed=3), (2, 5, 3), (2, 4, 3))
    yield call("heads_4d", L.MultiHeadAttention(2, 2), (2, 2, 3, 4), (2, 3, 2, 4))
    yield call("heads_axis_1", L.MultiHeadAttention(2, 2, attention_axes=1), (2, 3, 2, 4), (2, 4, 2, 4))
    yield call("heads_axis_2", L.MultiHeadAttention(2, 2, attention_axes=(-2,)), (2, 3, 2, 4), (2, 3, 4, 4))
    yield call("heads_axes_turned", L.MultiHeadAttention(1, 2, attention_axes=(2, 1)), (2, 3, 2, 3), (2, 2, 4, 3))
    yield call("heads_5d", L.MultiHeadAttention(2, 2, attention_axes=(1, 3)), (1, 2, 2, 3, 3), (1, 3, 2, 2, 3))


    yield call("grouped", L.GroupQueryAttention(3, 4, 2), (2, 4, 5), (2, 3, 5))
    yield call("grouped_key", L.GroupQueryAttention(2, 3, 1, use_bias=False), (2, 4, 5), (2, 3, 5), (2, 3, 4))
    yield call(
        "grouped_all",
        L.GroupQueryAttention(
            2, 4, 4, sliding_window=1, use_gate=True, seed=1, kernel_initializer="lecun_normal", bias_initializer="ones",
            kernel_regularizer="l1", bias_regularizer="l2", kernel_constraint="unit_norm", bias_constraint="non_neg",
        ),
        (2, 3, 4), (2, 4, 4),
    )
    yield call("attention", L.Attention(), (2, 4, 5), (2, 3, 5))
    yield call("attention_scaled", L.Attention(use_scale=True), (2, 4, 5), (2, 3, 2), (2, 3, 5))
    yield call("attention_concat", L.Attention(score_mode="concat"), (2, 4, 5), (2, 3, 2), (2, 3, 5))
    yield call("attention_concat_scaled", L.Attention(use_scale=True, score_mode="concat", seed=3), (2, 4, 5), (2, 3, 5))
    yield call("attention_4d", L.Attention(), (2, 2, 4, 5), (2, 2, 3, 5))
    yield call("additive", L.AdditiveAttention(), (2, 4, 5), (2, 3, 5))
    yield call("additive_plain", L.AdditiveAttention(use_scale=False), (2, 4, 5), (2, 3, 2), (2, 3, 5))
    yield call("additive_4d", L.AdditiveAttention(), (2, 2, 3, 4), (2, 2, 2, 4))


def layers():
    yield from heads()
    yield single("embedding", L.Embedding(5, 3), whole("embedding", (2, 4), 5).astype("float32"))
    yield single(
        "embedding_all",
        L.Embedding(
            4, 2, embeddings_initializer="he_normal", embeddings_regularizer="l2",
            embeddings_constraint="unit_norm", mask_zero=True, trainable=False,
        ),
        whole("embedding_all", (3,), 4).astype("float32"),
    )
    yield single(
        "reversible_embedding",
        L.ReversibleEmbedding(5, 3, tie_weights=False, logit_soft_cap=2.5, reverse_dtype="float32"),
        whole("reversible", (2, 4), 5).astype("float32"),
    )
    yield run("dot_2d", L.Dot(axes=1), (3, 4), (3, 4))
    yield run("dot_3d", L.Dot(axes=(1, 2)), (2, 3, 4), (2, 5, 3))
    yield run("dot_last", L.Dot(axes=-1, normalize=True), (2, 3, 4), (2, 5, 4))
    yield run("dot_mixed", L.Dot(axes=[2, 1]), (2, 3, 4), (2, 4))
    yield run("dot_mixed_back", L.Dot(axes=(1, -1), normalize=True), (2, 4), (2, 3, 4))
    yield run("dot_4d", L.Dot(axes=(2, 3)), (2, 3, 4, 2), (2, 2, 3, 4))
    yield run("dot_4d_2d", L.Dot(axes=(3, 1)), (2, 3, 2, 4), (2, 4))


def embedded(layer, *more, dtype="int32"):
    def build():
        i = Input((4,), dtype=dtype, name="ids")
        return keras.Model(i, layer()(i))

    return build


def embeddings():
    ids = np.array([[1, 0, 3, 1], [4, 1, 0, 0]])
    yield model_case("embedding_int32", embedded(lambda: L.Embedding(5, 3)), [ids.astype("int32")])
    yield model_case(
        "embedding_int64_masked",
        embedded(lambda: L.Embedding(5, 3, mask_zero=True, activity_regularizer="l2"), dtype="int64"), [ids],
    )
    yield model_case(
        "embedding_floats", embedded(lambda: L.Embedding(5, 2, mask_zero=True), dtype="float32"),
        [(ids + np.array([0.5, 0, 0.9, 0])).astype("float32")],
    )
    yield model_case(
        "embedding_negative", embedded(lambda: L.Embedding(5, 2, mask_zero=True)), [(-ids).astype("int32")]
    )
    yield model_case(
        "embedding_bytes", embedded(lambda: L.Embedding(5, 2, mask_zero=True), dtype="uint8"), [ids.astype("uint8")]
    )

    def reversible(**arguments):
        def build():
            i = Input((4,), dtype="int32", name="ids")
            table = L.ReversibleEmbedding(5, 3, **arguments)
            x = L.Dense(3, activation="tanh")(table(i))
            return keras.Model(i, table(x, reverse=True))

        return build

    yield model_case("reversible_tied", reversible(), [ids.astype("int32")])
    yield model_case(
        "reversible_capped", reversible(logit_soft_cap=0.5, mask_zero=True, embeddings_regularizer="l2"), [ids.astype("int32")]
    )
    yield model_case("reversible_apart", reversible(tie_weights=False), [ids.astype("int32")])


STEPS = 5


def training(name, build, x, y, optimizer, batch=3):
    """Two steps in each of five epochs."""
    keras.backend.clear_session()
    model = build()
    assign(name, model)
    before = {local(w): dump(w.numpy()) for w in model.weights}
    written_model = plain(json.loads(json.dumps(serialize_keras_object(model))))
    written_optimizer = plain(json.loads(json.dumps(serialize_keras_object(optimizer))))
    model.compile(optimizer, "sparse_categorical_crossentropy", jit_compile=False)
    history = model.fit(x, y, batch_size=batch, epochs=STEPS, shuffle=False, verbose=0)
    return {
        "name": name,
        "training": True,
        "model": written_model,
        "optimizer": written_optimizer,
        "inputs": [typed(x)],
        "labels": typed(y),
        "batch": batch,
        "weights": before,
        "losses": [float(loss) for loss in history.history["loss"]],
        "weights_after": {local(w): dump(w.numpy()) for w in model.weights},
    }


def bag(**arguments):
    """A table of vectors, and what follows from those of four numbers."""

    def build():
        i = Input((4,), dtype="int32", name="ids")
        x = L.Embedding(7, 3, **arguments)(i)
        return keras.Model(i, L.Dense(3, activation="softmax")(L.Flatten()(x)))

    return build


def sparse_trainings():
    """Numbers that occur several times in a batch, whose gradients Keras' optimizers do not add up."""
    ids = np.array([[1, 1, 2, 0], [1, 4, 4, 4], [6, 1, 2, 2], [0, 0, 0, 5], [1, 2, 3, 3], [5, 5, 1, 1]], "int32")
    labels = np.array([0, 2, 1, 1, 0, 2], "int32")
    O = keras.optimizers
    many = {
        "sgd": O.SGD(0.5), "momentum": O.SGD(0.2, momentum=0.9, nesterov=True), "adam": O.Adam(0.05),
        "amsgrad": O.Adam(0.05, amsgrad=True), "rmsprop": O.RMSprop(0.05),
        "rmsprop_centered": O.RMSprop(0.02, momentum=0.9, centered=True), "adagrad": O.Adagrad(0.5),
        "adadelta": O.Adadelta(5.0), "adamax": O.Adamax(0.05), "nadam": O.Nadam(0.05),
        "ftrl": O.Ftrl(0.5, l1_regularization_strength=0.01, l2_regularization_strength=0.02, l2_shrinkage_regularization_strength=0.01, beta=0.1),
        "lion": O.Lion(0.02), "adamw": O.AdamW(0.05, weight_decay=0.1), "lamb": O.Lamb(0.05),
        "clipnorm": O.Adam(0.05, clipnorm=0.1), "global_clipnorm": O.Adam(0.05, global_clipnorm=0.1),
        "clipvalue": O.Adam(0.05, clipvalue=0.03), "clipvalue_sgd": O.SGD(0.5, clipvalue=0.03),
        "accumulated": O.Adam(0.05, gradient_accumulation_steps=2), "ema": O.Adam(0.05, use_ema=True, ema_momentum=0.8),
        "loss_scale": O.LossScaleOptimizer(O.Adam(0.05), initial_scale=64.0, dynamic_growth_steps=3),
    }  # fmt: skip
    for name, optimizer in many.items():
        yield training(f"embedding_{name}", bag(), ids, labels, optimizer)
    yield training("embedding_regularized", bag(embeddings_regularizer="l2"), ids, labels, O.Adam(0.05))
    yield training("embedding_constrained", bag(embeddings_constraint="unit_norm"), ids, labels, O.Adam(0.05))

    def twice():
        i = Input((4,), dtype="int32", name="ids")
        table = L.Embedding(7, 3)
        return keras.Model(i, L.Dense(3, activation="softmax")(L.Flatten()(L.Add()([table(i), table(i[:, ::-1])]))))

    yield training("embedding_twice", twice, ids, labels, O.Adam(0.05))

    def tied():
        i = Input((4,), dtype="int32", name="ids")
        table = L.ReversibleEmbedding(7, 3)
        x = L.Dense(3, activation="tanh")(L.Flatten()(table(i)))
        return keras.Model(i, L.Softmax()(table(x, reverse=True)))

    yield training("reversible", tied, ids, labels, O.Adam(0.05))


def main(folder):
    write(folder, "attention_layers.json.gz", {"keras": keras.__version__, "cases": list(layers())})
    models = [*embeddings()]
    write(folder, "attention_models.json.gz", {"keras": keras.__version__, "cases": models})
    trainings = [*sparse_trainings()]
    write(folder, "attention_training.json.gz", {"keras": keras.__version__, "cases": trainings})


if __name__ == "__main__":
    main(sys.argv[1])
